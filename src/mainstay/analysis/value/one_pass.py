"""Customer facts in one pass over order lines that arrive sorted by customer and day.

Two aggregations by hashes, first to purchase days and then to customers, cost three times as much
as sorting once and adding up neighbours; and sorted rows need memory for a few batches only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

EPOCH = date(1970, 1, 1)
TREND_DAYS = 182  # the latest half year beside the half year before it
SUMS = {"cost_minor": pa.int64(), "costed_minor": pa.int64(), "units": pa.float64()}
Days = npt.NDArray[np.int32]  # since 1970
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Batches = Iterator[pa.RecordBatch]


@dataclass(frozen=True)
class OnePass:
    """Batches of `days.counted` lines in, batches of `facts.SCHEMA` out."""

    as_of: date
    split: date
    schema: pa.Schema

    def __call__(self, batches: Batches) -> Batches:
        """Yield the customers and the days of each batch; all rows of a customer come together."""
        for lines in whole_customers(batches):
            yield from self._batch(lines)

    def _batch(self, lines: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        new_customer = _changes(lines["customer_id"])
        starts = np.flatnonzero(new_customer | _changes(lines["day"]))
        customers = np.flatnonzero(new_customer[starts])
        day = lines["day"].view(pa.int32()).to_numpy()[starts]
        amount = np.add.reduceat(lines["amount_minor"].to_numpy(), starts)
        found = Occasions.of(day, amount, _any(_flags(lines["bought"]), starts), customers)
        place = starts[customers]
        columns = {
            "customer_id": lines["customer_id"].take(pa.array(place)),
            **self._timing(found),
            "lines": np.diff(place, append=len(lines)),
            "revenue_minor": np.add.reduceat(amount, customers),
            "first_minor": _where(found.first_amounts(), found.n > 0),
            "calibration_minor": self._early(day, amount, customers),
            **{name: _sum(lines[name], place) for name in SUMS if name in lines.schema.names},
        }
        return _typed(columns, self.schema), _typed(found.per_day(), self.schema)

    def _early(self, day: Days, amount: Whole, customers: Whole) -> Whole:
        return np.add.reduceat(np.where(day <= _number(self.split), amount, 0), customers)

    def _timing(self, found: "Occasions") -> dict[str, Any]:
        """Return what depends on the days of purchase alone."""
        as_of, any_day = _number(self.as_of), found.n > 0
        first, last = found.at(0), found.at(found.n - 1)
        latest = found.n - found.until(as_of - TREND_DAYS)
        both = found.n - found.until(as_of - 2 * TREND_DAYS)
        known = any_day & (as_of - first >= 2 * TREND_DAYS) & (both > 0)
        calibration = found.until(_number(self.split))
        return {
            "first_day": _where(first, any_day),
            "last_day": _where(last, any_day),
            "occasions": found.n,
            "recency_days": _where(as_of - last, any_day),
            "tenure_days": _where(as_of - first, any_day),
            "trend": _where((2 * latest - both) / np.maximum(both, 1), known),
            "calibration_occasions": calibration,
            "calibration_last_day": _where(found.at(calibration - 1), calibration > 0),
        }


@dataclass(frozen=True)
class Occasions:
    """Days of purchase, sorted by customer and day, and how many each customer has."""

    day: Days
    amount: Whole
    n: Whole
    begin: Whole  # the place of each customer's first day

    @classmethod
    def of(cls, day: Days, amount: Whole, bought: Flags, customers: Whole) -> "Occasions":
        """Leave out the days with returns only."""
        if bought.all():
            return cls(day, amount, np.diff(customers, append=day.size), customers)
        n = np.add.reduceat(bought, customers, dtype=np.int64)
        day, amount = day[bought], amount[bought]
        return cls(day, amount, n, np.cumsum(n) - n)

    def at(self, place: Whole | int) -> Days:
        """Return the day at this place among the customer's own, anything where there is none."""
        if not self.day.size:
            return np.zeros(self.n.size, dtype=np.int32)
        return np.take(self.day, self.begin + place, mode="clip")

    def until(self, last: int) -> Whole:
        """Return how many of each customer's days are not after the given one."""
        counted = np.zeros(self.day.size + 1, dtype=np.int32)
        np.cumsum(self.day <= last, out=counted[1:], dtype=np.int32)
        return np.asarray(counted[self.begin + self.n] - counted[self.begin])

    def first_amounts(self) -> Whole:
        """Return the amount of each customer's first day, anything where there is none."""
        if not self.day.size:
            return np.zeros_like(self.n)
        return self.amount[np.minimum(self.begin, self.day.size - 1)]

    def per_day(self) -> dict[str, Any]:
        """Return the days and how many customers bought on each."""
        start = int(self.day.min(initial=0))
        found = np.bincount(self.day - start)
        days = np.flatnonzero(found)
        return {"first_day": pa.array(days + start), "occasions": found[days]}


def whole_customers(batches: Batches) -> Batches:
    """Yield the rows in batches that no customer crosses."""
    rest: pa.RecordBatch | None = None
    for batch in batches:
        held = batch if rest is None else pa.concat_batches([rest, batch])
        if not len(held):
            continue
        whose = held["customer_id"]
        last = pc.index(whose, whose[-1]).as_py()
        if last:
            yield held[:last]
        rest = held[last:]
    if rest is not None:
        yield rest


def _changes(column: pa.Array) -> Flags:
    """Tell of each element whether it differs from the one before; the first does."""
    changed = np.ones(len(column), dtype=np.bool_)
    if pa.types.is_primitive(column.type):
        values = column.view(f"int{column.type.bit_width}").to_numpy()
        np.not_equal(values[1:], values[:-1], out=changed[1:])
    else:
        changed[1:] = _flags(pc.not_equal(column[1:], column[:-1]))
    return changed


def _flags(column: pa.Array) -> Flags:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _any(flags: Flags, starts: Whole) -> Flags:
    """Tell whether a flag is set from each start to the next."""
    if flags.all():
        return np.ones(starts.size, dtype=np.bool_)
    return np.logical_or.reduceat(flags, starts)


def _sum(column: pa.Array, customers: Whole) -> pa.Array:
    """Return each customer's sum, null where nothing is known."""
    sums = np.add.reduceat(column.fill_null(0).to_numpy(), customers)
    return _where(sums, np.logical_or.reduceat(_flags(column.is_valid()), customers))


def _where(values: npt.NDArray[Any], known: Flags) -> pa.Array:
    return pa.array(values, mask=None if known.all() else ~known)


def _typed(columns: dict[str, Any], schema: pa.Schema) -> pa.RecordBatch:
    """Return the columns in the types of the schema, null what is not given."""
    n = len(columns["occasions"])
    made = []
    for field in schema:
        column = pa.array(columns[field.name]) if field.name in columns else pa.nulls(n)
        if pa.types.is_date32(field.type):
            column = column.cast(pa.int32())
        made.append(column.cast(field.type))
    return pa.RecordBatch.from_arrays(made, schema=schema)


def _number(day: date) -> int:
    return (day - EPOCH).days
