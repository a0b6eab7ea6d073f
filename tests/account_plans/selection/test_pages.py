"""The pages of a selection, as the manager, the colleague and the stranger open them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.models import KeyAccount, Selection
from mainstay.account_plans.selection import actions, queries
from mainstay.value.models import CustomerValue, ValueRun
from tests.factories.value import buying_customers, computed_run

from .worlds import lecture

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]
STEPS = ("selection", "candidates", "ratings", "ranking")


def test_an_empty_company_is_told_what_to_do(manager: Any, signed_in: SignedIn) -> None:
    page = signed_in(manager).get(reverse("accounts:index"))

    assert "No key accounts yet" in page.text
    assert "New selection" in page.text


def test_the_way_from_a_name_to_key_accounts(manager: Any, signed_in: SignedIn) -> None:
    customers = buying_customers(30, owner=manager)
    computed_run()
    client = signed_in(manager)

    begun = client.post(
        reverse("accounts:add_selection"), {"name": "2026", "scale": "rank", "first": "2"}
    )
    chosen = Selection.objects.get()
    client.post(begun.url, {"name": "CLV", "nature": "measured", "measure": "clv", "weight": "40"})
    there = reverse("accounts:candidates", args=[chosen.pk])
    assert customers[0].name in client.get(there).text
    client.post(there, {"customer": [each.pk for each in customers[:3]]})
    rating = {"customer": customers[0].pk, **_answers(chosen)}
    client.post(reverse("accounts:ratings", args=[chosen.pk]), rating)
    page = client.get(reverse("accounts:ranking", args=[chosen.pk]))
    client.post(
        reverse("accounts:choose_accounts", args=[chosen.pk]), {"customer": customers[0].pk}
    )

    assert "The weights add up to 135.0%. They are used as they are and not rescaled." in page.text
    assert customers[0].name in page.text
    assert KeyAccount.objects.get().customer == customers[0]


def _answers(chosen: Selection) -> dict[str, str]:
    rated = [each for each in queries.criteria_of(chosen) if each.nature != "measured"]
    values = {f"value_{each.pk}": "1" for each in rated}
    return values | {f"note_{each.pk}": "Seen at the fair." for each in rated}


@pytest.mark.parametrize("step", STEPS)
def test_a_stranger_reads_no_name_of_a_candidate(
    owner: Any, stranger: Any, signed_in: SignedIn, step: str
) -> None:
    chosen = lecture(owner, owner=owner)

    page = signed_in(stranger).get(reverse(f"accounts:{step}", args=[chosen.pk]))

    assert page.status_code == 200
    assert "13 candidates are not yours to see" in page.text
    assert not any(f">{name}<" in page.text for name in ("RL", "LA", "WJ"))


def test_the_ranking_tells_sums_moves_and_how_sure_it_is(
    manager: Any, signed_in: SignedIn, now: datetime
) -> None:
    chosen = lecture(manager)
    actions.keep_placing(by=manager, now=now, selection=chosen)

    page = signed_in(manager).get(reverse("accounts:ranking", args=[chosen.pk])).text

    assert "The weights add up to 95.0%." in page
    assert "11.61" in page
    assert "G enters, P leaves" in page
    assert "Moves are since" in page


def test_a_criterion_nobody_was_rated_on_counts_nothing_and_is_told(
    manager: Any, signed_in: SignedIn, now: datetime
) -> None:
    chosen = lecture(manager)
    before = queries.ranked(chosen, manager).ranking
    values = {"name": "Fair attitude", "nature": "rated", "weight": 0.05}
    actions.set_criterion(by=manager, selection=chosen, values=values, now=now)

    after = queries.ranked(chosen, manager).ranking
    page = signed_in(manager).get(reverse("accounts:ranking", args=[chosen.pk])).text

    assert (list(after.totals), list(after.places)) == (list(before.totals), list(before.places))
    assert max(after.coverage) == pytest.approx(0.95)
    assert "13 candidates incomplete" in page


def test_two_people_change_the_settings_and_the_second_is_told(
    manager: Any, signed_in: SignedIn
) -> None:
    chosen = lecture(manager)
    there = reverse("accounts:selection", args=[chosen.pk])
    typed = {"do": "settings", "name": "Ours", "scale": "value", "first": "5", "version": "1"}
    client = signed_in(manager)

    client.post(there, typed)
    second = client.post(there, typed | {"name": "Theirs"})

    chosen.refresh_from_db()
    assert chosen.name == "Ours"
    assert "Somebody changed this meanwhile" in second.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "nature": "rated", "weight": "10"}, "This field is required"),
        ({"name": "X", "nature": "rated", "weight": "101"}, "less than or equal to 100"),
        ({"name": "X", "nature": "measured", "weight": "10"}, "Choose the figure"),
        ({"name": "image", "nature": "rated", "weight": "10"}, "criterion of this name"),
    ],
)
def test_a_wrong_criterion_gets_a_sentence(
    manager: Any, signed_in: SignedIn, typed: dict[str, str], sentence: str
) -> None:
    there = reverse("accounts:selection", args=[lecture(manager).pk])

    assert sentence in signed_in(manager).post(there, typed).text


def test_a_page_asks_the_same_number_of_questions_however_many_candidates(
    manager: Any, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    chosen = lecture(manager)
    client = signed_in(manager)

    with django_assert_max_num_queries(22):
        client.get(reverse("accounts:ranking", args=[chosen.pk]))


def test_what_is_not_there_is_not_found(manager: Any, signed_in: SignedIn) -> None:
    assert signed_in(manager).get(reverse("accounts:selection", args=[77])).status_code == 404


def test_candidates_come_first_by_what_is_measured(manager: Any, now: datetime) -> None:
    buying_customers(40, owner=manager)
    computed_run()
    chosen = actions.add_selection(by=manager, now=now, values={"name": "By value"})
    for criterion in queries.criteria_of(chosen):
        actions.remove_criterion(by=manager, now=now, criterion=criterion)
    values = {"name": "CLV", "nature": "measured", "measure": "clv", "weight": 1.0}
    actions.set_criterion(by=manager, now=now, selection=chosen, values=values)

    proposed = [number for number, _name, _score in queries.proposed(chosen, manager)]

    rows = CustomerValue.objects.filter(run=ValueRun.objects.get()).order_by("-clv_minor")
    best = rows.values_list("clv_minor", flat=True)
    found = {row.customer_id: row.clv_minor for row in rows}
    assert [found[number] for number in proposed] == list(best)[: len(proposed)]
