"""Movements as a stage of the value run; its part of the summary is what changed since before."""

from typing import Any

import pyarrow as pa
from django.utils.translation import gettext_lazy as _

from mainstay.shared import tables
from mainstay.value import queries, snapshots
from mainstay.value.models import CustomerValue, ValueRun
from mainstay.value.stage import Stage, Work

from .models import CustomerMove


def compute(work: Work) -> dict[str, Any] | None:
    """Store who moved, and return the sums of both runs and the bridge; None for a first run."""
    from mainstay.analysis.value import movements

    before = queries.run_before(work.run)
    if before is None:
        return None
    now = _columns(work.valued.customers, movements.COLUMNS)
    found = movements.compare(now, _stored(before, movements.COLUMNS))
    snapshots.store(CustomerMove, run=work.run, rows=found.movers)
    return {
        "run": before.pk,
        "as_of": before.as_of.isoformat(),
        "n": before.summary["n"],
        "revenue_minor": before.summary.get("revenue_minor", 0),
        "equity_minor": queries.equity(before.summary),
        "came": found.came,
        "gone": found.gone,
        "moves": [move for move in found.moves if move["from"] != move["to"]],
        "movers": found.movers.num_rows,
        "bridge": found.bridge,
    }


def _columns(customers: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return the columns of the schema; one that could not be computed is null."""
    columns = [
        customers[field.name].cast(field.type)
        if field.name in customers.column_names
        else pa.nulls(customers.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _stored(run: ValueRun, schema: pa.Schema) -> pa.Table:
    names = ", ".join(schema.names)
    table = tables.name_of(CustomerValue)
    return tables.read(f"SELECT {names} FROM {table} WHERE run_id = %s", [run.pk], schema)  # noqa: S608  names are our own


MOVEMENTS = Stage("before", _("Comparing with the run before"), compute, (CustomerMove,))
