"""Pages of profitability: what they show, to whom, and what bad input gives."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.orders.models import Activity
from mainstay.people.queries import owners
from mainstay.value.profitability.models import ProfitRun, TreatmentDecision
from tests.factories.profitability import ActivityFactory, costed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
BASE = "/value/profitability/"


def text(client: Client, url: str, **answers: Any) -> str:
    answer = client.get(url, answers)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_whale_page_shows_peak_tail_and_proof(
    profit_run: Any, manager: Any, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(manager)
    client.get(BASE)

    with django_assert_max_num_queries(8):
        page = text(client, BASE)

    for words in ("Whale curve", "Lost again beyond it", "20/80/30", "Field visits", "to the cent"):
        assert words in page


def test_pages_without_a_run_say_what_to_do(manager: Any, signed_in: SignedIn) -> None:
    client = signed_in(manager)

    for url in (BASE, f"{BASE}matrix/"):
        assert "No profit to show yet" in text(client, url)
    assert "No activity yet" in text(client, f"{BASE}activities/")
    assert "Nobody loses money" in text(client, f"{BASE}worklist/")


def test_who_sees_no_money_sees_no_profit(
    profit_run: Any, losing: Any, read_only: Any, signed_in: SignedIn
) -> None:
    client = signed_in(read_only)

    for url in (
        "",
        "matrix/",
        "worklist/",
        "activities/",
        "calculator/",
        f"customers/{losing.pk}/",
    ):
        assert client.get(BASE + url).status_code == 403
    assert "customer-profit" not in text(client, f"/customers/{losing.pk}/worth/")
    assert "Customers who cost us money" not in text(client, "/customers/")


def test_the_worklist_says_what_is_at_stake_by_state(
    profit_run: Any, manager: Any, losing: Any, signed_in: SignedIn
) -> None:
    client = signed_in(manager)
    assert 'state=open">€70' in text(client, f"{BASE}worklist/")

    client.post(f"{BASE}customers/{losing.pk}/", {"state": "done", "version": "1"})
    page = text(client, f"{BASE}worklist/")

    assert 'state=done">€70' in page
    assert 'state=open">€0' in page


@pytest.mark.parametrize(
    ("part", "questions"),
    [("", 5), ("matrix/", 8), ("worklist/", 12), ("activities/", 5), ("calculator/", 3)],
)
def test_a_page_asks_a_fixed_number_of_questions(
    profit_run: Any,
    manager: Any,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
    part: str,
    questions: int,
) -> None:
    client = signed_in(manager)
    client.get(BASE + part)

    with django_assert_num_queries(questions):
        client.get(BASE + part)


def test_the_matrix_names_signs_and_links_them_to_customers(
    profit_run: Any, manager: Any, losing: Any, signed_in: SignedIn
) -> None:
    client = signed_in(manager)
    page = text(client, f"{BASE}matrix/")

    assert page.index("Losing Ltd") < page.index("Earning Ltd")
    assert "cell_sign=2" in page
    category = profit_run.summary["categories"][0]["category"]
    found = text(client, "/customers/", cell_category=category, cell_sign="2")
    assert "Earning Ltd" in found
    best = text(client, f"{BASE}matrix/", best="1")
    assert best.index("Earning Ltd") < best.index("Losing Ltd")


@pytest.mark.parametrize("cursor", ["x", "\0", "Wzks", "9" * 5000])
def test_a_damaged_place_in_the_matrix_is_the_first_page(
    profit_run: Any, manager: Any, signed_in: SignedIn, cursor: str
) -> None:
    assert "Losing Ltd" in text(signed_in(manager), f"{BASE}matrix/", cursor=cursor)


def test_the_stranger_sees_nobody_in_lists(
    profit_run: Any, losing: Any, stranger: Any, signed_in: SignedIn
) -> None:
    client = signed_in(stranger)

    for url in ("matrix/", "worklist/"):
        assert "Losing Ltd" not in text(client, BASE + url)
    assert client.get(f"{BASE}customers/{losing.pk}/").status_code == 404
    row = losing.profits.get().pk
    assert client.get(f"{BASE}worklist/{row}/").status_code == 404


def test_a_decision_survives_the_next_run(
    profit_run: Any, losing: Any, owner: Any, signed_in: SignedIn
) -> None:
    client, url = signed_in(owner), f"{BASE}customers/{losing.pk}/"
    first = owners()[0]
    answers = {"state": "agreed", "assignee": first.pk, "note": "Call first", "version": 1}
    assert client.post(url, answers).status_code == 302
    costed()

    page = text(client, f"{BASE}worklist/", state="agreed")
    assert "Losing Ltd" in page
    assert first.name in page
    assert "Losing Ltd" not in text(client, f"{BASE}worklist/", state="open")


def test_declining_needs_a_reason_and_the_second_editor_is_told(
    profit_run: Any, losing: Any, owner: Any, signed_in: SignedIn
) -> None:
    client, url = signed_in(owner), f"{BASE}customers/{losing.pk}/"

    page = client.post(url, {"state": "declined", "version": 1}).content.decode()
    assert "Say why it was declined" in page
    client.post(url, {"state": "agreed", "note": "Yes", "version": 1})
    told = client.post(url, {"state": "done", "note": "No", "version": 1}).content.decode()

    assert "Somebody else saved this" in told
    assert TreatmentDecision.objects.get().state == "agreed"


def test_many_rows_are_assigned_at_once(
    profit_run: Any, losing: Any, owner: Any, signed_in: SignedIn
) -> None:
    row = losing.profits.get()
    answers = {"action": "state", "value-state": "done", "row": [row.pk]}
    answer = signed_in(owner).post(f"{BASE}worklist/", answers, follow=True)

    assert "1 customer changed" in answer.content.decode()
    assert TreatmentDecision.objects.get(customer=losing).state == "done"


def test_an_activity_is_added_changed_and_put_away(manager: Any, signed_in: SignedIn) -> None:
    client = signed_in(manager)
    answers = {"name": "Picking", "yearly_cost": "1,200.50", "driver": "lines"}
    client.post(f"{BASE}activities/add/", answers)
    row = Activity.objects.get()
    assert (row.yearly_cost_minor, row.driver) == (120_050, "lines")

    times = {"capacity_hours": "1,600", "unit_minutes": "2.5", "version": 1}
    client.post(f"{BASE}activities/{row.pk}/", answers | times)
    client.post(f"{BASE}activities/{row.pk}/archive/")

    row.refresh_from_db()
    assert (row.capacity_hours, row.unit_minutes, row.version) == (1600.0, 2.5, 2)
    assert row.archived_at is not None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"yearly_cost": "-1"}, "greater than or equal to 0"),
        ({"yearly_cost": "much"}, "Enter a number"),
        ({"driver": ""}, "required"),
        ({"driver": "moon"}, "not one of the available choices"),
        ({"capacity_hours": "100"}, "Give hours and minutes both"),
        ({"capacity_hours": "0", "unit_minutes": "1"}, "above zero"),
        ({"name": "Twin"}, "activity of this name already"),
        ({"name": "a\0b"}, "Null characters"),
    ],
)
def test_a_wrong_activity_gives_a_sentence(
    manager: Any, signed_in: SignedIn, wrong: dict[str, str], sentence: str
) -> None:
    ActivityFactory(name="Twin")
    right = {"name": "Picking", "yearly_cost": "100", "driver": "lines"}

    page = signed_in(manager).post(f"{BASE}activities/add/", right | wrong)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert Activity.objects.count() == 1


def test_the_customers_page_carries_profit(
    profit_run: Any, losing: Any, manager: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(manager), f"/customers/{losing.pk}/worth/")

    assert "customer-profit" in page
    assert "Renegotiate or part" in page


def test_starting_orders_a_run_and_a_bad_day_gives_a_sentence(
    analyst: Any, signed_in: SignedIn
) -> None:
    client = signed_in(analyst)

    client.post(f"{BASE}start/", {"as_of": "2026-03-01"})
    told = client.post(f"{BASE}start/", {"as_of": "2999-01-01"}, follow=True)

    assert ProfitRun.objects.count() == 1
    assert "future" in told.content.decode()
