"""Note what a customer's wallet holds and how a market grows; keep the current gaps true."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions import may_edit
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import tables, versions
from mainstay.value.queries import current_run

from . import queries, rules
from .models import CustomerGap, ProductMarket, WalletEstimate

SLICE = 5_000


@transaction.atomic
def note_wallet(
    *, by: Any, now: datetime, customer: Any, values: Mapping[str, Any]
) -> WalletEstimate:
    """Add what somebody knows of a customer's wallet; earlier estimates stay as its history."""
    may_edit(by, customer=customer)
    market = values["category"]
    row = WalletEstimate(customer=customer, category=market, noted_by=by, noted_at=now)
    new = {"category": str(market)} | versions.apply(row, values)[1]
    _check(row, now)
    row.save()
    record(by=by, verb="wallet.noted", target=customer, new=new, now=now)
    refresh(customer.pk)
    return row


@transaction.atomic
def set_market(*, by: Any, now: datetime, values: Mapping[str, Any]) -> ProductMarket:
    """Say how much a product market grows in the next twelve months, and who says so."""
    require(by, "orders.edit")
    row = queries.market_of(values["category"]) or ProductMarket(category=values["category"])
    old, new = versions.apply(row, values)
    row.save()
    record(by=by, verb="market.set", target=row, old=old, new=new, now=now)
    return row


def refresh(customer: int) -> None:
    """Bring the current run's gaps of one customer up to date."""
    run = current_run()
    if run is None:
        return
    known = queries.estimate_table(until=run.as_of, customer=customer)
    sold = queries.recorded_sales(
        customer=customer, markets=known["market_id"].to_pylist(), as_of=run.as_of
    )
    CustomerGap.objects.filter(run=run, customer=customer).delete()
    if known.num_rows:
        _store(run.pk, rules.gap_rows(known, sold))


def store(run: int, rows: pa.Table) -> None:
    """Store the gaps of a run that nobody sees yet, slice by slice."""
    for start in range(0, rows.num_rows, SLICE):
        with transaction.atomic():
            _store(run, rows.slice(start, SLICE))


def _store(run: int, rows: pa.Table) -> None:
    runs = pa.array([run] * rows.num_rows, pa.int64())
    tables.insert(CustomerGap, rows.append_column("run", runs))


def _check(row: WalletEstimate, now: datetime) -> None:
    """Refuse what contradicts itself, with a sentence beside the field."""
    wrong: dict[str, str] = {}
    if row.known_on > now.date():
        wrong["known_on"] = _("This day lies in the future; write the day when it was known.")
    if row.low_minor is not None and row.low_minor > row.wallet_minor:
        wrong["low"] = _("The least is more than the estimate itself.")
    if row.high_minor is not None and row.high_minor < row.wallet_minor:
        wrong["high"] = _("The most is less than the estimate itself.")
    if (row.share_now is None) != (row.share_then is None):
        wrong["share_then"] = _("Write both market shares, now and in twelve months, or neither.")
    if wrong:
        raise ValidationError(wrong)
