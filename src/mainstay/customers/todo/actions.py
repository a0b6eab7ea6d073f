"""What people do with tasks: add, change, finish, take back, cancel."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.customers.actions.cleaning import allowed, may_edit, may_edit_contact
from mainstay.customers.models import Affiliation
from mainstay.customers.todo import queries, rules
from mainstay.customers.todo.models import Feed, State, Task
from mainstay.people import queries as people
from mainstay.people import rules as tokens
from mainstay.records.actions import record
from mainstay.shared import versions

RIGHT = "interactions.edit"
FIELDS = (
    "title",
    "notes",
    "customer",
    "contact",
    "interaction",
    "assignee",
    "due_date",
    "due_time",
    "repeat_every",
    "repeat_unit",
    "priority",
    "remind",
)
EARLIEST_YEAR, LATEST_YEAR = 1990, 2199
LONGEST_LEAD = 30 * 24 * 60
# Told of a repeated task that is done, and of the next one: higher capabilities that hang on it.
FOLLOWERS: list[Callable[[Task, Task], None]] = []


@transaction.atomic
def add(*, by: Any, now: datetime, values: Mapping[str, Any]) -> Task:
    """Add a task; whose it is, is said or the maker's own."""
    may_edit(by, RIGHT)
    task = Task(made_by=by)
    given = {"assignee": by} | dict(values)
    new = _write(by, task, given)[1]
    _may(by, task)
    task.save()
    record(by=by, verb="task.added", target=task, new=new, now=now)
    return task


