"""Tasks: whose they are, when they come again, whom they remind."""

from datetime import UTC, date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError

from mainstay.customers import timeline
from mainstay.customers.todo import actions, queries, tasks
from mainstay.customers.todo.models import State, Task
from mainstay.records.models import AuditEvent
from mainstay.shared.versions import EditedMeanwhile
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(owner: Any) -> Any:
    return CustomerFactory(owner=owner, team=owner.team)


def add(by: Any, now: Any, **values: Any) -> Task:
    return actions.add(by=by, now=now, values={"title": "Call back"} | values)


def test_a_task_is_seen_by_who_sees_its_customer(
    owner: Any, colleague: Any, stranger: Any, customer: Any, now: Any
) -> None:
    task = add(owner, now, customer=customer, assignee=colleague)
    private = add(owner, now)

    assert list(queries.visible_to(owner).order_by("pk")) == [task, private]
    assert list(queries.visible_to(colleague)) == [task]
    assert list(queries.visible_to(stranger)) == []
    with pytest.raises(ObjectDoesNotExist):
        actions.finish(by=stranger, now=now, task=task)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due_time": time(9)}, "due_date"),
        ({"due_date": date(2026, 3, 9), "due_time": time(9, tzinfo=UTC)}, "due_time"),
        ({"repeat_every": 2}, "repeat_every"),
        ({"repeat_every": 2, "repeat_unit": "week"}, "due_date"),
        ({"due_date": date(1, 1, 1)}, "due_date"),
        ({"due_date": date(2026, 3, 9), "remind": 10**6}, "remind"),
        ({"repeat_every": 100, "repeat_unit": "day"}, "repeat_every"),
        ({"title": "a\x00b"}, "title"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    owner: Any, now: Any, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        add(owner, now, **values)

    assert field in refusal.value.error_dict


def test_nobody_is_given_a_task_for_a_customer_they_may_not_see(
    owner: Any, stranger: Any, read_only: Any, customer: Any, now: Any
) -> None:
    with pytest.raises(ValidationError, match="may not see this customer"):
        add(owner, now, customer=customer, assignee=stranger)
    with pytest.raises(ValidationError, match="not among those you may see"):
        add(stranger, now, customer=customer)
    with pytest.raises(ValidationError, match="not a contact of this customer"):
        add(owner, now, customer=customer, contact=AffiliationFactory().contact)
    with pytest.raises(PermissionDenied):
        add(read_only, now)


def test_what_is_done_stands_on_the_timeline_and_comes_again(
    owner: Any, colleague: Any, customer: Any, now: Any
) -> None:
    rule = {"due_date": now.date(), "repeat_every": 1, "repeat_unit": "week", "remind": 60}
    task = add(owner, now, customer=customer, **rule)

    following = actions.finish(by=colleague, now=now, task=task)
    again = actions.finish(by=colleague, now=now, task=task)

    task.refresh_from_db()
    assert (task.state, task.done_by, task.done_at, again) == (State.DONE, colleague, now, None)
    assert following is not None
    assert following.due_date == now.date() + timedelta(days=7)
    assert following.remind_at == task.remind_at + timedelta(days=7)
    assert following.uid != task.uid
    entries, _next = timeline.page(owner, customer, None, timeline.Wish(kind="tasks"))
    assert [(entry.title, entry.detail) for entry in entries] == [
        ("Call back", "Done by Carl Colleague")
    ]

    actions.reopen(by=owner, now=now, task=task)
    assert timeline.page(owner, customer, None, timeline.Wish(kind="tasks"))[0] == []
    assert AuditEvent.objects.filter(verb__startswith="task.").count() == 4


def test_who_edits_second_is_told(owner: Any, now: Any) -> None:
    task = add(owner, now)
    actions.change(by=owner, now=now, task=task, values={"priority": 1}, version=1)

    with pytest.raises(EditedMeanwhile):
        actions.change(by=owner, now=now, task=task, values={"priority": 9}, version=1)


def test_a_reminder_is_sent_once_when_its_time_has_come(
    owner: Any, customer: Any, clock: Any, settings: Any, now: Any
) -> None:
    task = add(owner, now, customer=customer, due_date=now.date(), due_time=time(11), remind=30)
    assert tasks.remind.func() == 0, "no mail is set up"
    settings.EMAIL_CONFIGURED = True

    assert tasks.remind.func() == 0, "too early"
    clock.shift(timedelta(minutes=31))
    assert [tasks.remind.func(), tasks.remind.func()] == [1, 0]
    assert [(m.to, m.subject) for m in mail.outbox] == [([owner.email], "Reminder: Call back")]

    later = {"due_date": now.date() + timedelta(days=1)}
    actions.change(by=owner, now=now, task=task, values=later)
    clock.shift(timedelta(days=1))
    assert tasks.remind.func() == 1, "it was put off, and reminded of anew"
