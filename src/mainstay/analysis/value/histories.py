"""What the models need of customers, as expressions: the engine reduces, few rows reach NumPy."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from ibis import _

Floats = npt.NDArray[np.float64]
AT_ONCE = 1_000_000  # rows: forecasts of equal histories are shared among rows scored together
SOME = 10_000  # customers on which the interval of the total is reckoned
A_FEW = 400  # and the shares of the years
SCRAMBLED = 65_537  # the scrambles of customers' numbers are below it
PURCHASES = ("x", "t_x", "T")


class Histories(NamedTuple):
    """Repeat purchases, their timing (days), mean spend; each row stands for n customers."""

    x: Floats
    t_x: Floats
    T: Floats
    m: Floats  # mean spend of the repeat purchases in minor units, returns netted; 0 for x = 0
    n: Floats | None  # None: each row is one customer


def histories(facts: ibis.Table) -> ibis.Table:
    """Return x, t_x, T and spent_minor (of the repeat purchases) up to the as-of day."""
    return facts.select(
        x=_.occasions - 1,
        t_x=_.tenure_days - _.recency_days,
        T=_.tenure_days,
        spent_minor=_.revenue_minor - _.first_minor,
    )


def calibration(facts: ibis.Table, *, split: date) -> ibis.Table:
    """Return the histories up to the split, and purchases (actual) and revenue after it."""
    known = facts.filter(_.calibration_occasions > 0)
    return known.select(
        x=_.calibration_occasions - 1,
        t_x=known.calibration_last_day.delta(known.first_day, unit="day"),
        T=-known.first_day.delta(ibis.literal(split), unit="day"),
        spent_minor=_.calibration_minor - _.first_minor,
        actual=_.occasions - _.calibration_occasions,
        revenue_minor=_.revenue_minor - _.calibration_minor,
    )


def some(facts: ibis.Table, *, of: int) -> ibis.Table:
    """Return about SOME of so many customers, as good as drawn: by a scramble of their numbers.

    Few are sorted: those whose scramble is low enough that twice SOME are to be expected.
    """
    mixed = _.revenue_minor.abs() % 65_521 * 40_503 + _.tenure_days * 7_919 + _.recency_days * 911
    drawn = facts.mutate(mixed=mixed % SCRAMBLED)
    if of > 2 * SOME:
        drawn = drawn.filter(_.mixed < SCRAMBLED * 2 * SOME // of)
    return drawn.order_by("mixed", "customer_id").limit(SOME).drop("mixed")


def distinct(histories: ibis.Table, *columns: str) -> ibis.Table:
    """Return the distinct rows of these columns, and n, how many customers share each."""
    return histories.group_by(*columns).agg(n=_.count()).order_by(*columns)


def spenders(histories: ibis.Table) -> ibis.Table:
    """Return the histories with a repeat purchase."""
    return histories.filter(_.x > 0)


def arrays(rows: pa.Table) -> Histories:
    """Return rows of histories, or of a part of their columns, as arrays."""
    x = numbers(rows, "x")
    t_x, length, spent = (
        numbers(rows, name) if name in rows.column_names else np.zeros_like(x)
        for name in ("t_x", "T", "spent_minor")
    )
    n = numbers(rows, "n") if "n" in rows.column_names else None
    return Histories(x, t_x, length, mean_of(spent, x), n)


def gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield the batches in tables of about AT_ONCE rows."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(map(len, held)) >= AT_ONCE:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def mean_of(total: Floats, n: Floats) -> Floats:
    """Return total / n, 0 where n is 0."""
    return np.divide(total, n, out=np.zeros_like(total), where=n > 0)


def numbers(table: pa.Table, column: str) -> Floats:
    """Return a column without nulls as an array."""
    return np.asarray(table[column].to_numpy(), dtype=np.float64)