@transaction.atomic
def change(
    *, by: Any, now: datetime, task: Task, values: Mapping[str, Any], version: int | None = None
) -> Task:
    """Change what differs; raise EditedMeanwhile when `version` is no longer the task's."""
    may_edit(by, RIGHT)
    row: Task = versions.locked(queries.seen_by(by).select_related(None), task.pk, version)
    _may(by, row)
    old, new = _write(by, row, values)
    _may(by, row)
    if new:
        _save(row)
        record(by=by, verb="task.changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def finish(*, by: Any, now: datetime, task: Task) -> Task | None:
    """Note who did it and when; a repeated task comes again, and that next one is returned."""
    may_edit(by, RIGHT)
    row: Task = versions.locked(queries.seen_by(by).select_related(None), task.pk, None)
    _may_tick(by, row)
    if row.state != State.OPEN:
        return None
    row.state, row.done_at, row.done_by = State.DONE, now, by
    _save(row)
    record(by=by, verb="task.done", target=row, now=now)
    return _again(row, row.due_date, now) if row.repeat_every and row.due_date else None


@transaction.atomic
def reopen(*, by: Any, now: datetime, task: Task) -> None:
    """Take back that it is done or cancelled."""
    _turn(by, now, task, State.OPEN, "task.reopened")


@transaction.atomic
def cancel(*, by: Any, now: datetime, task: Task) -> None:
    """Note that it need not be done; it leaves lists and calendars."""
    _turn(by, now, task, State.CANCELLED, "task.cancelled")


def finish_many(*, by: Any, now: datetime, ids: Iterable[int]) -> int:
    """Finish the open ones among the tasks; return how many."""
    rows = list(queries.visible_to(by).filter(pk__in=list(ids), state=State.OPEN))
    with transaction.atomic():
        for row in rows:
            finish(by=by, now=now, task=row)
    return len(rows)


@transaction.atomic
def make_feed(*, by: Any, now: datetime) -> str:
    """Return the token of a new calendar link; the link before it stops working."""
    token = tokens.new_token()
    hashed = {"token_hash": tokens.token_hash(token), "made_at": now}
    feed, _made = Feed.objects.update_or_create(user=by, defaults=hashed)
    record(by=by, verb="task.feed_made", target=feed, now=now)
    return token


@transaction.atomic
def revoke_feed(*, by: Any, now: datetime) -> None:
    """Let the person's calendar link stop working."""
    feed = queries.feed_of(by)
    if feed is not None:
        record(by=by, verb="task.feed_revoked", target=feed, now=now)
        feed.delete()


def _done(*, by: Any, now: datetime, task: Task) -> None:
    finish(by=by, now=now, task=task)


# What leads to a state, by the state's name.
TURNS: dict[str, Callable[..., None]] = {"done": _done, "open": reopen, "cancelled": cancel}


@transaction.atomic
def remind(*, number: int, now: datetime, send: Callable[[Task], None]) -> bool:
    """Send the reminder of the task once; answer whether it was still wanted."""
    rows = Task.objects.filter(pk=number, state=State.OPEN, reminded_at=None)
    row = rows.select_for_update(of=("self",)).first()
    if row is None or row.assignee is None:
        return False
    Task.objects.filter(pk=row.pk).update(reminded_at=now)
    send(row)
    return True


def _turn(by: Any, now: datetime, task: Task, state: State, verb: str) -> None:
    may_edit(by, RIGHT)
    row: Task = versions.locked(queries.seen_by(by).select_related(None), task.pk, None)
    _may_tick(by, row)
    if row.state == state:
        return
    row.state, row.done_at, row.done_by = state, None, None
    _save(row)
    record(by=by, verb=verb, target=row, now=now)


def _may(by: Any, task: Task) -> None:
    """Raise when the task is about a customer or contact that is shared to be looked at only."""
    if task.customer is not None:
        may_edit(by, RIGHT, customer=task.customer)
    elif task.contact is not None:
        may_edit_contact(by, task.contact, RIGHT)


def _may_tick(by: Any, task: Task) -> None:
    """Whoever was given a task may say that it is done, whatever it is about."""
    if by is None or task.assignee_id != by.pk:
        _may(by, task)


def _save(task: Task) -> None:
    task.version += 1
    task.save()


def _again(done: Task, before: date, now: datetime) -> Task:
    """Add the next of a repeated task, as far before its time to be reminded of as this one."""
    zone = done.time_zone
    today = timezone.localdate(now, rules.zone(zone))
    due = rules.next_due(before, done.repeat_every or 1, done.repeat_unit, today)
    following = Task(
        due_date=due,
        remind_at=rules.remind_at(due, done.due_time, zone, done.remind),
        made_by=done.made_by,
        time_zone=zone,
        **{name: getattr(done, name) for name in FIELDS if name not in ("due_date", "remind")},
    )
    following.save()
    for follow in FOLLOWERS:
        follow(done, following)
    record(by=None, verb="task.added", target=following, new={"due_date": due}, now=now)
    return following


def _write(by: Any, task: Task, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    given = allowed(values, FIELDS)
    lead = given.pop("remind", task.remind)
    changed = versions.apply(task, given)
    _check_when(task)
    _check_whom(by, task)
    task.time_zone = getattr(task.assignee, "time_zone", "") or people.company().time_zone
    if lead is not None and not 0 <= lead <= LONGEST_LEAD:
        raise ValidationError({"remind": _("Remind at most 30 days before.")})
    remind = rules.remind_at(task.due_date, task.due_time, task.time_zone, lead)
    if remind != task.remind_at:
        task.remind_at, task.reminded_at = remind, None
        changed[1]["remind_at"] = remind
    return changed


def _check_when(task: Task) -> None:
    day = task.due_date
    if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValidationError({"due_date": _("Write a day between 1990 and 2199.")})
    if task.due_time is not None and task.due_time.tzinfo is not None:
        text = _("Write the time without a zone: it is that of who does the task.")
        raise ValidationError({"due_time": text})
    if day is None and task.due_time is not None:
        raise ValidationError({"due_date": _("A time needs its day; write both.")})
    if bool(task.repeat_every) != bool(task.repeat_unit):
        text = _("Write both how many and of what: every 2 weeks.")
        raise ValidationError({"repeat_every": text})
    if task.repeat_every and day is None:
        raise ValidationError({"due_date": _("A task that comes again needs its first day.")})


def _check_whom(by: Any, task: Task) -> None:
    customer, contact = task.customer, task.contact
    if customer is not None and not customers.seen_by(by).filter(pk=customer.pk).exists():
        raise ValidationError({"customer": _("This customer is not among those you may see.")})
    if contact is not None and customer is None:
        raise ValidationError({"contact": _("Name the customer that the contact belongs to.")})
    if contact is not None and not _works_at(contact, customer):
        text = _("%(name)s is not a contact of this customer; add them there first.")
        raise ValidationError({"contact": text % {"name": contact}})
    who = task.assignee
    if who is None or customer is None or who == by:
        return
    if not customers.visible_to(who).filter(pk=customer.pk).exists():
        text = _("%(name)s may not see this customer; choose somebody who may.")
        raise ValidationError({"assignee": text % {"name": who}})


def _works_at(contact: Any, customer: Any) -> bool:
    return Affiliation.objects.filter(customer=customer, contact=contact).exists()
