"""From when a customer counts as what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.lifecycle.models import Thresholds
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

RIGHT = "people.admin"
NAMES = (
    "client_orders",
    "client_months",
    "advocate_recommendations",
    "partner_recommendations",
    "inactive_intervals",
    "inactive_days",
    "former_days",
    "window_months",
)


@transaction.atomic
def change_thresholds(
    *, by: Any, now: datetime, values: Mapping[str, Any], version: int | None = None
) -> Thresholds:
    """Change the rules; stages follow with the next computation."""
    if by is not None:
        require(by, RIGHT)
    row = Thresholds.objects.select_for_update().first() or Thresholds.objects.create()
    if version is not None and row.version != version:
        raise versions.EditedMeanwhile(row)
    unknown = sorted(set(values) - set(NAMES))
    if unknown:
        raise ValidationError(_("“%(name)s” cannot be set.") % {"name": ", ".join(unknown)})
    old, new = versions.apply(row, values)
    _check(row)
    if new:
        row.version += 1
        row.save()
        record(by=by, verb="stage_rules.changed", target=row, old=old, new=new, now=now)
    return row


def _check(row: Thresholds) -> None:
    if row.client_orders <= 2:  # noqa: PLR2004  the second order makes a repeat customer
        text = _("Two orders make a repeat customer; ask for three or more of a client.")
        raise ValidationError({"client_orders": text})
    if row.partner_recommendations < row.advocate_recommendations:
        text = _("A partner recommends at least as often as an advocate.")
        raise ValidationError({"partner_recommendations": text})
    if row.former_days <= row.inactive_days:
        text = _("Former comes after inactive; write more days.")
        raise ValidationError({"former_days": text})
