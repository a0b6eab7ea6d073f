"""Which customers are shared with a user, and who sees a customer for which reason.

Policy: a share adds to what a role sees, never takes away; it gives no right the role has not.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from mainstay.people import field_matrix, field_pages, permissions
from mainstay.people import queries as people
from mainstay.people.permissions import Scope

from .models import Share


@dataclass(frozen=True)
class Seeing:
    """A member of staff, whether they see the customer, may change it, and by which rules."""

    user: Any
    sees: bool
    edits: bool
    why: str
    fields: str = ""  # what is kept from them of the record's fields


def running() -> QuerySet[Share]:
    return Share.objects.filter(Q(ends_at=None) | Q(ends_at__gt=Now()))


def shared_with(user: Any, *, to_change: bool = False) -> list[int]:
    """Return the numbers of the customers shared with the user; asked once for each request."""
    if not getattr(user, "reads_shared", False):
        return []
    if not hasattr(user, "shared_customers"):
        rows = running().filter(_with(user)).values_list("customer", "may_edit")
        user.shared_customers = list(rows)
    return sorted({pk for pk, may_edit in user.shared_customers if may_edit or not to_change})


def only_to_look_at(user: Any, customer: Any) -> bool:
    """Tell whether the user sees the customer by a share alone, and that gives no changes."""
    if user is None or not getattr(user, "reads_shared", False):
        return False
    if within_reach(user, customer):
        return False
    return not running().filter(_with(user), customer=customer, may_edit=True).exists()


def within_reach(user: Any, customer: Any) -> bool:
    """Tell whether the user's role and reach lead to the customer, shares aside."""
    match permissions.scope(user, "customers.view"):
        case Scope.ALL:
            return True
        case Scope.TEAM if user.team_id and user.team_id == customer.team_id:
            return True
        case Scope.TEAM | Scope.OWN:
            return bool(user.pk == customer.owner_id)
        case _:
            return False


def of_customer(customer: Any) -> QuerySet[Share]:
    rows = running().filter(customer=customer).select_related("user", "team")
    return rows.order_by("pk")


def who_sees(customer: Any) -> list[Seeing]:
    """Return every member of staff: who sees the customer first, each with the reasons."""
    shares, lines = list(of_customer(customer)), field_matrix.lines()
    found = [
        replace(seeing, fields=field_pages.in_a_line(seeing.user, lines)) if seeing.sees else seeing
        for seeing in (
            _seeing(user, customer, shares) for user in people.owners().select_related("team")
        )
    ]
    return sorted(found, key=lambda each: (not each.sees, not each.edits, str(each.user)))


def _with(user: Any) -> Q:
    team = Q(team=user.team_id) if user.team_id else Q(pk__in=[])
    return Q(user=user.pk) | team


def _seeing(user: Any, customer: Any, shares: list[Share]) -> Seeing:
    if permissions.scope(user, "customers.view") is Scope.NONE:
        return Seeing(user, sees=False, edits=False, why=_("The role sees no customers."))
    mine = [each for each in shares if _is_for(each, user)]
    reasons = [*_reasons(user, customer), *(_words(each) for each in mine)]
    sees = bool(reasons)
    edits = within_reach(user, customer) or any(each.may_edit for each in mine)
    return Seeing(
        user,
        sees=sees,
        edits=edits and permissions.can(user, "customers.edit"),
        why=" · ".join(reasons) or _out_of_reach(user),
    )


def _is_for(share: Share, user: Any) -> bool:
    by_team = share.team_id is not None and share.team_id == user.team_id
    return share.user_id == user.pk or by_team


def _reasons(user: Any, customer: Any) -> list[str]:
    scope = permissions.scope(user, "customers.view")
    found = []
    if customer.owner_id == user.pk:
        found.append(_("looks after this customer"))
    if scope is Scope.TEAM and user.team_id and user.team_id == customer.team_id:
        found.append(_("belongs to the customer's team, %(team)s") % {"team": customer.team})
    if scope is Scope.ALL:
        own = bool(user.reach) and user.role != permissions.ADMINISTRATOR
        words = (
            _("sees all records, set for this person") if own else _("the role sees all records")
        )
        found.append(words)
    return found


def _words(share: Share) -> str:
    with_whom = _("shared with the team") if share.team_id else _("shared with this person")
    what = _("to change it") if share.may_edit else _("to look at it")
    return f"{with_whom}, {what}"


def _out_of_reach(user: Any) -> str:
    if permissions.scope(user, "customers.view") is Scope.TEAM:
        return _("sees records of the own team only")
    return _("sees own records only")
