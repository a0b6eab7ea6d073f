"""The pages of reviews: the list with what is still open, and one review."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.account_plans import tabs
from mainstay.account_plans.workspace import presenters as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.shared.templatetags.figures import day, number

from . import agenda, queries, renewing, rules
from .facts import facts
from .forms import ChangedMeetingForm, DecisionForm, MeetingForm, MinutesForm, PointForm
from .rules import Followed, Stage

STATES = {
    Followed.DONE: (gettext_lazy("Done"), "green"),
    Followed.OPEN: (gettext_lazy("Open"), "blue"),
    Followed.OVERDUE: (gettext_lazy("Overdue"), "red"),
    Followed.DROPPED: (gettext_lazy("Dropped"), "neutral"),
}
STILL_OPEN = (Followed.OVERDUE, Followed.OPEN)
URGENCY = (*STILL_OPEN, Followed.DONE, Followed.DROPPED)
STAGES = {
    Stage.PLANNED: (gettext_lazy("Planned"), "blue"),
    Stage.PASSED: (gettext_lazy("To be noted"), "amber"),
    Stage.HELD: (gettext_lazy("Held"), "green"),
}


def state(account: Account, now: datetime) -> tabs.State:
    """Return how far this part of the account has come."""
    today = timezone.localdate(now)
    found = queries.rhythm([account.pk]).get(account.pk)
    held = found["held"] if found else None
    missing = []
    if held is None:
        missing.append(_("No review was held yet."))
    if found is None or found["planned"] is None:
        missing.append(_("No review is planned."))
    elif found["planned"] < today:
        missing.append(_("A review is past; note whether it was held."))
    rows = [decision(row, today) for row in queries.decisions(account.pk)]
    late = sum(row["state"] == Followed.OVERDUE for row in rows)
    if late:
        text = ngettext("%(n)s decision is overdue.", "%(n)s decisions are overdue.", late)
        missing.append(text % {"n": number(late)})
    return tabs.State(_("last held on %(day)s") % {"day": day(held)} if held else "", missing)


def page(account: Account, now: datetime, form: Any = None) -> dict[str, Any]:
    """Return the reviews of the account, and the decisions of them all that are not done."""
    today = timezone.localdate(now)
    rows = list(queries.meetings(account.pk))
    people = queries.participants(row.pk for row in rows)
    decisions = [decision(row, today) for row in queries.decisions(account.pk)]
    return workspace.page(account, tab="reviews") | {
        "meetings": [_listed(row, people.get(row.pk, []), decisions, today) for row in rows],
        "open": _urgent_first(row for row in decisions if row["state"] in STILL_OPEN),
        "wanting": state(account, now).missing if rows else [],
        "form": form or MeetingForm(account=account, initial=_first(account)),
    }


def _first(account: Account) -> dict[str, Any]:
    """Return what the form of a new review begins with: whoever was there the last time."""
    latest = queries.meetings(account.pk).first()
    if latest is None:
        return {"ours": [account.user.pk]}
    return _people(queries.participants([latest.pk]).get(latest.pk, []))


def _people(rows: list[Any]) -> dict[str, Any]:
    return {
        "ours": [row.user_id for row in rows if row.user_id],
        "theirs": [row.contact_id for row in rows if row.contact_id],
        "others": "\n".join(
            row.name for row in rows if row.user_id is None and row.contact_id is None
        ),
    }


def _listed(
    row: Any, people: list[Any], decisions: list[dict[str, Any]], today: date
) -> dict[str, Any]:
    mine = [each for each in decisions if each["meeting"] == row.pk]
    done = sum(each["state"] == Followed.DONE for each in mine)
    text = ngettext(
        "%(done)s of %(n)s decision done", "%(done)s of %(n)s decisions done", len(mine)
    )
    return _stage(row, today) | {
        "pk": row.pk,
        "on": row.held_on,
        "place": row.place,
        "people": ", ".join(each.name for each in people),
        "decided": text % {"done": number(done), "n": number(len(mine))} if mine else "",
        "share": (done, len(mine)),
        "late": any(each["state"] == Followed.OVERDUE for each in mine),
    }


def stage(row: Any, today: date) -> Stage:
    return rules.stage(row.held_on, today, is_held=row.held_at is not None)


def _stage(row: Any, today: date) -> dict[str, Any]:
    found = stage(row, today)
    label, tone = STAGES[found]
    return {"stage": found, "stage_label": str(label), "stage_tone": tone}


def _urgent_first(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is overdue first, then what is open, each by its day, then the rest."""
    return sorted(rows, key=lambda row: (URGENCY.index(row["state"]), row["due"] or date.max))


