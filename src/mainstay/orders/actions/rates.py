"""Entering exchange rates: what was recorded in their currencies is counted anew."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.orders.actions.mirroring import owe
from mainstay.orders.models import ExchangeRate, Order
from mainstay.people import queries as people
from mainstay.people.permissions import require
from mainstay.records.actions import record, record_many

AT_ONCE = 500


@transaction.atomic
def set_rate(*, by: Any, now: datetime, currency: str, day: date, rate: Decimal) -> ExchangeRate:
    """Enter what one unit of a currency is worth from that day on, or correct it."""
    if by is not None:
        require(by, "orders.import")
    if currency == people.company().currency:
        message = _("This is the company's own currency; its rate is always 1.")
        raise ValidationError({"currency": message})
    old = ExchangeRate.objects.filter(currency=currency, day=day).first()
    set_rates(by=by, now=now, rates=[(currency, day, rate)])
    kept = old or ExchangeRate.objects.get(currency=currency, day=day)
    kept.refresh_from_db()
    return kept


@transaction.atomic
def set_rates(*, by: Any, now: datetime, rates: Iterable[tuple[str, date, Decimal]]) -> None:
    """Enter or correct rates; orders in their currencies are owed to the mirror."""
    wanted = {(currency, day): rate for currency, day, rate in rates}
    currencies = {currency for currency, _day in wanted}
    before = {
        (row.currency, row.day): row.rate
        for row in ExchangeRate.objects.filter(currency__in=currencies)
    }
    rows = [
        ExchangeRate(currency=currency, day=day, rate=rate)
        for (currency, day), rate in wanted.items()
        if before.get((currency, day)) != rate
    ]
    ExchangeRate.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["currency", "day"],
        update_fields=["rate"],
    )
    names = {row.currency for row in rows}
    written = ExchangeRate.objects.filter(currency__in=names)
    changes = [
        (row, _told(before.get((row.currency, row.day))), _told(row.rate))
        for row in written
        if (row.currency, row.day) in wanted and before.get((row.currency, row.day)) != row.rate
    ]
    record_many(by=by, verb="rate.entered", changes=changes, now=now)
    _owe_orders_in(names)


@transaction.atomic
def remove_rate(*, by: Any, now: datetime, rate: ExchangeRate) -> None:
    """Take a rate away; orders that no rate covers count without an amount again."""
    if by is not None:
        require(by, "orders.import")
    record(by=by, verb="rate.removed", target=rate, old=_told(rate.rate), now=now)
    rate.delete()
    _owe_orders_in({rate.currency})


def _told(rate: Decimal | None) -> dict[str, Any]:
    return {} if rate is None else {"rate": str(rate.normalize())}


def _owe_orders_in(currencies: set[str]) -> None:
    owe(Order.objects.filter(currency__in=currencies).values_list("pk", flat=True))
