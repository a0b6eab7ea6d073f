"""Our side: keep works and stages, invite, share actions, answer comments."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.account_plans.action_plans import queries as action_plans
from mainstay.account_plans.portal import queries, rules, tokens
from mainstay.account_plans.portal.models import (
    Comment,
    Invitation,
    SharedAction,
    Stage,
    Visit,
    Work,
)
from mainstay.account_plans.workspace.actions import require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers import queries as customers
from mainstay.records.actions import record
from mainstay.shared import versions

MOST_WORKS, MOST_STAGES = 100, 40
DAYS = (30, 90, 180, 365)
EARLIEST_YEAR, LATEST_YEAR = 1990, 2199


@transaction.atomic
def set_work(
    *,
    by: Any,
    now: datetime,
    account: Account,
    values: Mapping[str, Any],
    work: Work | None = None,
    version: int | None = None,
) -> Work:
    """Add a piece of work, or change one; nothing of it is seen until it is shared."""
    require_edit(by, account)
    rows = Work.objects.filter(customer=account.customer, archived_at=None)
    if work is None:
        _room(rows.count(), MOST_WORKS)
        row = Work(customer=account.customer)
    else:
        row = versions.locked(rows, work.pk, version)
    old, new = versions.apply(row, values)
    _fits(row, now)
    row.version += work is not None
    row.save()
    verb = "portal.work_changed" if work else "portal.work_added"
    record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


def _room(there: int, most: int) -> None:
    if there >= most:
        text = _("There are %(n)d already, the most there may be; put one away first.")
        raise ValidationError(text % {"n": most})


def _fits(row: Work, now: datetime) -> None:
    people = queries.present_people(row.customer, timezone.localdate(now))
    if row.theirs_id and not people.filter(pk=row.theirs_id).exists():
        text = _("%(name)s does not work there; choose another.")
        raise ValidationError({"theirs": text % {"name": row.theirs}})
    if row.ours and not customers.visible_to(row.ours).filter(pk=row.customer_id).exists():
        text = _("%(name)s may not see this customer; choose somebody who may.")
        raise ValidationError({"ours": text % {"name": row.ours}})
    _past("finished_on", row.finished_on, now)


def _past(name: str, day: Any, now: datetime) -> None:
    _century(name, day)
    if day is not None and day > timezone.localdate(now):
        raise ValidationError({name: _("This day lies in the future; write when it was.")})


def _century(name: str, day: Any) -> None:
    if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValidationError({name: _("Write a day between 1990 and 2199.")})


@transaction.atomic
def archive_work(*, by: Any, now: datetime, account: Account, work: Work) -> None:
    """Put a work away: the customer sees it no more, what was said of it is kept."""
    require_edit(by, account)
    rows = Work.objects.filter(customer=account.customer, pk=work.pk, archived_at=None)
    if rows.update(archived_at=now):
        record(by=by, verb="portal.work_archived", target=work, now=now)


@transaction.atomic
def set_stage(
    *,
    by: Any,
    now: datetime,
    account: Account,
    about: Work | Stage,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Stage:
    """Add a stage to a work, or change one; days that the state implies are filled in."""
    require_edit(by, account)
    stage = about if isinstance(about, Stage) else None
    work = about.work if isinstance(about, Stage) else about
    if work.customer_id != account.pk:
        raise ValidationError(_("This work is not of this account any more; load the page."))
    rows = Stage.objects.filter(work=work)
    if stage is None:
        _room(rows.count(), MOST_STAGES)
        row = Stage(work=work)
    else:
        row = versions.locked(rows, stage.pk, version)
    old, new = versions.apply(row, rules.dated(dict(values), timezone.localdate(now)))
    _in_order(row, now)
    row.version += stage is not None
    row.save()
    verb = "portal.stage_changed" if stage else "portal.stage_added"
    record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


def _in_order(row: Stage, now: datetime) -> None:
    _century("planned_from", row.planned_from)
    _century("planned_until", row.planned_until)
    _past("began_on", row.began_on, now)
    _past("ended_on", row.ended_on, now)
    if row.ended_on and row.state != rules.DONE:
        raise ValidationError({"state": _("It has ended: choose “Done”, or clear that day.")})
    for first, last in (("planned_from", "planned_until"), ("began_on", "ended_on")):
        start, end = getattr(row, first), getattr(row, last)
        if start is not None and end is not None and end < start:
            raise ValidationError({last: _("It ends before it begins; change one of the days.")})


@transaction.atomic
def invite(
    *,
    by: Any,
    now: datetime,
    account: Account,
    values: Mapping[str, Any],
    url: str = "",
) -> Invitation:
    """Make a link for one person of the customer and mail it; an open one of theirs ends.

    `url`: where it opens, with TOKEN in the token's place; the job that mails it draws the token
    itself, so that no queue holds it.
    """
    require_edit(by, account)
    language, days = values["language"], values.get("days", DAYS[1])
    people = queries.present_people(account.customer, timezone.localdate(now))
    person = people.filter(pk=values["contact"]).first()
    if person is None:
        raise ValidationError({"contact": _("This person does not work there; choose another.")})
    if days not in DAYS or language not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose a language and a time from those offered."))
    _end(Invitation.objects.filter(customer=account.customer, contact=person), now)
    row = Invitation(customer=account.customer, contact=person, language=language, by=by)
    row.salt, row.made_at, row.expires_at = secrets.token_hex(32), now, now + timedelta(days=days)
    row.token_hash = tokens.hash_of(tokens.token_of(row))
    row.save()
    new = {"contact": str(person), "language": language, "days": days}
    record(by=by, verb="portal.invited", target=row, new=new, now=now)
    if settings.EMAIL_CONFIGURED and person.email and url:
        from mainstay.account_plans.portal.tasks import send_link

        send_link.enqueue(number=row.pk, url=url)
    return row


def _end(rows: Any, now: datetime) -> int:
    numbers = list(rows.filter(withdrawn_at=None).values_list("pk", flat=True))
    Visit.objects.filter(invitation__in=numbers, ended_at=None).update(ended_at=now)
    return int(rows.filter(pk__in=numbers).update(withdrawn_at=now))


@transaction.atomic
def withdraw(*, by: Any, now: datetime, account: Account, invitation: Invitation) -> None:
    """Let the link open nothing any more, and end visits that go on; what was said stays."""
    require_edit(by, account)
    if _end(Invitation.objects.filter(customer=account.customer, pk=invitation.pk), now):
        old = {"contact": str(invitation.contact)}
        record(by=by, verb="portal.withdrawn", target=invitation, old=old, now=now)


@transaction.atomic
def share_action(
    *, by: Any, now: datetime, account: Account, number: int, words: str
) -> SharedAction | None:
    """Show an action to the customer in these words; with none it is shown no more."""
    require_edit(by, account)
    planned = action_plans.action(account.customer, number)
    if planned is None:
        raise ValidationError(_("This action is not of this account any more; load the page."))
    row = SharedAction.objects.filter(action=planned).first()
    old = {"words": row.words if row else ""}
    if not words:
        if row is not None:
            row.delete()
            record(by=by, verb="portal.action_hidden", target=planned, old=old, now=now)
        return None
    row = row or SharedAction(action=planned, at=now)
    _old, new = versions.apply(row, {"words": words})
    if new:
        row.by, row.at = by, now
        row.save()
        record(by=by, verb="portal.action_shared", target=planned, old=old, new=new, now=now)
    return row


@transaction.atomic
def reply(*, by: Any, now: datetime, account: Account, work: Work, text: str) -> Comment:
    """Answer in the thread of a work; the customer's people read it."""
    require_edit(by, account)
    if work.customer_id != account.pk:
        raise ValidationError(_("This work is not of this account any more; load the page."))
    row = Comment(work=work, by=by, at=now)
    versions.apply(row, {"text": text})
    row.save()
    record(by=by, verb="portal.replied", target=row, new={"text": text}, now=now)
    return row
