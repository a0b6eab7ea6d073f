"""Coupon codes: made in batches, given away, redeemed once."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.capture import queries, rules
from mainstay.customers.capture.models import Capture, Coupon, CouponBatch
from mainstay.records.actions import record
from mainstay.shared import versions

RIGHT = "capture.edit"
MOST_CODES = 10_000


@transaction.atomic
def add_batch(*, by: Any, now: datetime, values: Mapping[str, Any], count: int) -> CouponBatch:
    """Make so many codes for one benefit."""
    may_edit(by, RIGHT)
    batch = CouponBatch()
    new = versions.apply(batch, {**values, "prefix": rules.read_code(values.get("prefix", ""))})[1]
    if not 1 <= count <= MOST_CODES:
        text = _("Make 1 to %(most)d codes at a time.")
        raise ValidationError({"count": text % {"most": MOST_CODES}})
    if CouponBatch.objects.filter(name=batch.name).exists():
        raise ValidationError({"name": _("There are coupons of this name already.")})
    batch.save()
    _make(batch, count)
    record(by=by, verb="coupons.made", target=batch, new={**new, "count": count}, now=now)
    return batch


def _make(batch: CouponBatch, count: int) -> None:
    """Draw codes until there are enough that nobody has yet."""
    while (missing := count - Coupon.objects.filter(batch=batch).count()) > 0:
        codes = {batch.prefix + _drawn() for _turn in range(missing)}
        codes -= set(Coupon.objects.filter(code__in=codes).values_list("code", flat=True))
        Coupon.objects.bulk_create((Coupon(batch=batch, code=c) for c in codes), batch_size=500)


def _drawn() -> str:
    return "".join(secrets.choice(rules.CODE_SIGNS) for _turn in range(rules.CODE_LENGTH))


def give(*, batch: CouponBatch, capture: Capture, now: datetime) -> Coupon | None:
    """Give the next free code to the contact, in the caller's transaction; None: all are gone."""
    if given := Coupon.objects.filter(capture=capture).first():
        return given
    free = Coupon.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        batch=batch, given_at=None, redeemed_at=None
    )
    coupon = free.order_by("pk").first()
    if coupon is not None:
        coupon.capture, coupon.given_at = capture, now
        coupon.save(update_fields=["capture", "given_at"])
    return coupon


@transaction.atomic
def redeem(*, by: Any, now: datetime, code: str, today: date, note: str = "") -> Coupon:
    """Take a code back once, at the point of sale."""
    may_edit(by, "interactions.edit")
    found = queries.coupon(rules.read_code(code))
    if found is None:
        raise ValidationError({"code": _("There is no such code; type it again.")})
    row = Coupon.objects.select_for_update(of=("self",)).select_related("batch").get(pk=found.pk)
    if row.redeemed_at is not None:
        text = _("This code was redeemed on %(day)s already.")
        raise ValidationError({"code": text % {"day": row.redeemed_at.date().isoformat()}})
    if row.batch.valid_until and row.batch.valid_until < today:
        text = _("This code was good until %(day)s.")
        raise ValidationError({"code": text % {"day": row.batch.valid_until.isoformat()}})
    versions.apply(row, {"note": note.strip(), "redeemed_at": now, "redeemed_by": by})
    row.save()
    record(by=by, verb="coupon.redeemed", target=row, new={"batch": str(row.batch)}, now=now)
    return row
