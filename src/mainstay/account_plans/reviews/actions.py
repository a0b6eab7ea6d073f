"""Plan a review, write its agenda and minutes, decide, note that it was held."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.account_plans.action_plans import actions as action_plans
from mainstay.account_plans.workspace.actions import require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers import queries as customers
from mainstay.records.actions import record
from mainstay.shared import versions

from . import queries, renewing
from .facts import facts
from .models import Decision, Meeting, Participant, Point

MOST_POINTS, MOST_DECISIONS, MOST_PEOPLE = 40, 40, 40
FIRST_YEAR, LAST_YEAR = 1990, 2199
PEOPLE = ("ours", "theirs", "others")


@transaction.atomic
def plan(*, by: Any, now: datetime, account: Account, values: Mapping[str, Any]) -> Meeting:
    """Plan a review, or note one that took place; its agenda is proposed from the data."""
    require_edit(by, account)
    row = Meeting(customer=account.customer, by=by)
    new = _written(row, values)[1]
    row.save()
    new |= _invite(account, row, values)
    renewing.renew(facts(account, row, now))
    record(by=by, verb="account_review.planned", target=account.customer, new=new, now=now)
    return row


@transaction.atomic
def change(
    *,
    by: Any,
    now: datetime,
    account: Account,
    meeting: Meeting,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Meeting:
    """Change day, place, who takes part, or the minutes."""
    require_edit(by, account)
    row: Meeting = versions.locked(_of(account), meeting.pk, version)
    old, new = _written(row, values)
    if any(name in values for name in PEOPLE):
        old["participants"] = _names(row)
        new |= _invite(account, row, values)
    row.version += 1
    row.save()
    record(by=by, verb="account_review.changed", target=account.customer, old=old, new=new, now=now)
    return row


def _of(account: Account) -> Any:
    return Meeting.objects.filter(customer=account.pk, archived_at=None)


def _written(row: Meeting, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    given = {name: v for name, v in values.items() if name not in PEOPLE}
    on = given.get("held_on")
    if on is not None and not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise ValidationError({"held_on": _("Write a day between 1990 and 2199.")})
    return versions.apply(row, given)


def _names(row: Meeting) -> str:
    return ", ".join(each.name for each in queries.participants([row.pk]).get(row.pk, []))


def _invite(account: Account, row: Meeting, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write anew who takes part: of ours, of theirs, and others by name."""
    ours, theirs = values.get("ours") or (), values.get("theirs") or ()
    there = {each.pk for each in customers.contacts_at(account.customer)}
    for contact in theirs:
        if contact.pk not in there:
            text = _("%(name)s is not a contact of this customer; add them there first.")
            raise ValidationError({"theirs": text % {"name": contact}})
    people = [
        *(Participant(meeting=row, is_ours=True, user=each, name=each.name) for each in ours),
        *(Participant(meeting=row, contact=each, name=each.name) for each in theirs),
        *(Participant(meeting=row, name=name) for name in values.get("others") or ()),
    ]
    _room(len(people), MOST_PEOPLE, _("A review has %(n)d participants at most."))
    for each in people:
        versions.check(each)
    row.participants.all().delete()
    Participant.objects.bulk_create(people)
    return {"participants": ", ".join(each.name for each in people)}


def _room(wanted: int, most: int, text: str) -> None:
    if wanted > most:
        raise ValidationError(text % {"n": most})


@transaction.atomic
def renew(*, by: Any, now: datetime, account: Account, meeting: Meeting) -> int:
    """Let the agenda say what the data say now; return how many points changed."""
    require_edit(by, account)
    row: Meeting = versions.locked(_of(account), meeting.pk, None)
    n = renewing.renew(facts(account, row, now))
    if n:
        new = {"points": n}
        record(by=by, verb="account_review.renewed", target=account.customer, new=new, now=now)
    return n


@transaction.atomic
def write_point(
    *,
    by: Any,
    now: datetime,
    account: Account,
    meeting: Meeting,
    values: Mapping[str, Any],
    point: Point | None = None,
) -> Point | None:
    """Write a point of the agenda and what was said on it.

    Without text a proposed point is left out, one's own is taken off.
    """
    require_edit(by, account)
    versions.locked(_of(account), meeting.pk, None)
    there = queries.points(meeting)
    row = point or Point(meeting=meeting, place=max((p.place for p in there), default=0) + 1)
    old, new = versions.apply(row, values)
    if point is None:
        _room(len(there) + 1, MOST_POINTS, _("An agenda has %(n)d points at most."))
        if not row.text.strip():
            raise ValidationError({"text": _("Write what is to be talked about.")})
    row.is_edited = row.is_edited or bool({"text", "is_inside"} & set(new))
    if row.text.strip() or row.key:
        row.save()
    else:
        row.delete()
    record(by=by, verb="account_review.agenda", target=account.customer, old=old, new=new, now=now)
    return row if row.pk else None


@transaction.atomic
def decide(
    *, by: Any, now: datetime, account: Account, meeting: Meeting, values: Mapping[str, Any]
) -> Decision:
    """Note a decision with owner and day: it becomes an action of the account, that is, a task."""
    require_edit(by, account)
    _complete(values, meeting)
    versions.locked(_of(account), meeting.pk, None)
    n = meeting.decisions.count() + 1
    _room(n, MOST_DECISIONS, _("A review has %(n)d decisions at most."))
    names = ("title", "assignee", "due_date")
    told = {"notes": _("Decided at the review of %(day)s.") % {"day": meeting.held_on.isoformat()}}
    given = told | {name: values[name] for name in names}
    action = action_plans.plan(by=by, now=now, account=account, values=given)
    row = Decision(
        meeting=meeting,
        text=values["title"],
        owner=values["assignee"],
        due_date=values["due_date"],
        task=action.task,
        at=now,
    )
    versions.check(row)
    row.save()
    new = {"decision": row.text, "review": meeting.held_on.isoformat()}
    record(by=by, verb="account_review.decided", target=account.customer, new=new, now=now)
    return row


def _complete(values: Mapping[str, Any], meeting: Meeting) -> None:
    lacking = {
        "title": _("Write what was decided."),
        "assignee": _("A decision needs somebody who sees to it."),
        "due_date": _("A decision needs a day until which it is done."),
    }
    wrong = {name: text for name, text in lacking.items() if not values.get(name)}
    due = values.get("due_date")
    if due and due < meeting.held_on:
        wrong["due_date"] = _("Choose the day of the review or a later one.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def hold(*, by: Any, now: datetime, account: Account, meeting: Meeting, held: bool = True) -> None:
    """Note that the review took place, or take that back."""
    require_edit(by, account)
    row: Meeting = versions.locked(_of(account), meeting.pk, None)
    if held and row.held_on > timezone.localdate(now):
        text = _("This review is planned for a day to come; change the day if it was held before.")
        raise ValidationError(text)
    if held == (row.held_at is not None):
        return
    row.held_at = now if held else None
    row.version += 1
    row.save()
    verb = "account_review.held" if held else "account_review.not_held"
    new = {"review": row.held_on.isoformat()}
    record(by=by, verb=verb, target=account.customer, new=new, now=now)


@transaction.atomic
def archive(*, by: Any, now: datetime, account: Account, meeting: Meeting) -> None:
    """Put a review away; its decisions stay tasks of the account."""
    require_edit(by, account)
    if _of(account).filter(pk=meeting.pk).update(archived_at=now):
        old = {"review": meeting.held_on.isoformat()}
        record(by=by, verb="account_review.archived", target=account.customer, old=old, now=now)
