"""Value pages: who sees what, with how many queries, and what bad input gives."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.shared.jobs.models import Job
from mainstay.value.models import CustomerValue, ValueRun
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.value import NOW, buy, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
OVERVIEW_QUERIES = 15  # session, user, company, runs, and one for each topic of the run
RUNS_QUERIES = 5


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_overview_shows_the_current_run(
    run: ValueRun, analyst: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(analyst), "/value/")

    for words in ("Customer equity", "ABC classes", "Pareto curve", "Back-test", "Cohorts"):
        assert words in page


def test_who_does_not_see_money_sees_no_margin_and_no_lifetime_value(
    run: ValueRun, read_only: Any, signed_in: SignedIn
) -> None:
    customer = CustomerValue.objects.filter(run=run, abc_class="A")[0].customer_id
    client = signed_in(read_only)

    for url in ("/value/", f"/value/runs/{run.pk}/", f"/customers/{customer}/"):
        page = text(client, url)
        for words in ("Customer equity", "Gross margin", "ifetime value", "Discount rate"):
            assert words not in page, url


def test_who_sees_no_value_sees_no_page_and_no_card(
    run: ValueRun, service_agent: Any, signed_in: SignedIn
) -> None:
    client = signed_in(service_agent)
    customer = CustomerValue.objects.filter(run=run)[0].customer_id

    for url in ("/value/", "/value/runs/", f"/value/runs/{run.pk}/"):
        assert client.get(url).status_code == 403
    assert "customer-value" not in text(client, f"/customers/{customer}/")


def test_only_who_may_run_can_start_a_run(
    run: ValueRun, owner: Any, analyst: Any, signed_in: SignedIn
) -> None:
    assert signed_in(owner).post("/value/runs/start/", {"as_of": "2026-03-01"}).status_code == 403

    answer = signed_in(analyst).post("/value/runs/start/", {"as_of": "2026-03-01"}, follow=True)

    assert answer.status_code == 200
    assert ValueRun.objects.count() == 2
    assert Job.objects.get().enqueued_by == str(analyst.pk)


@pytest.mark.parametrize("as_of", ["", "tomorrow", "2999-01-01", "2026-02-30", "\0", "9" * 9999])
def test_a_bad_day_gives_a_sentence_and_no_run(
    db: None, analyst: Any, signed_in: SignedIn, as_of: str
) -> None:
    answer = signed_in(analyst).post("/value/runs/start/", {"as_of": as_of}, follow=True)

    assert answer.status_code == 200
    assert ValueRun.objects.count() == 0
    assert any(str(message) for message in answer.context["messages"])


def test_the_number_of_queries_is_fixed(
    run: ValueRun, analyst: Any, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(analyst)
    client.get("/value/")

    with django_assert_max_num_queries(OVERVIEW_QUERIES):
        client.get("/value/")
    with django_assert_max_num_queries(RUNS_QUERIES):
        client.get("/value/runs/")


def test_without_a_run_the_page_says_what_to_do(
    db: None, analyst: Any, signed_in: SignedIn
) -> None:
    client = signed_in(analyst)

    assert "No value run yet" in text(client, "/value/")
    assert "No value run yet" in text(client, "/value/runs/")
    assert "Nobody has been valued yet" in text(client, f"/customers/{CustomerFactory().pk}/")
    assert client.get("/value/runs/77/").status_code == 404


def test_an_empty_base_gives_a_page_that_says_what_cannot_be_computed(
    db: None, analyst: Any, signed_in: SignedIn
) -> None:
    computed_run()

    page = text(signed_in(analyst), "/value/")

    assert "so there is no customer" in page


def test_one_customer_with_one_order_gives_counts_and_reasons(
    db: None, analyst: Any, signed_in: SignedIn
) -> None:
    customer = CustomerFactory()
    buy(customer, NOW, 5000, of=SourceFactory())
    computed_run()
    client = signed_in(analyst)

    page = text(client, "/value/")

    assert "What could not be computed" in page
    assert "fewer than 30 customers" in page
    assert "€50" in text(client, f"/customers/{customer.pk}/")


def test_the_page_says_what_changed(run: ValueRun, analyst: Any, signed_in: SignedIn) -> None:
    buy(CustomerFactory(), NOW, 90_000_000, of=SourceFactory())
    computed_run()

    page = text(signed_in(analyst), "/value/")

    assert "Movement since the last run" in page
    assert "From the equity of the run before" in page
    assert "1 is new" in page


def test_an_account_manager_is_told_that_the_figures_cover_everybody(
    run: ValueRun, stranger: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(stranger), "/value/")

    assert "whole customer base" in page
    assert "probably lost" in page or "Customers at risk" in page
    for value in CustomerValue.objects.filter(run=run).select_related("customer")[:5]:
        assert value.customer.name not in page


def test_a_failed_run_is_announced_above_the_earlier_one(
    run: ValueRun, analyst: Any, signed_in: SignedIn
) -> None:
    failed = computed_run(source_url="parquet:/nowhere/at/all")
    client = signed_in(analyst)

    assert "There is nothing at /nowhere/at/all" in text(client, "/value/")
    assert "There is nothing at" in text(client, f"/value/runs/{failed.pk}/")
    assert "Failed" in text(client, "/value/runs/")


# -- the customers list


def listed(page: str) -> set[int]:
    import re

    return {int(number) for number in re.findall(r'href="/customers/(\d+)/"', page)}


@pytest.mark.parametrize(
    ("query", "lookups"),
    [
        ("abc_class=A", {"abc_class": "A"}),
        ("segment=champion", {"segment": "champion"}),
        ("clv_from=50", {"clv_minor__gte": 5_000}),
        ("p_alive_to=0.3", {"p_alive__lte": 0.3}),
        ("r=5&f=5", {"r": 5, "f": 5}),
    ],
)
def test_the_customers_list_filters_by_value(
    run: ValueRun, analyst: Any, signed_in: SignedIn, query: str, lookups: dict[str, Any]
) -> None:
    wanted = set(
        CustomerValue.objects.filter(run=run, **lookups).values_list("customer", flat=True)
    )

    found = listed(text(signed_in(analyst), f"/customers/?{query}"))

    assert 0 < len(found) <= len(wanted)
    assert found <= wanted


def test_a_stranger_finds_nobody_by_value(
    run: ValueRun, stranger: Any, signed_in: SignedIn
) -> None:
    assert listed(text(signed_in(stranger), "/customers/?abc_class=A")) == set()


def test_lifetime_value_is_no_filter_for_who_does_not_see_money(
    run: ValueRun, read_only: Any, signed_in: SignedIn
) -> None:
    client = signed_in(read_only)

    every, filtered = (listed(text(client, f"/customers/{q}")) for q in ("", "?clv_from=999999999"))

    assert filtered == every
    assert "CLV" not in text(client, "/customers/")


def test_ready_lists_are_one_click_away(analyst: Any, signed_in: SignedIn) -> None:
    page = text(signed_in(analyst), "/value/lists/")

    assert "Customers who cost us money" in page
    assert "/customers/?abc_class=C&amp;columns=" in page


def test_every_value_page_is_a_tab(analyst: Any, signed_in: SignedIn) -> None:
    page = text(signed_in(analyst), "/value/lists/")

    for url in (
        "/value/",
        "/value/equity/",
        "/value/profitability/",
        "/value/gaps/",
        "/value/runs/",
    ):
        assert f'<a href="{url}">' in page
    assert '<a href="/value/lists/" aria-current="page">Ready lists</a>' in page
