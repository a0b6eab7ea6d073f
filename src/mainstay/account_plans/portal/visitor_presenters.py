"""What a visitor reads: only what is named here leaves our side."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from . import queries, rules
from .choices import StageState
from .forms import OpinionForm, RemarkForm
from .queries import visitors


def home(who: visitors.Visitor, now: datetime) -> dict[str, Any]:
    """Return the works and what was agreed."""
    works = [_work(row) for row in visitors.works(who)]
    agreed = [_agreed(row, timezone.localdate(now)) for row in visitors.agreed(who)]
    return around(who) | {
        "going_on": [each for each in works if each["state"] != rules.DONE],
        "finished": [each for each in works if each["state"] == rules.DONE],
        "agreed": [each for each in agreed if not each["done"]],
        "kept": [each for each in agreed if each["done"]],
    }


def around(who: visitors.Visitor) -> dict[str, Any]:
    return {"visitor": {"name": who.contact.name, "customer": who.customer.name}}


def _work(row: Any) -> dict[str, Any]:
    stages = list(row.stages.all())
    state = rules.work_state(row.finished_on, (each.state for each in stages))
    following = next((each for each in stages if each.state != rules.DONE), None)
    return {
        "pk": row.pk,
        "title": row.title,
        "summary": row.summary,
        "state": state,
        "state_label": StageState(state).label,
        "finished_on": row.finished_on,
        "ours": row.ours.name if row.ours else "",
        "email": row.ours.email if row.ours else "",
        "theirs": row.theirs.name if row.theirs else "",
        "states": [each.state for each in stages],
        "done": sum(each.state == rules.DONE for each in stages),
        "all": len(stages),
        "following": following,
    }


def _agreed(row: Any, today: date) -> dict[str, Any]:
    task = row.action.task
    done = task.state == "done"
    return {
        "words": row.words,
        "due": task.due_date,
        "done": done,
        "late": not done and task.due_date is not None and task.due_date < today,
        "who": task.assignee.name if task.assignee else "",
    }


def work(who: visitors.Visitor, row: Any, now: datetime, **more: Any) -> dict[str, Any]:
    """Return a work; `sent` is the form that did not fit, `about` the stage that it is on."""
    own = queries.opinions([row.pk])[row.pk].by(who.contact)
    today = timezone.localdate(now)
    sent, about = more.get("sent"), more.get("about")
    opinion, remark = (
        sent if isinstance(sent, kind) else None for kind in (OpinionForm, RemarkForm)
    )
    whole = _rating(None, own, opinion if about is None else None)
    return around(who) | {
        "work": _work(row),
        "stages": [_stage(each, own, today, opinion, about) for each in row.stages.all()],
        "whole": whole if row.finished_on else None,
        "comments": [_comment(each, who) for each in queries.comments(row)],
        "remark": remark or RemarkForm(),
        "refusal": sent.non_field_errors() if sent is not None else [],
    }


def _stage(row: Any, own: Any, today: date, opinion: Any, about: Any) -> dict[str, Any]:
    late = row.state != rules.DONE and row.planned_until is not None and row.planned_until < today
    mine = about is not None and about.pk == row.pk
    rated = _rating(row.pk, own, opinion if mine else None)
    return {
        "title": row.title,
        "state": row.state,
        "label": row.get_state_display(),
        "planned_from": row.planned_from,
        "planned_until": row.planned_until,
        "began_on": row.began_on,
        "ended_on": row.ended_on,
        "late": late,
        "rating": rated if rules.may_be_rated(row.state) else None,
    }


def _rating(stage: int | None, own: Any, form: Any) -> dict[str, Any]:
    """Return what the visitor gave before, and the form to give or change it."""
    given = own.get(stage)
    initial = {"mark": given.mark, "words": given.words} if given else None
    fresh = OpinionForm(initial=initial, auto_id=f"id_{stage or 'whole'}_%s")
    return {"stage": stage, "given": given, "form": form or fresh, "open": form is not None}


def _comment(row: Any, who: visitors.Visitor) -> dict[str, Any]:
    writer = row.contact or row.by
    return {
        "text": row.text,
        "at": row.at,
        "name": writer.name if writer else "",
        "is_ours": row.contact_id is None,
        "is_own": row.contact_id == who.contact.pk,
    }
