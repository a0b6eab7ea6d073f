"""Share a customer, and take the share back."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.people.actions import follow_shares
from mainstay.people.permissions import require
from mainstay.records.actions import record

from . import queries
from .models import Share


@transaction.atomic
def share(  # noqa: PLR0913  with whom, for what and how long
    *,
    by: Any,
    now: datetime,
    customer: Any,
    user: Any = None,
    team: Any = None,
    may_edit: bool = False,
    until: date | None = None,
) -> Share:
    """Share the customer with a colleague or a team; who may only look cannot share."""
    refuse_looking(by, customer)
    if (user is None) == (team is None):
        raise ValidationError({"user": _("Choose a colleague or a team, one of them.")})
    if until is not None and until < timezone.localdate(now):
        raise ValidationError({"until": _("This day is over; choose a later one or none.")})
    ends_at = timezone.make_aware(datetime.combine(until, time.max)) if until else None
    values = {"may_edit": may_edit, "ends_at": ends_at, "made_at": now, "made_by": str(by)[:200]}
    row, _new = Share.objects.update_or_create(
        customer=customer, user=user, team=team, defaults=values
    )
    follow_shares(user=user, team=team)
    told = {"with": str(user or team), "may_edit": may_edit, "until": until}
    record(by=by, verb="customer.shared", target=customer, new=told, now=now)
    return row


@transaction.atomic
def stop_sharing(*, by: Any, now: datetime, customer: Any, share: Share) -> None:
    refuse_looking(by, customer)
    told = {"with": str(share.user or share.team), "may_edit": share.may_edit}
    share.delete()
    record(by=by, verb="customer.unshared", target=customer, old=told, now=now)


def refuse_looking(by: Any, customer: Any) -> None:
    """Raise unless the user may change the customer; `by=None` is the program itself."""
    if by is None:
        return
    require(by, "customers.edit")
    if queries.only_to_look_at(by, customer):
        raise PermissionDenied(
            _("This customer is shared with you to look at. Ask %(owner)s to change it.")
            % {"owner": customer.owner or _("an administrator")}
        )
