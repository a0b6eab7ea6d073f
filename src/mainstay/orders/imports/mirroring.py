"""Send what an import changed to the columnar mirror: kept beside the import as it is written,
sent at the end."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from mainstay.customers.imports.kinds import Context, Step
from mainstay.engine import mirror
from mainstay.engine.atomic import to_disk
from mainstay.engine.staging.bench import Bench, literal
from mainstay.orders.actions import bulk, owe


def _file(context: Context, step: Step) -> Path:
    return context.folder / f"written-{step.low}.parquet"


def keep_changes(bench: Bench, context: Context, step: Step) -> None:
    """Write the canonical lines of all orders of the step that are new or changed; whole orders,
    as the mirror asks."""
    changed = {row[0] for row in bench.rows("SELECT id FROM new_heads")} | set(bulk.touched(bench))
    _owe_foreign(bench, context)
    bench.take("all_lines", bulk.standing_lines(sorted(changed)))
    bench.view(
        "kept_lines",
        "SELECT c.order_id, c.line, c.product_id, "
        "c.quantity, c.amount_minor, coalesce(c.cost_minor, round(c.unit_cost * "
        "c.quantity)::BIGINT) AS cost_minor, c.kind "
        "FROM compared c WHERE NOT stands UNION ALL "
        "SELECT a.order_id, row_number() OVER (PARTITION BY a.order_id ORDER BY a.id), "
        "a.product_id, a.quantity, "
        "a.amount_minor, coalesce(a.cost_minor, round(p.unit_cost * a.quantity)::BIGINT), a.kind "
        "FROM all_lines a LEFT JOIN product_ids p ON p.id = a.product_id",
    )
    zone, utc = literal(context.zone), "timezone('UTC', p.ordered_at)"
    bench.view(
        "kept_heads",
        "SELECT n.id AS order_id, coalesce(h.customer_id, p.customer_id) AS customer_id, "
        f"{utc} AS ordered_at, CAST(timezone({zone}, {utc}) AS DATE) AS day "
        "FROM piece p JOIN numbers n USING (order_no) LEFT JOIN new_heads h USING (order_no)"
        f" WHERE p.currency = {literal(context.currency)}",
    )
    path = _file(context, step)
    bench.save(
        path.stem,
        "SELECT h.customer_id, order_id, k.line, h.ordered_at, h.day, k.product_id, k.quantity, "
        "k.amount_minor, k.cost_minor, k.kind FROM kept_lines k JOIN kept_heads h USING (order_id)",
    )
    to_disk(path)  # the mirror must have it even if the power fails after the commit


def _owe_foreign(bench: Bench, context: Context) -> None:
    """Leave orders in other currencies to the debts, which are paid at the rates then known."""
    if "currency" in context.mapped:
        own = literal(context.currency)
        rows = bench.rows(
            "SELECT DISTINCT n.id FROM piece p JOIN numbers n USING (order_no) "
            f"WHERE p.currency <> {own}"
        )
        owe(row[0] for row in rows)


def send(bench: Bench, context: Context, steps: Sequence[Step]) -> None:
    """Put the changed orders into the mirror, all at once; sent again, nothing changes."""
    files = [path for step in steps if (path := _file(context, step)).exists()]
    if files:
        mirror.replace(settings.MIRROR_URL, _canonical(files))


def _canonical(files: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    for path in files:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=100_000):
                table = pa.Table.from_batches([batch]).select(mirror.LINES.names).cast(mirror.LINES)
                yield from table.to_batches()
