"""Their side: come in, comment, give a mark, leave. What is shown decides what may be done."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mainstay.account_plans.portal import rules, tokens
from mainstay.account_plans.portal.choices import LOW, Mark
from mainstay.account_plans.portal.models import Comment, Invitation, Opinion, Stage, Visit, Work
from mainstay.account_plans.portal.queries import visitors
from mainstay.customers.capture.actions import TooMany as TooMany  # noqa: PLC0414 - for views
from mainstay.customers.capture.actions import admit
from mainstay.customers.todo import actions as todo
from mainstay.people.rules import new_token
from mainstay.records.actions import record
from mainstay.shared import versions

STAY = timedelta(hours=12)
ANSWERED_WITHIN = timedelta(days=2)


@transaction.atomic
def come_in(*, token: str, address: str, now: datetime) -> str | None:
    """Begin a visit; return its key, None where the link opens nothing."""
    admit(what="open", address=f"portal {address}", now=now)
    found = visitors.invited(token, now=now)
    if found is None:
        return None
    key = new_token()
    until = min(now + STAY, found.expires_at)
    Visit.objects.create(
        invitation=found, key_hash=tokens.hash_of(key), began_at=now, expires_at=until
    )
    _note("portal.opened", found, found, now)
    return key


def _note(verb: str, target: Any, invitation: Invitation, now: datetime, **new: Any) -> None:
    """Note what a visitor did: nobody of ours, but the contact by name."""
    told = {"contact": str(invitation.contact), **new}
    record(by=None, verb=verb, target=target, new=told, now=now)


@transaction.atomic
def leave(*, who: visitors.Visitor, now: datetime) -> None:
    """End the visit: its key opens nothing any more."""
    if Visit.objects.filter(pk=who.visit.pk, ended_at=None).update(ended_at=now):
        _note("portal.left", who.invitation, who.invitation, now)


@transaction.atomic
def comment(*, who: visitors.Visitor, now: datetime, work: Work, text: str) -> Comment:
    """Write into the thread of a work that is shared with the visitor's customer."""
    about = _allowed(who, work, now)
    row = Comment(work=about, contact=who.contact, at=now)
    versions.apply(row, {"text": text})
    row.save()
    _note("portal.commented", row, who.invitation, now, work=str(about), text=text)
    return row


@transaction.atomic
def rate(
    *,
    who: visitors.Visitor,
    now: datetime,
    work: Work,
    mark: int,
    words: str = "",
    stage: Stage | None = None,
) -> Opinion:
    """Keep what the visitor thinks of a stage that began, or of the whole once it is finished."""
    about = _allowed(who, work, now)
    if stage is not None:
        stage = visitors.stage(who, about, stage.pk)
        if stage is None or not rules.may_be_rated(stage.state):
            raise ValidationError(_("This stage cannot be rated yet; load the page again."))
    elif about.finished_on is None:
        raise ValidationError(_("The work goes on; the whole is rated when it is finished."))
    row = Opinion(work=about, stage=stage, contact=who.contact, at=now)
    versions.apply(row, {"mark": mark, "words": words})
    if row.mark <= LOW:
        row.task = _open_task(row) or _task(row, now)
    row.save()
    what = str(stage or about)
    _note("portal.rated", row, who.invitation, now, rated=what, mark=row.mark, words=words)
    return row


def _allowed(who: visitors.Visitor, work: Work, now: datetime) -> Work:
    admit(what="act", address=f"portal visit {who.visit.pk}", now=now)
    found = visitors.work(who, work.pk)
    if found is None:
        raise ValidationError(_("This work is not shown any more; load the page again."))
    return found


def _open_task(row: Opinion) -> Any:
    """Return the task that an earlier low mark of the same person made, while it is open."""
    before = Opinion.objects.filter(
        work=row.work, stage=row.stage, contact=row.contact, task__state="open"
    )
    found = before.select_related("task").order_by("-pk").first()
    return found.task if found else None


def _task(row: Opinion, now: datetime) -> Any:
    """Let who looks after the customer ask why, in their own language."""
    customer = row.work.customer
    who = customer.owner or row.work.ours
    due: date = timezone.localdate(now + ANSWERED_WITHIN)
    with translation.override(getattr(who, "language", "") or settings.LANGUAGE_CODE):
        title = _("%(name)s gave %(mark)s of 5 for “%(what)s”: ask why") % {
            "name": row.contact,
            "mark": row.mark,
            "what": row.stage or row.work,
        }
        notes = f"{row.work}: {Mark(row.mark).label}. {row.words}"
    values = {"title": title[:200], "notes": notes, "customer": customer, "contact": row.contact}
    return todo.add(
        by=None, now=now, values=values | {"assignee": who, "due_date": due, "priority": 1}
    )
