"""Keep the columnar mirror of the order lines: what changes is owed, and paid before it is read.

A change writes its debt in its own transaction, so a mirror is never silently behind; paying is
idempotent, so a worker killed in the middle pays again.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import connection

from mainstay.engine import mirror
from mainstay.orders import exchange, queries
from mainstay.orders.models import MirrorDebt
from mainstay.people.queries import company
from mainstay.shared import money

ROWS = 50_000  # lines in one batch
ORDERS = 500  # orders named in one query
PAID_AT_ONCE = 20_000  # orders sent to the mirror in one change
SELECT = """
    SELECT o.customer_id, l.order_id, l.id, o.ordered_at, l.product_id, l.quantity,
        l.amount_minor, l.cost_minor, CAST(round(p.unit_cost_minor * l.quantity) AS bigint),
        l.kind, nullif(o.currency, %s)
    FROM orders_orderline l
    JOIN orders_order o ON o.id = l.order_id
    LEFT JOIN orders_product p ON p.id = l.product_id
"""
TYPES: dict[str, pa.DataType] = {
    "customer_id": pa.int64(),
    "order_id": pa.int64(),
    "line": pa.int64(),
    "ordered_at": pa.timestamp("us"),
    "product_id": pa.int64(),
    "quantity": pa.float64(),
    "amount_minor": pa.int64(),
    "cost_minor": pa.int64(),
    "product_cost_minor": pa.int64(),
    "kind": pa.string(),
    "foreign": pa.string(),
}


def owe(order_ids: Iterable[int]) -> None:
    """Note, in the caller's transaction, that these orders changed."""
    debts = [MirrorDebt(order_id=order_id) for order_id in order_ids]
    MirrorDebt.objects.bulk_create(debts, batch_size=ORDERS)


def owe_everything() -> None:
    """Note, in the caller's transaction, that the whole mirror is out of date."""
    MirrorDebt.objects.create(order=None)


def days_changed(changed: Collection[str]) -> None:
    """Note, in the caller's transaction, that orders fall on other days in another time zone."""
    if "time_zone" in changed:
        owe_everything()


def pay() -> int:
    """Bring the mirror up to date with all committed changes; return how many lines were sent."""
    if not mirror.is_mirror(mirror.folder_of(settings.MIRROR_URL)):
        return rebuild()  # there never was one, or its folder was lost
    sent = 0
    while owed := dict(
        MirrorDebt.objects.order_by("pk").values_list("pk", "order_id")[:PAID_AT_ONCE]
    ):
        if None in owed.values():  # came while the others were paid
            return sent + rebuild()
        sent += mirror.replace(settings.MIRROR_URL, lines_of(set(owed.values())))
        _settle(list(owed))
    return sent


def rebuild() -> int:
    """Make the mirror anew from the database; return how many lines it holds."""
    owed = list(MirrorDebt.objects.values_list("pk", flat=True))
    sent = mirror.rebuild(settings.MIRROR_URL, all_lines())
    _settle(owed)
    return sent


def _settle(debts: list[int]) -> None:
    """Strike out the debts that were seen before their orders were read, and no later ones."""
    for start in range(0, len(debts), ORDERS):
        MirrorDebt.objects.filter(pk__in=debts[start : start + ORDERS]).delete()


def all_lines() -> Iterator[pa.RecordBatch]:
    """Read every order line in the canonical columns."""
    yield from _read(" ORDER BY l.order_id", [])


def lines_of(order_ids: Collection[int]) -> Iterator[pa.RecordBatch]:
    """Read the lines of these orders in the canonical columns."""
    ids = sorted(order_ids)
    for start in range(0, len(ids), ORDERS):
        some = ids[start : start + ORDERS]
        marks = ", ".join(["%s"] * len(some))
        yield from _read(f" WHERE l.order_id IN ({marks})", some)


def _read(rest: str, arguments: list[Any]) -> Iterator[pa.RecordBatch]:
    own = company()
    rates = queries.rates()
    with connection.chunked_cursor() as cursor:
        cursor.execute(SELECT + rest, [own.currency, *arguments])
        while rows := cursor.fetchmany(ROWS):
            yield _batch(rows, own, rates)


def _batch(rows: list[tuple[Any, ...]], own: Any, rates: exchange.Dated) -> pa.RecordBatch:
    columns = dict(zip(TYPES, zip(*rows, strict=True), strict=True))
    arrays = {name: pa.array(columns[name]).cast(TYPES[name]) for name in TYPES}
    utc = pc.assume_timezone(arrays["ordered_at"], "UTC")
    local = pc.local_timestamp(utc.cast(pa.timestamp("us", tz=own.time_zone)))
    arrays |= {"ordered_at": utc, "day": local.cast(pa.date32())}
    if arrays["foreign"].null_count < len(rows):
        _exchange(arrays, own.currency, rates)
    cost = pc.coalesce(arrays["cost_minor"], arrays["product_cost_minor"])
    # A line without an amount has no cost to compare it with.
    arrays["cost_minor"] = pc.if_else(pc.is_valid(arrays["amount_minor"]), cost, None)
    return pa.record_batch([arrays[field.name] for field in mirror.LINES], schema=mirror.LINES)


def _exchange(arrays: dict[str, pa.Array], own: str, rates: exchange.Dated) -> None:
    """Put amounts and costs in the company's currency in place of others; nothing where a rate is
    missing."""
    days, changed = arrays["day"].to_pylist(), {}
    currencies = arrays["foreign"].to_pylist()
    for name in ("amount_minor", "cost_minor"):
        values = arrays[name].to_pylist()
        for place, currency in enumerate(currencies):
            if currency and values[place] is not None:
                rate = exchange.rate_on(rates, currency, days[place])
                more = money.digits(own) - money.digits(currency)
                values[place] = rate and exchange.converted(values[place], rate, places=more)
        changed[name] = pa.array(values, pa.int64())
    arrays |= changed
