"""Figures of customers by which accounts are compared: read in one query for each table."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from mainstay.analysis.accounts.ranking import Floats
from mainstay.value import queries as value
from mainstay.value.gaps import queries as gaps
from mainstay.value.profitability import queries as profitability

from .choices import Measure

YEAR = 365.25
# Of these, nothing and less score nothing: what is no gap is no reason to choose.
ABOVE_NOTHING = frozenset(Measure) - {Measure.TENURE}
_VALUE = {Measure.CLV: "clv_minor", Measure.REVENUE: "revenue_minor", Measure.TENURE: "tenure_days"}
_GAPS = {Measure.CURRENT_GAP: "current_minor", Measure.FUTURE_GAP: "future_minor"}
_PROFIT = {Measure.NET_PROFIT: "net_profit_minor"}


def measured(
    user: Any, names: Sequence[str], *, customers: Iterable[int] | None = None
) -> dict[str, dict[int, float]]:
    """Return each figure of the customers that the user may see: {measure: {customer: figure}}."""
    run = value.current_run()
    tables = (
        (_VALUE, value.values_in(run, user=user) if run else None),
        (_GAPS, gaps.gaps_seen_by(user).filter(category__isnull=True).order_by()),
        (_PROFIT, profitability.profits(user)),
    )
    found: dict[str, dict[int, float]] = {name: {} for name in names}
    wanted = None if customers is None else list(customers)
    for columns, rows in tables:
        asked = [name for name in columns if name in found]
        if asked and rows is not None:
            _fill(found, rows, {name: columns[name] for name in asked}, wanted)
    return found


def _fill(
    found: dict[str, dict[int, float]], rows: Any, columns: dict[Any, str], wanted: Any
) -> None:
    kept = rows.filter(customer__archived_at=None)
    kept = kept if wanted is None else kept.filter(customer__in=wanted)
    for number, *figures in kept.values_list("customer", *columns.values()).iterator(20_000):
        for name, figure in zip(columns, figures, strict=True):
            if figure is not None:
                found[name][number] = figure / YEAR if name == Measure.TENURE else float(figure)


def table(numbers: Sequence[int], columns: Sequence[dict[int, float]]) -> Floats:
    """Return customers x figures, NaN where one is not known."""
    rows = [[column.get(number, np.nan) for column in columns] for number in numbers]
    return np.array(rows, dtype=float).reshape(len(numbers), len(columns))
