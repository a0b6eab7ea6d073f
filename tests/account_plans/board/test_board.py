"""The board: health by its factors, a fixed number of queries, only what the reader may see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mainstay.account_plans.action_plans import actions as action_plans
from mainstay.account_plans.board import health, presenters, queries, rules
from mainstay.account_plans.board.rules import Tone
from mainstay.account_plans.certainty import actions as certainty
from mainstay.account_plans.reviews import actions as reviews
from mainstay.customers.models import Interaction
from mainstay.customers.todo import actions as todo
from tests.account_plans.planning import certain, seen
from tests.account_plans.workspace.worlds import key_account
from tests.api import ApiClient
from tests.conftest import NOW

SignedIn = Callable[[Any], Client]
WEEK, TODAY = timedelta(days=7), NOW.date()


@pytest.mark.parametrize(
    ("found", "tone"),
    [
        (rules.still_buying(0.9), Tone.GOOD),
        (rules.still_buying(0.3), Tone.BAD),
        (rules.still_buying(None), Tone.UNKNOWN),
        (rules.sales(-0.1), Tone.WATCH),
        (rules.certainty([(2, 3), (3, 3)], 0), Tone.WATCH),
        (rules.certainty([(1, 1)], 0), Tone.GOOD),
        (rules.certainty([(1, 2)], 0), Tone.BAD),
        (rules.certainty([(3, 3)], 1), Tone.BAD),
        (rules.certainty([(3, None)], 0), Tone.UNKNOWN),
        (rules.relation(0.9, 4), Tone.UNKNOWN),
        (rules.relation(0.3, 5), Tone.BAD),
        (rules.buying_centre(0, ()), Tone.UNKNOWN),
        (rules.buying_centre(3, ("contact_left",)), Tone.WATCH),
        (rules.buying_centre(3, ("contact_left", "no_decider")), Tone.BAD),
        (rules.contact(45), Tone.GOOD),
        (rules.contact(91), Tone.BAD),
        (rules.actions(0, 0), Tone.UNKNOWN),
        (rules.actions(9, 1), Tone.WATCH),
        (rules.review(None), Tone.WATCH),
        (rules.complaints(2), Tone.BAD),
    ],
)
def test_each_factor_by_itself(found: Tone, tone: Tone) -> None:
    assert found == tone


def test_health_is_no_sum() -> None:
    good = [Tone.GOOD] * 8

    assert rules.health([*good, Tone.BAD]) == Tone.BAD
    assert rules.health([*good, Tone.WATCH]) == Tone.GOOD
    assert rules.health([*good[:6], Tone.WATCH, Tone.WATCH]) == Tone.WATCH
    assert rules.health([Tone.GOOD] * 4 + [Tone.UNKNOWN] * 5) == Tone.UNKNOWN


def worked_on(owner: Any, name: str = "RL") -> Any:
    """Return an account on which something is known of most factors."""
    account = seen(owner, key_account(owner, name))
    known: Any = {"by": owner, "now": NOW, "account": account}
    service = certain(account)
    for present, on in ((3, TODAY - 6 * WEEK), (2, TODAY)):
        values = {"present": present, "wanted": 3, "rated_on": on}
        certainty.rate(**known, offering=service, kind="need", values=values)
    for title, due in (("Late", TODAY - WEEK), ("Next", TODAY + WEEK), ("Some day", None)):
        action_plans.plan(**known, values={"title": title, "due_date": due})
    done = action_plans.plan(**known, values={"title": "Done"})
    todo.finish(by=owner, now=NOW, task=done.task)
    held = reviews.plan(**known, values={"held_on": TODAY - WEEK})
    reviews.hold(**known, meeting=held)
    Interaction.objects.create(
        customer=account.customer, occurred_at=NOW - 7 * WEEK, channel="phone", user=owner
    )
    return account


@pytest.mark.django_db
def test_a_row_tells_each_factor_with_its_reason(owner: Any) -> None:
    worked_on(owner)
    board = queries.board(owner, NOW)
    state = health.health(board.rows[0], board)
    row = presenters.row(board.rows[0], state, board, None)

    found = {each.key: (each.word, each.reason) for each in state.factors}

    assert state.key == "attention"
    assert found["certainty"] == (
        "attention",
        "3 of 3 below what is wanted; judged last on 5 Mar 2026. 1 fell in a month.",
    )
    assert found["actions"] == ("watch", "3 open, 1 overdue.")
    assert found["contact"][0] == "watch"
    assert found["review"][0] == found["complaints"][0] == "well"
    assert found["still_buying"] == ("unknown", "No value run yet; an analyst can start one.")
    assert found["buying_centre"] == ("unknown", "Nobody is named in the buying centre.")
    assert row["next"]["title"] == "Late"
    assert row["worth"] == {"minor": None, "why": "No value run yet"}
    assert [each["level"] for each in row["certainty"]] == [2, 2, 2]
    assert "1 certainty fell" in row["changes"]
    assert "1 action done" in row["changes"]


@pytest.mark.django_db
def test_too_little_known_names_what_is_missing(owner: Any) -> None:
    key_account(owner)
    board = queries.board(owner, NOW)

    found = health.health(board.rows[0], board)

    assert found.key == "unknown"
    assert found.known == 2
    assert "Certainty" in found.missing


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_accounts(owner: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            presenters.page(owner, NOW)
        return len(found)

    worked_on(owner, "One")
    asked()
    one = asked()
    for name in ("Two", "Three", "Four"):
        worked_on(owner, name)

    assert asked() == one == 17


@pytest.mark.django_db
def test_the_worst_first_and_fifty_a_page(owner: Any, signed_in: SignedIn) -> None:
    for number in range(52):
        key_account(owner, f"Firma {number:02d}")
    worked_on(owner, "RL")
    there = reverse("accounts:board")
    api = ApiClient(owner)

    first, beyond = presenters.page(owner, NOW), presenters.page(owner, NOW, at=10**30)
    second = signed_in(owner).get(there, {"sort": "name", "page": 2}).text
    told = api.get("/key-accounts/board?page=2").json()

    assert [first["rows"][0]["name"], len(first["rows"])] == ["RL", 50]
    assert [each["n"] for each in first["counts"]] == [1, 0, 0, 52]
    assert (first["next_url"], first["previous_url"]) == ("?sort=health&page=2", "")
    assert [row["name"] for row in beyond["rows"]] == ["Firma 49", "Firma 50", "Firma 51"]
    assert "51 to 53 of 53 accounts" in second
    assert "?sort=name&amp;page=1" in second
    assert (len(told["items"]), told["next_page"]) == (3, None)


@pytest.mark.django_db
def test_the_page_for_owner_colleague_and_stranger(
    owner: Any, colleague: Any, stranger: Any, signed_in: SignedIn
) -> None:
    there = reverse("accounts:board")
    empty = signed_in(owner).get(there).text
    worked_on(owner, "RL")
    key_account(owner, "Alba")

    client = signed_in(owner)
    shown = client.get(there, {"sort": "name", "owner": owner.pk}).text
    odd = client.get(there, {"sort": "'; drop", "owner": "x", "page": "½"}).text
    none = client.get(there, {"owner": 10**30}).text

    assert "No key accounts yet" in empty
    assert shown.index("Alba") < shown.index("RL")
    assert "Needs attention" in shown
    assert "RL" in odd
    assert "RL" in none
    assert "RL" in signed_in(colleague).get(there).text
    assert ">RL<" not in signed_in(stranger).get(there).text


@pytest.mark.django_db
def test_the_board_as_json(owner: Any, stranger: Any) -> None:
    account = worked_on(owner)
    api = ApiClient(owner)

    board = api.get(f"/key-accounts/board?owner={owner.email}&sort=value").json()
    row = board["items"][0]

    assert board["as_of"] is None
    assert (row["customer_id"], row["health"]) == (account.pk, "attention")
    assert row["next_action"]["title"] == "Late"
    assert api.get("/key-accounts/board?owner=nobody@example.com").status_code == 422
    assert api.get("/key-accounts/board?sort=mood").status_code == 422
    assert ApiClient(stranger).get("/key-accounts/board").json()["items"] == []
