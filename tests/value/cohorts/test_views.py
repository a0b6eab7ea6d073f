"""The heat map, the growth of loyal customers, and cohorts of one's own."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mainstay.value.models import OwnCohort, RunPart

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MAP = "/value/cohorts/"
OWN = "/value/cohorts/own/"


def text(client: Client, address: str = MAP) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def own(client: Client, name: str, first: str, last: str, address: str = OWN) -> str:
    answer = client.post(address, {"name": name, "first": first, "last": last}, follow=True)
    return answer.content.decode()


def test_the_map_shows_each_cohort_and_leads_to_its_customers(
    run: Any, manager: Any, signed_in: Any
) -> None:
    client = signed_in(manager)

    page = text(client)

    assert "/customers/?first_from=2025-01-01&amp;first_to=2025-03-31" in page
    assert "100%</a>" in page
    assert client.get("/customers/?first_from=2025-01-01&first_to=2025-03-31").status_code == 200


def test_every_choice_is_answered(run: Any, manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)

    for period in ("month", "quarter", "year", "nonsense"):
        for measure in ("retention", "revenue", "margin"):
            text(client, f"{MAP}?period={period}&measure={measure}")


def test_who_sees_no_money_sees_no_margin(run: Any, read_only: Any, signed_in: Any) -> None:
    client = signed_in(read_only)

    page = text(client, f"{MAP}?measure=margin")

    assert ">Margin</a>" not in page
    assert client.get("/value/cohorts/growth/").status_code == 403


def test_own_cohorts_are_counted_in_every_period(run: Any, manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)
    own(client, "Early", "2024-10", "2025-03")
    own(client, "Later", "2025-04", "2026-01")

    for period in ("month", "quarter", "year"):
        page = text(client, f"{MAP}?cohorts=own&period={period}")
        assert "Early</a>" in page
    assert "first_from=2024-10-01&amp;first_to=2025-03-31" in page


def test_a_run_of_before_knows_own_cohorts_in_months_only(
    run: Any, manager: Any, signed_in: Any
) -> None:
    client, part = signed_in(manager), RunPart.objects.get(run=run, key="cohorts")
    own(client, "Early", "2024-10", "2025-03")
    del part.content["months_by_year"]
    part.save()

    assert "This run cannot count your cohorts so" in text(client, f"{MAP}?cohorts=own&period=year")
    assert "Early</a>" in text(client, f"{MAP}?cohorts=own&period=month")


def test_overlapping_cohorts_are_refused_with_a_sentence(manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)
    own(client, "Early", "2025-01", "2025-03")

    assert "The cohorts “Early” and “Spring” overlap" in own(client, "Spring", "2025-03", "2025-05")
    assert "“Back” ends before it begins" in own(client, "Back", "2025-09", "2025-06")
    assert "You have a cohort “Early” already" in own(client, "Early", "2025-05", "2025-06")
    assert "Choose months from 1900 to 2199" in own(client, "Old", "1500-01", "1500-02")
    assert "Write the month as year and month" in own(client, "Spring", "soon", "2025-05")
    assert OwnCohort.objects.count() == 1


def test_a_cohort_is_changed_and_removed(manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)
    own(client, "Early", "2025-01", "2025-03")
    row = OwnCohort.objects.get()

    own(client, "Earlier", "2025-01", "2025-04", f"{OWN}{row.pk}/")
    row.refresh_from_db()
    assert (row.name, row.last) == ("Earlier", date(2025, 4, 1))

    client.post(f"{OWN}{row.pk}/remove/")
    assert not OwnCohort.objects.exists()


def test_nobody_sees_the_cohorts_of_another(owner: Any, stranger: Any, signed_in: Any) -> None:
    own(signed_in(owner), "Early", "2025-01", "2025-03")
    row, other = OwnCohort.objects.get(), signed_in(stranger)

    assert "Early" not in text(other, OWN)
    assert other.get(f"{OWN}{row.pk}/").status_code == 404
    assert other.post(f"{OWN}{row.pk}/remove/").status_code == 404


def test_growth_says_what_is_not_measured(run: Any, manager: Any, signed_in: Any) -> None:
    page = text(signed_in(manager), "/value/cohorts/growth/")

    assert "Nobody has been a customer for two years yet" in page


def test_growth_follows_the_same_customers(owner: Any, manager: Any, signed_in: Any) -> None:
    from datetime import timedelta

    from mainstay.customers.recommendations.models import Recommendation
    from tests.factories.customers import CustomerFactory, SourceFactory
    from tests.factories.value import NOW, buy, computed_run

    customers, source = CustomerFactory.create_batch(30, owner=owner), SourceFactory()
    for customer in customers:
        for days, amount in ((1000, 10_000), (700, 10_000), (500, 15_000), (200, 18_000)):
            buy(customer, NOW - timedelta(days=days), amount, of=source, cost=amount // 2)
    Recommendation.objects.create(customer=customers[1], given_by=customers[0])
    computed_run()

    page = text(signed_in(manager), "/value/cohorts/growth/")

    assert "They cost less to serve" in page
    assert "1 customer has recommended us" in page
    assert "Year 1 → 2" in page


def test_each_empty_state_says_what_to_do(manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)

    assert "No value run yet" in text(client)
    assert "No value run yet" in text(client, "/value/cohorts/growth/")
    assert "None yet." in text(client, OWN)


def test_without_own_cohorts_the_map_asks_for_them(run: Any, manager: Any, signed_in: Any) -> None:
    assert "You have no cohorts of your own yet" in text(signed_in(manager), f"{MAP}?cohorts=own")


def test_a_page_asks_a_fixed_number_of_questions(
    run: Any, manager: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(manager)

    for address, questions in ((MAP, 5), ("/value/cohorts/growth/", 7)):
        client.get(address)
        with django_assert_num_queries(questions):
            client.get(address)
