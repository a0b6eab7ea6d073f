"""Name what is offered, and note how certain the customer is of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.account_plans.workspace.actions import require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers.queries import seen_by
from mainstay.records.actions import record
from mainstay.shared import versions

from . import queries
from .models import CertaintyRating, Offering

MOST = 40  # offerings of an account


@transaction.atomic
def set_offering(
    *,
    by: Any,
    now: datetime,
    account: Account,
    values: Mapping[str, Any],
    offering: Offering | None = None,
) -> Offering:
    """Add what is offered to the account, or give it another name."""
    require_edit(by, account)
    customer = account.customer
    seen_by(by).select_for_update(of=("self",)).get(pk=customer.pk)
    there = list(queries.offerings(customer))
    row = offering or Offering(customer=customer)
    old, new = versions.apply(row, values)
    if any(each.name == row.name and each.pk != row.pk for each in there):
        raise ValidationError({"name": _("This is among what is offered already.")})
    if row.pk is None and len(there) >= MOST:
        text = _("An account has %(n)d services at most; put one away first.")
        raise ValidationError(text % {"n": MOST})
    row.save()
    verb = "offering.changed" if offering else "offering.added"
    record(by=by, verb=verb, target=customer, old=old, new=new, now=now)
    return row


@transaction.atomic
def archive_offering(*, by: Any, now: datetime, account: Account, offering: Offering) -> None:
    """Put away what is offered no longer; how it was rated is kept."""
    require_edit(by, account)
    if Offering.objects.filter(pk=offering.pk, archived_at=None).update(archived_at=now):
        old = {"name": offering.name}
        record(by=by, verb="offering.archived", target=account.customer, old=old, now=now)


@transaction.atomic
def rate(
    *,
    by: Any,
    now: datetime,
    account: Account,
    offering: Offering,
    kind: str,
    values: Mapping[str, Any],
) -> CertaintyRating | None:
    """Note a judgement; None where nothing is new."""
    require_edit(by, account)
    today = timezone.localdate(now)
    given = {"rated_on": today} | {k: v for k, v in values.items() if v is not None}
    if given["rated_on"] > today:
        raise ValidationError({"rated_on": _("Write today or a day before.")})
    before = queries.latest_of(offering, kind)
    fields = ("present", "wanted", "evidence", "rated_on")
    row = CertaintyRating(offering=offering, kind=kind, by=by, at=now)
    for name in fields:
        if name in given:
            setattr(row, name, given[name])
    versions.check(row)
    if before and all(getattr(before, name) == getattr(row, name) for name in fields):
        return None
    row.save()
    label = f"{offering.name}: {row.get_kind_display()}"
    old = {label: _written(before)} if before else {}
    record(
        by=by,
        verb="certainty.rated",
        target=account.customer,
        old=old,
        new={label: _written(row)},
        now=now,
    )
    return row


def _written(row: CertaintyRating) -> str:
    return f"{row.get_present_display() or '–'} → {row.get_wanted_display() or '–'}"
