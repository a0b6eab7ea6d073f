"""Put our team together, and note the skills of its people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.account_plans.workspace.actions import require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers.queries import visible_to
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

from . import queries
from .models import SkillRating, TeamMember

MOST = 40  # of ours for one account


@transaction.atomic
def set_member(
    *,
    by: Any,
    now: datetime,
    account: Account,
    values: Mapping[str, Any],
    member: TeamMember | None = None,
) -> TeamMember:
    """Add somebody to the team, or change what they do there; one leads."""
    require_edit(by, account)
    there = list(queries.team(account.customer))
    row = member or TeamMember(customer=account.customer, user=values["user"])
    old, new = versions.apply(row, values)
    _fits(row, there)
    if row.leads:
        TeamMember.objects.filter(pk__in=[each.pk for each in there]).update(leads=False)
    row.save()
    verb = "team.changed" if member else "team.added"
    record(by=by, verb=verb, target=account.customer, old=old, new=new, now=now)
    return row


def _fits(row: TeamMember, there: list[TeamMember]) -> None:
    if any(each.user_id == row.user_id and each.pk != row.pk for each in there):
        raise ValidationError({"user": _("%(name)s is in the team already.") % {"name": row.user}})
    if row.pk is None and len(there) >= MOST:
        text = _("A team has %(n)d people at most; let somebody go first.")
        raise ValidationError(text % {"n": MOST})
    if not visible_to(row.user).filter(pk=row.customer_id).exists():
        text = _("%(name)s may not see this customer; share it with them first.")
        raise ValidationError({"user": text % {"name": row.user}})


@transaction.atomic
def remove_member(*, by: Any, now: datetime, account: Account, member: TeamMember) -> None:
    """Let somebody leave the team; when they left is kept."""
    require_edit(by, account)
    if TeamMember.objects.filter(pk=member.pk, archived_at=None).update(archived_at=now):
        old = {"name": str(member.user), "role": member.role}
        record(by=by, verb="team.removed", target=account.customer, old=old, now=now)


@transaction.atomic
def judge_skills(
    *, by: Any, now: datetime, whom: Any, ratings: Mapping[str, Mapping[str, Any]]
) -> int:
    """Note levels by skill; return how many are new."""
    require(by, "accounts.edit")
    if not queries.may_judge(by, whom):
        raise PermissionDenied(
            _("You may judge your own skills; a manager judges those of others.")
        )
    known = {skill.item.key: skill for skill in queries.skills(whom)}
    made = []
    for key, values in ratings.items():
        before = known[key].rating if key in known else None
        same = before and all(getattr(before, name) == value for name, value in values.items())
        if key not in known or same or (before is None and not any(_said(values))):
            continue
        row = SkillRating(user=whom, skill=key, by=by, at=now, **values)
        versions.check(row)
        made.append(row)
    SkillRating.objects.bulk_create(made)
    if made:
        told = {known[row.skill].item.name: f"{row.present} / {row.wanted}" for row in made}
        record(by=by, verb="team.skills", target=whom, new=told, now=now)
    return len(made)


def _said(values: Mapping[str, Any]) -> list[bool]:
    return [value not in (None, "") for value in values.values()]
