"""Reviews: an agenda from the data, decisions that become tasks, what became of them later."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import translation

from mainstay.account_plans.action_plans import actions as action_plans
from mainstay.account_plans.action_plans import queries as planned
from mainstay.account_plans.certainty import actions as certainty
from mainstay.account_plans.reviews import actions, paper, presenters, queries
from mainstay.account_plans.reviews.models import Participant, Point
from mainstay.customers.models import Interaction
from mainstay.customers.todo import actions as todo
from mainstay.people.models import Role
from mainstay.shared import paper as shared_paper
from mainstay.shared.personal_data import Erasing, Subject, erase_rows
from tests.account_plans.planning import certain, people, rl, seen
from tests.conftest import NOW
from tests.factories.customers import ContactFactory
from tests.factories.people import UserFactory

SignedIn = Callable[[Any], Client]
pytestmark = pytest.mark.django_db
TODAY = NOW.date()
WEEK = timedelta(days=7)


@pytest.fixture
def account(owner: Any) -> Any:
    return rl(owner)


@pytest.fixture
def known(account: Any, owner: Any) -> Any:
    return {"by": owner, "now": NOW, "account": account}


def review(known: Any, on: date = TODAY, **values: Any) -> Any:
    return actions.plan(**known, values={"held_on": on, **values})


def decided(known: Any, meeting: Any, title: str = "Send the contract", **more: Any) -> Any:
    values = {"title": title, "assignee": known["by"], "due_date": meeting.held_on + WEEK, **more}
    return actions.decide(**known, meeting=meeting, values=values)


def texts(meeting: Any) -> dict[str, str]:
    return {row.key: row.text for row in queries.points(meeting)}


def test_an_agenda_is_proposed_from_what_changed(account: Any, known: Any) -> None:
    held = review(known, TODAY - 4 * WEEK)
    decided(known, held)
    decided(known, held, "Show the new line", due_date=TODAY + WEEK)
    actions.hold(**known, meeting=held)
    service = certain(account)
    certainty.rate(
        **known, offering=service, kind="need",
        values={"present": 3, "wanted": 3, "rated_on": TODAY - 5 * WEEK},
    )  # fmt: skip
    certainty.rate(**known, offering=service, kind="need", values={"present": 1, "wanted": 3})
    late = {"title": "Call the president", "due_date": TODAY - WEEK}
    action_plans.plan(**known, values=late)
    Interaction.objects.create(
        customer=account.customer, occurred_at=NOW - WEEK, purpose="complaint",
        subject="Pallets broken", channel="phone", user=known["by"],
    )  # fmt: skip

    said = texts(review(known))

    assert said["decisions"] == (
        "Follow-up: 0 of 2 decisions of earlier reviews are done; overdue: Send the contract."
    )
    assert said["complaints"] == "1 complaint is open, since 26 Feb 2026: Pallets broken."
    assert said["fell.Service A.need"] == (
        "Service A: certainty of need fell from high to low. Why?"
    )
    assert said["overdue"] == "1 action is overdue: Call the president."
    assert "open" not in said


def test_an_empty_account_says_what_could_not_be_looked_at(account: Any, known: Any) -> None:
    meeting = review(known)

    shown = presenters.review(account, meeting, NOW)

    assert texts(meeting) == {}
    assert shown["unknown"] == [
        "Value: no value run knows this customer yet.",
        "Certainty: nothing is named that we offer to this customer.",
        "Relationship: nobody has rated it yet.",
    ]


def test_points_that_nobody_wrote_on_follow_the_data(account: Any, known: Any) -> None:
    action_plans.plan(**known, values={"title": "Call", "due_date": TODAY - WEEK})
    action_plans.plan(**known, values={"title": "Visit", "due_date": TODAY + WEEK})
    meeting = review(known)
    mine = {row.key: row for row in queries.points(meeting)}
    actions.write_point(
        **known, meeting=meeting, point=mine["open"], values={"text": "The visit in June"}
    )
    for row in planned.planned(account.customer):
        todo.finish(by=known["by"], now=NOW, task=row.task)
    action_plans.plan(**known, values={"title": "Write", "due_date": TODAY - WEEK})

    with translation.override("pl"):
        stale = presenters.review(account, meeting, NOW)["renewal"]
    n = actions.renew(**known, meeting=meeting)

    assert (stale, n) == (1, 1)
    assert texts(meeting) == {
        "overdue": "1 action is overdue: Write.",
        "open": "The visit in June",
    }
    assert actions.renew(**known, meeting=meeting) == 0


def test_points_are_added_left_out_and_taken_off(known: Any) -> None:
    action_plans.plan(**known, values={"title": "Visit", "due_date": TODAY + WEEK})
    meeting = review(known)
    there = queries.points(meeting)[0]
    own = actions.write_point(**known, meeting=meeting, values={"text": "Prices for 2027"})
    actions.write_point(**known, meeting=meeting, point=there, values={"text": ""})
    actions.write_point(**known, meeting=meeting, point=own, values={"text": ""})

    assert texts(meeting) == {"open": ""}
    assert actions.renew(**known, meeting=meeting) == 0
    with pytest.raises(ValidationError, match="Write what is to be talked about"):
        actions.write_point(**known, meeting=meeting, values={"text": " "})


def test_a_decision_is_a_task_and_an_action_of_the_account(account: Any, known: Any) -> None:
    meeting = review(known)
    row = decided(known, meeting)
    actions.hold(**known, meeting=meeting)
    next_one = review(known, TODAY + 2 * WEEK)
    first = [presenters.decision(each, TODAY)["state"] for each in queries.followed_up(next_one)]
    values = {"due_date": TODAY + 4 * WEEK}
    todo.change(by=known["by"], now=NOW, task=row.task, values=values)
    moved = presenters.decision(queries.followed_up(next_one)[0], TODAY)
    todo.finish(by=known["by"], now=NOW, task=row.task)
    done = presenters.decision(queries.followed_up(next_one)[0], TODAY)

    assert [each.task.title for each in planned.planned(account.customer)] == ["Send the contract"]
    assert first == ["open"]
    assert (moved["moved_from"], moved["due"]) == (TODAY + WEEK, TODAY + 4 * WEEK)
    assert (done["state"], done["done_on"]) == ("done", TODAY)


def test_what_was_done_before_the_last_review_is_not_followed_up(known: Any) -> None:
    first, second = review(known, TODAY - 6 * WEEK), review(known, TODAY - 3 * WEEK)
    done, still = decided(known, first, "Done long ago"), decided(known, first, "Still open")
    todo.finish(by=known["by"], now=NOW, task=done.task)
    newer = decided(known, second, "Newer")
    for meeting in (first, second):
        actions.hold(**known, meeting=meeting)

    assert queries.followed_up(review(known)) == [still, newer]


def test_what_is_overdue_is_followed_up_first(account: Any, known: Any) -> None:
    held = review(known, TODAY - 6 * WEEK)
    done, late, still = (decided(known, held, title) for title in ("Done", "Late", "Open"))
    undated = decided(known, held, "Some day")
    todo.finish(by=known["by"], now=NOW, task=done.task)
    for row, due in ((still, TODAY + WEEK), (undated, None)):
        todo.change(by=known["by"], now=NOW, task=row.task, values={"due_date": due})
    actions.hold(**known, meeting=held)

    shown = presenters.review(account, review(known), NOW)["followed"]
    listed = presenters.page(account, NOW)["open"]

    assert late.due_date < TODAY
    assert [row["text"] for row in shown] == ["Late", "Open", "Some day", "Done"]
    assert [row["text"] for row in listed] == ["Late", "Open", "Some day"]


def test_wrong_input_gets_a_sentence(account: Any, known: Any) -> None:
    meeting = review(known, TODAY + WEEK)

    for more, match in (
        ({"title": ""}, "Write what was decided"),
        ({"assignee": None}, "somebody who sees to it"),
        ({"due_date": None}, "a day until which"),
        ({"due_date": TODAY}, "the day of the review or a later one"),
        ({"title": "x" * 201}, "200 characters"),
    ):
        with pytest.raises(ValidationError, match=match):
            decided(known, meeting, **more)
    with pytest.raises(ValidationError, match="a day to come"):
        actions.hold(**known, meeting=meeting)
    with pytest.raises(ValidationError, match="between 1990 and 2199"):
        review(known, date(1200, 1, 1))
    with pytest.raises(ValidationError, match="is not a contact of this customer"):
        review(known, theirs=[ContactFactory(name="Somebody else")])
    with pytest.raises(ValidationError, match="40 participants at most"):
        review(known, others=["A"] * 41)
    assert not queries.decisions(account.pk).exists()


def test_who_may_only_look_changes_nothing(account: Any, known: Any) -> None:
    theirs: Any = {"by": UserFactory(role=Role.READ_ONLY), "now": NOW, "account": account}
    meeting = review(known)

    for action, more in (
        (actions.plan, {"values": {"held_on": TODAY}}),
        (actions.renew, {"meeting": meeting}),
        (actions.hold, {"meeting": meeting}),
        (actions.archive, {"meeting": meeting}),
        (actions.decide, {"meeting": meeting, "values": {}}),
        (actions.write_point, {"meeting": meeting, "values": {}}),
    ):
        with pytest.raises(PermissionDenied):
            action(**theirs, **more)


def test_an_erased_person_leaves_the_reviews(account: Any, known: Any) -> None:
    somebody = people(account)[2]
    meeting = review(known, theirs=[somebody.contact])
    actions.write_point(**known, meeting=meeting, values={"text": "Ask the President"})
    actions.change(**known, meeting=meeting, values={"minutes": "President: no."})
    subject = Subject(contacts=frozenset({somebody.contact.pk}))

    erase_rows(Erasing(subject, ("President",), known["by"], NOW))

    meeting.refresh_from_db()
    assert Participant.objects.get().name == "–"
    assert Point.objects.get().text == "Ask the –"
    assert meeting.minutes == "–: no."


def test_the_paper_leaves_out_what_is_among_us(account: Any, known: Any) -> None:
    if not list(shared_paper.FONTS.glob("*.ttf")):
        pytest.skip("the fonts for paper are not built here: make assets")
    meeting = review(known, others=["Zażółć Gęślą", "关键客户"])
    for text, inside in (("Deliveries", False), ("Win the president", True)):
        actions.write_point(
            **known, meeting=meeting, values={"text": text, "is_inside": inside, "note": "#x"}
        )
    decided(known, meeting)

    def told(*, inside: bool) -> tuple[int, str]:
        content = paper.pdf(paper.told(account, meeting, NOW, inside=inside))
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return len(pages), "".join(page.extract_text() for page in pages)

    pages, theirs = told(inside=False)
    assert pages == 1
    for text in ("Deliveries", "Send the contract", "Zażółć Gęślą", "关键客户", "#x"):
        assert text in theirs
    assert "Win the president" not in theirs
    assert "Win the president" in told(inside=True)[1]


def test_a_colleague_with_the_account_sees_the_same(known: Any, colleague: Any) -> None:
    meeting = review(known)
    theirs = seen(colleague, known["account"].customer)

    assert presenters.page(theirs, NOW)["meetings"][0]["pk"] == meeting.pk


def test_the_tab_says_what_is_missing(account: Any, known: Any) -> None:
    def missing(now: datetime = NOW) -> list[str]:
        return presenters.state(account, now).missing

    none = missing()
    meeting = review(known)
    later = missing(NOW + WEEK)
    decided(known, meeting)
    actions.hold(**known, meeting=meeting)

    assert none == ["No review was held yet.", "No review is planned."]
    assert later[1] == "A review is past; note whether it was held."
    assert missing(NOW + 2 * WEEK) == ["No review is planned.", "1 decision is overdue."]
