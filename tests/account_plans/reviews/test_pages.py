"""The pages of reviews, as the owner, a colleague and a stranger open them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.reviews import actions
from tests.account_plans.planning import rl
from tests.conftest import NOW

SignedIn = Callable[[Any], Client]
pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LISTED, SHOWN = 16, 26  # questions of the list and of one review


@pytest.fixture
def account(owner: Any) -> Any:
    return rl(owner)


def test_the_pages_plan_write_decide_and_hold(
    account: Any, owner: Any, colleague: Any, stranger: Any, signed_in: SignedIn
) -> None:
    client, there = signed_in(owner), reverse("accounts:reviews", args=[account.pk])
    empty = client.get(there).text
    day = TODAY.isoformat()
    made = client.post(there, {"held_on": day, "place": "At RL", "ours": owner.pk, "others": "M"})
    page = made.url  # type: ignore[attr-defined]
    client.post(page, {"do": "point", "text": "Prices", "note": "Later", "is_inside": "on"})
    client.post(
        page,
        {"do": "decide", "title": "Send it", "assignee": owner.pk, "due_date": day},
    )
    client.post(page, {"do": "minutes", "minutes": "All were well."})
    unheld = client.get(there).text
    client.post(page, {"do": "hold", "held": "yes"})

    shown = client.get(page).text
    wrong = client.post(page, {"do": "decide", "title": "", "due_date": day}).text
    listed = signed_in(colleague).get(there).text

    assert "No review yet" in empty
    assert "No review was held yet." in unheld
    for text in ("Prices", "among us", "Later", "Send it", "All were well.", "Held", "At RL"):
        assert text in shown
    assert "This field is required" in wrong
    assert "0 of 1 decision done" in listed
    assert signed_in(stranger).get(there).status_code == 404
    assert signed_in(stranger).get(page).status_code == 404
    assert signed_in(owner).get(f"{there}999/").status_code == 404


def test_an_edit_that_came_second_is_told(account: Any, owner: Any, signed_in: SignedIn) -> None:
    known: Any = {"by": owner, "now": NOW, "account": account}
    meeting = actions.plan(**known, values={"held_on": TODAY})
    actions.change(**known, meeting=meeting, values={"place": "Online"})
    page = reverse("accounts:review", args=[account.pk, meeting.pk])
    late = {"do": "settings", "held_on": TODAY.isoformat(), "place": "Here", "version": 1}

    answer = signed_in(owner).post(page, late).text

    meeting.refresh_from_db()
    assert "Somebody changed this meanwhile" in answer
    assert meeting.place == "Online"


def test_the_pages_ask_the_same_for_one_review_and_many(
    account: Any, owner: Any, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    client, known = signed_in(owner), {"by": owner, "now": NOW, "account": account}
    listed = reverse("accounts:reviews", args=[account.pk])

    def grow(n: int) -> Any:
        for turn in range(n):
            on = TODAY - timedelta(days=30 * (n - turn))
            values = {"held_on": on, "ours": [owner], "others": ["M. Novak"]}
            meeting = actions.plan(**known, values=values)
            decision = {"title": f"Send {turn}", "assignee": owner, "due_date": TODAY}
            actions.decide(**known, meeting=meeting, values=decision)
            actions.write_point(**known, meeting=meeting, values={"text": "Prices"})
            actions.hold(**known, meeting=meeting)
        return actions.plan(**known, values={"held_on": TODAY, "ours": [owner]})

    for n in (2, 6):
        page = reverse("accounts:review", args=[account.pk, grow(n).pk])
        client.get(listed)
        with django_assert_num_queries(LISTED):
            client.get(listed)
        with django_assert_num_queries(SHOWN):
            client.get(page)
