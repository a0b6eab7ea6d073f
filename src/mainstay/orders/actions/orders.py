"""Recording orders: one or a batch, set-based, all or nothing; sent again, nothing changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from mainstay.customers.actions import may_edit_all, source_named
from mainstay.orders import rules
from mainstay.orders.actions.lookups import Lookups
from mainstay.orders.actions.mirroring import owe
from mainstay.orders.actions.refusals import OrdersRefused
from mainstay.orders.models import Order, OrderLine
from mainstay.orders.rules import OrderIn
from mainstay.people.permissions import require
from mainstay.records.actions import record_many

HEADER = ("customer_id", "ordered_at", "currency", "reverses_id", "is_return")
LINE = ("product_id", "kind", "quantity", "amount_minor", "cost_minor")
AT_ONCE = 500
MOST_LINES_TOLD = 50


@dataclass(frozen=True)
class Recorded:
    """Our numbers of the orders, in the order they were handed in, and what happened to them."""

    ids: list[int]
    added: int
    changed: int
    unchanged: int


def record_order(*, by: Any, now: datetime, source: str, order: OrderIn) -> Recorded:
    """Record one order with its lines; see `record_orders`."""
    return record_orders(by=by, now=now, source=source, orders=[order])


@transaction.atomic
def record_orders(*, by: Any, now: datetime, source: str, orders: Sequence[OrderIn]) -> Recorded:
    """Record up to 1,000 orders of one source, or raise OrdersRefused and write nothing.

    Orders and lines are known by the source's names for them: a known order takes the new
    particulars, a known line is replaced by the corrected one, lines not named stay.
    """
    if by is not None:
        require(by, "orders.edit")
    if faults := rules.problems(orders):
        raise OrdersRefused(faults)
    lookups = Lookups(by=by, source=source_named(source), orders=orders)
    if faults := lookups.problems():
        raise OrdersRefused(faults)
    may_edit_all(by, lookups.customers(), "orders.edit")
    before = _standing(lookups.known_orders())
    written = _write_orders(lookups)
    _tie_returns(lookups, written)
    _write_lines(lookups, written)
    _add_up(written.values())
    owe(order.pk for order in written.values())
    return _tell(by, now, orders, before, _standing(written))


_Standing = dict[str, tuple[Order, dict[str, Any]]]


def _standing(orders: dict[str, Order]) -> _Standing:
    """Return each order with its particulars and lines as they stand in the database."""
    rows = {
        order.pk: order for order in Order.objects.filter(pk__in=[o.pk for o in orders.values()])
    }
    lines: dict[int, dict[str, Any]] = {pk: {} for pk in rows}
    for line in OrderLine.objects.filter(order__in=list(rows)):
        lines[line.order_id][line.external_id] = {name: getattr(line, name) for name in LINE}
    return {
        order.external_id: (
            order,
            {name: getattr(order, name) for name in HEADER} | {"lines": lines[order.pk]},
        )
        for order in rows.values()
    }


def _write_orders(lookups: Lookups) -> dict[str, Order]:
    rows = [
        Order(
            source=lookups.source,
            external_id=order.external_id,
            customer_id=lookups.customer_of(order),
            ordered_at=order.ordered_at,
            currency=order.currency,
            is_return=order.is_return,
        )
        for order in lookups.orders
    ]
    Order.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["source", "external_id"],
        update_fields=["customer", "ordered_at", "currency", "is_return"],
    )
    return lookups.known_orders()


def _tie_returns(lookups: Lookups, written: dict[str, Order]) -> None:
    """Tie each return to the order it takes back; that may have come in the same batch."""
    originals = lookups.originals()
    changed = []
    for order in lookups.orders:
        row, original = written[order.external_id], originals.get(order.reverses)
        if row.reverses_id != original:
            row.reverses_id = original
            changed.append(row)
    Order.objects.bulk_update(changed, ["reverses"], batch_size=AT_ONCE)


def _write_lines(lookups: Lookups, written: dict[str, Order]) -> None:
    rows = [
        OrderLine(
            order=written[order.external_id],
            external_id=line.external_id,
            product_id=lookups.products.get(line.product),
            kind=line.kind,
            quantity=line.quantity,
            amount_minor=line.amount_minor,
            cost_minor=line.cost_minor,
        )
        for order in lookups.orders
        for line in order.lines
    ]
    OrderLine.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["order", "external_id"],
        update_fields=["product", "kind", "quantity", "amount_minor", "cost_minor"],
    )


def _add_up(orders: Iterable[Order]) -> None:
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    total = lines.annotate(total=Sum("amount_minor")).values("total")
    changed = Order.objects.filter(pk__in=[order.pk for order in orders])
    changed.update(amount_minor=Coalesce(Subquery(total), 0))


def _tell(
    by: Any, now: datetime, orders: Sequence[OrderIn], before: _Standing, after: _Standing
) -> Recorded:
    """Write an audit event for each order that is new or differs, and count."""
    added: list[Any] = []
    changed: list[Any] = []
    for name, (order, new) in after.items():
        if name not in before:
            added.append((order, {}, _told(new)))
        elif before[name][1] != new:
            changed.append((order, _told(before[name][1]), _told(new)))
    record_many(by=by, verb="order.recorded", changes=added, now=now)
    record_many(by=by, verb="order.corrected", changes=changed, now=now)
    ids = [after[order.external_id][0].pk for order in orders]
    return Recorded(ids, len(added), len(changed), len(ids) - len(added) - len(changed))


def _told(standing: dict[str, Any]) -> dict[str, Any]:
    """Return what the audit keeps: all particulars, lines up to a readable number."""
    lines = dict(list(standing["lines"].items())[:MOST_LINES_TOLD])
    return standing | {"lines": lines, "line_count": len(standing["lines"])}
