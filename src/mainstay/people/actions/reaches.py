"""How far roles see, and whose shares are looked for."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people.models import Reach, Role, RoleFields, RoleReach, User
from mainstay.people.permissions import BOUNDS, REACH, require
from mainstay.records.actions import record


@transaction.atomic
def set_role_reach(*, by: Any, now: datetime, role: str, reach: str) -> None:
    """Let everybody of the role see so far, unless a reach was set for the person."""
    require(by, "people.admin")
    if reach not in {str(each) for each in BOUNDS.get(role, ())}:
        raise ValidationError(_("This role cannot see so far, or not so little. Choose another."))
    old = _known(role)
    if old == reach:
        return
    row, _new = RoleReach.objects.update_or_create(role=role, defaults={"reach": reach})
    User.objects.filter(role=role).update(role_reach=reach)
    told = {"reach": str(Reach(reach).label)}
    before = {"reach": str(Reach(old).label)}
    record(by=by, verb="role.reach_changed", target=row, old=before, new=told, now=now)


def follow_role(user: User) -> None:
    """Give the user what is set for the role; to be saved by the caller."""
    known = RoleReach.objects.filter(role=user.role).first()
    user.role_reach = known.reach if known else ""
    fields = RoleFields.objects.filter(role=user.role).first()
    user.field_rules = fields.rules if fields else {}


def follow_shares(*, user: Any, team: Any) -> None:
    """Let shares be looked for when these people read customers, in the caller's transaction."""
    rows = User.objects.filter(pk=user.pk) if user is not None else User.objects.filter(team=team)
    rows.update(reads_shared=True)


def _known(role: str) -> str:
    row = RoleReach.objects.filter(role=role).first()
    return row.reach if row else str(REACH[Role(role)])
