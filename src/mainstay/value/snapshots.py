"""How a computation becomes a snapshot: rows stored unseen, slice by slice, then one switch.

A killed job starts the slices again; nobody sees a run before the switch.
"""

import time
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import models, transaction
from django.utils.translation import gettext as _

from mainstay.customers.queries import everybody
from mainstay.records.actions import record
from mainstay.shared import tables
from mainstay.shared.jobs import current
from mainstay.value.states import RunState, Snapshot

# Rows in one transaction: at first, at least, at most, and the seconds it should take, for other
# writers wait as long. A slow or busy machine stores fewer at a time.
FIRST, LEAST, SLICE = 4_000, 500, 20_000
SECONDS = 0.3


def store(model: type[models.Model], *, run: Any, rows: pa.Table) -> int:
    """Store one row per customer, or several, unseen until the run is shown.

    Columns are named as the model's fields in the database; others are passed over. Return how
    many rows were left out because their customers are no longer in the base.
    """
    stored = {field.attname: field.name for field in model._meta.concrete_fields}
    names = [name for name in rows.column_names if name in stored]
    table = _worded(model, rows.select(names)).sort_by("customer_id")
    gone = done = 0
    size = min(FIRST, SLICE)
    while done < table.num_rows:
        part = table.slice(done, size)
        with transaction.atomic():
            began = time.monotonic()
            there = _still_there(part)
            there = there.rename_columns([stored[name] for name in names])
            number = pa.repeat(pa.scalar(run.pk), there.num_rows)
            tables.insert(model, there.append_column("run", number))
            current.checkpoint({"stored": done})
        size = _fitting(size, time.monotonic() - began)
        gone += part.num_rows - there.num_rows
        done += part.num_rows
        current.report(done=done, total=table.num_rows, text=_("Storing customers"))
    return gone


def _fitting(size: int, seconds: float) -> int:
    """Return how many rows to store next, when so many took so long."""
    wanted = int(size * SECONDS / max(seconds, 0.001))
    return min(max(wanted, LEAST), 2 * size, SLICE)


def _worded(model: type[models.Model], rows: pa.Table) -> pa.Table:
    """Return the rows with no text where none could be said: a class of a base without revenue."""
    for place, name in enumerate(rows.column_names):
        field: Any = next(each for each in model._meta.concrete_fields if each.attname == name)
        if isinstance(field, models.CharField) and not field.null:
            said = pc.fill_null(rows[name].cast(pa.string()), "")
            rows = rows.set_column(place, name, said)
    return rows


def _still_there(part: pa.Table) -> pa.Table:
    """Return the rows whose customers are in the base now; `part` is sorted by customer."""
    first, last = part["customer_id"][0].as_py(), part["customer_id"][-1].as_py()
    present = everybody().filter(pk__gte=first, pk__lte=last).values_list("pk", flat=True)
    found = pc.is_in(part["customer_id"], pa.array(present.iterator(), pa.int64()))
    return part.filter(found)


def drop(rows: "models.QuerySet[Any]", *, along: tuple[str, ...] = ("run", "customer")) -> None:
    """Delete rows slice by slice, like they came, read along an index of these fields."""
    some = rows.order_by(*along).values("pk")[:SLICE]
    while rows.model._default_manager.filter(pk__in=some).delete()[0]:
        pass


def begin(run: Snapshot, *, now: datetime) -> None:
    """Mark the run as running."""
    started = {"state": RunState.RUNNING, "reason": "", "updated_at": now}
    type(run)._default_manager.filter(pk=run.pk).update(**started)


@transaction.atomic
def end(run: Snapshot, *, verb: str, state: RunState, reason: str, now: datetime) -> None:
    """End the run without a result, with the reason that its page shows."""
    ended = {"state": state, "reason": reason, "finished_at": now}
    type(run)._default_manager.filter(pk=run.pk).update(**ended)
    record(by=run.started_by, verb=f"{verb}.{state}", target=run, new={"reason": reason}, now=now)


def switch(run: Any, **result: Any) -> None:
    """Complete the run and show it instead of the earlier one, inside the caller's transaction.

    Of two runs computed at the same time the one that was started later is shown.
    """
    runs = type(run)._default_manager
    # One publication at a time, on databases with many writers too.
    list(runs.select_for_update().order_by("pk").values_list("pk", flat=True))
    shown = not runs.filter(is_current=True, pk__gt=run.pk).exists()
    if shown:
        runs.filter(is_current=True).update(is_current=False)
    runs.filter(pk=run.pk).update(state="complete", is_current=shown, **result)


def keep_part(run: Any, key: str, content: dict[str, Any]) -> None:
    """Keep what a run says of a topic, apart from its summary."""
    run.parts.create(key=key, content=content)