def decision(row: Any, today: date) -> dict[str, Any]:
    """Return a decision as it stands: the task's day and owner, and what differs from then."""
    task = row.task
    found = rules.followed(task and task.state, task and task.due_date, today)
    label, tone = STATES[found]
    due = task.due_date if task else row.due_date
    who = task.assignee if task else row.owner
    return {
        "pk": row.pk,
        "meeting": row.meeting_id,
        "decided_on": row.meeting.held_on,
        "text": row.text,
        "task": task.pk if task else None,
        "url": reverse("todo:task", args=[task.pk]) if task else "",
        "state": found,
        "label": str(label),
        "tone": tone,
        "due": due,
        "moved_from": row.due_date if due != row.due_date else None,
        "who": who.name if who else "",
        "email": who.email if who else None,
        "done_on": timezone.localdate(task.done_at) if task and task.done_at else None,
    }


def review(account: Account, meeting: Any, now: datetime, **more: Any) -> dict[str, Any]:
    """Return one review; `do` and `point` say which form is open."""
    found, today = facts(account, meeting, now), timezone.localdate(now)
    points = queries.points(meeting)
    people = queries.participants([meeting.pk]).get(meeting.pk, [])
    is_held = meeting.held_at is not None
    mine = queries.decisions(account.pk).filter(meeting=meeting)
    before = found.before
    shown = {
        "meeting": meeting,
        "ours": [row for row in people if row.is_ours],
        "theirs": [row for row in people if not row.is_ours],
        "points": [_point(row) for row in points if row.text],
        "left_out": [row for row in points if not row.text],
        "renewal": 0 if is_held else renewing.due(found, points).count,
        "unknown": [] if is_held else agenda.unknown(found),
        "since": found.since,
        "before": before,
        "followed": _urgent_first(decision(row, today) for row in found.followed_up),
        "decisions": [decision(row, today) for row in mine],
    }
    forms = _forms(account, meeting, people, more) if account.may_edit else {}
    return workspace.page(account, tab="reviews") | _stage(meeting, today) | shown | forms


def _point(row: Any) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "text": row.text,
        "note": row.note,
        "is_inside": row.is_inside,
        "is_own": not row.key,
    }


def _forms(account: Account, meeting: Any, people: list[Any], more: dict[str, Any]) -> Any:
    """Return the form of decisions, and the one form that is open besides."""
    do, form, point = more.get("do", ""), more.get("form"), more.get("point")
    shown: dict[str, Any] = {"do": do, "edited": point}
    shown["decision_form"] = form if do == "decide" and form else DecisionForm()
    if do == "minutes":
        shown["form"] = form or MinutesForm(initial={"minutes": meeting.minutes})
    elif do == "point":
        names = ("text", "note", "is_inside")
        initial = {name: getattr(point, name) for name in names} if point else {}
        shown["form"] = form or PointForm(initial=initial)
    elif do == "settings":
        about = {name: getattr(meeting, name) for name in ("held_on", "place", "version")}
        shown["form"] = form or ChangedMeetingForm(account=account, initial=about | _people(people))
    elif do == "hold":
        shown["form"] = form
    return shown
