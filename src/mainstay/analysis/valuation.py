"""Value a customer base: from order lines to one row per customer and a summary that explains it.

    lines -> purchase days -> customer facts -> ranks, classes, scores   (Ibis, in the engine)
          -> models, forecasts, back-test                                (NumPy, on the facts)
          -> customers (Arrow table) and summary (plain values)

Nothing is read or written here: the engine comes as an argument and only ever sees expressions.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Protocol

import ibis
import numpy as np
import pyarrow as pa

from mainstay.analysis import tables
from mainstay.analysis.lifetime.clv import Scores
from mainstay.analysis.value import back_test, days, facts, forecasts, pareto, scores, segments
from mainstay.analysis.value import summary as summaries
from mainstay.analysis.value.forecasts import Cannot, Floats, Forecasts

HIDDEN = ("first_minor", "through_minor", "cost_minor", "costed_minor")
CALIBRATION = ("calibration_occasions", "calibration_last_day", "calibration_minor")


class Engine(Protocol):
    """Where expressions run."""

    def keep(self, expression: Any) -> Any:
        """Compute the expression inside the engine and return it as a table there."""

    def run(self, expression: Any) -> pa.Table:
        """Compute the expression and return its rows."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The policy of a run; shares from 0 to 1, rates per year."""

    as_of: date
    currency: str = "EUR"
    abc_a: float = 0.80
    abc_b: float = 0.95
    discount_rate: float = 0.10
    horizon_months: int = 60
    default_margin: float = 1.0  # of revenue, where no line has a cost; 1: value is revenue
    level: float = 0.80  # of the prediction intervals


@dataclass(frozen=True)
class Valuation:
    """One row per customer, the summary of the base, and the fingerprint of the input."""

    customers: pa.Table
    summary: dict[str, Any]
    fingerprint: str


def value(lines: ibis.Table, *, engine: Engine, parameters: Parameters) -> Valuation:
    """Value every customer in the order lines (`tables.ORDER_LINES`) as of a day.

    Raises:
        ValueError: a needed column is absent.
    """
    tables.check(lines)
    as_of = parameters.as_of
    kept = engine.keep(days.purchase_days(lines, as_of=as_of))
    by_day = engine.run(facts.occasions_by_day(kept))
    counts = _counts(engine, lines, kept, as_of)
    if by_day.num_rows == 0:
        return _nothing(counts, parameters)
    first_day = by_day["day"][0].as_py()
    split = back_test.split_day(first_day=first_day, as_of=as_of)
    everybody = engine.keep(facts.customer_facts(kept, as_of=as_of, split=split))
    counts |= _without_purchase(engine, everybody)
    scored, groups = _scored(engine, facts.buyers(everybody), parameters)
    customers = engine.run(scored)
    history = forecasts.histories(customers)
    margin = summaries.margin(customers, default=parameters.default_margin)
    terms = forecasts.terms(
        discount_rate=parameters.discount_rate,
        horizon_months=parameters.horizon_months,
        margin=margin.share,
        level=parameters.level,
    )
    found = forecasts.forecast_all(history, terms=terms)
    tested = back_test.back_test(
        customers, by_day=by_day, split=split, as_of=as_of, level=parameters.level
    )
    total = forecasts.total_value(found, history, terms=terms)
    finished = _finished(customers, found, margin)
    summary = summaries.Summary(
        parameters=_plain(parameters),
        counts=counts,
        groups=groups,
        margin=margin,
        forecasts=found,
        total=total,
        back_test=tested,
    )
    fingerprint = _fingerprint(counts, groups, parameters)
    return Valuation(finished, summary.of(finished, history), fingerprint)


def _scored(
    engine: Engine, buyers: ibis.Table, parameters: Parameters
) -> tuple[ibis.Table, dict[str, Any]]:
    """Return ranked, classed and scored customers, and the tables that describe them."""
    ranked = engine.keep(pareto.ranked(buyers))
    bounds = _one(engine, pareto.bounds(ranked, a=parameters.abc_a, b=parameters.abc_b))
    row = _one(engine, scores.cut_points(ranked))
    cuts = {name: [row[f"{name}{number}"] for number in range(1, 5)] for name in scores.MEASURES}
    classed = pareto.classed(
        ranked,
        total_minor=bounds["total_minor"],
        bounds=pareto.Bounds(bounds["a"] or 0, bounds["b"] or 0),
    )
    scored = scores.scored(classed, cuts=cuts)
    customers = int(row["n"])
    groups = {
        "total_minor": bounds["total_minor"],
        "cuts": cuts,
        "classes": engine.run(pareto.by_class(scored)).to_pylist(),
        "curve": engine.run(pareto.curve(scored, customers=customers)).to_pylist(),
        "grid": engine.run(scores.grid(scored)).to_pylist(),
    }
    return scored, groups


def _finished(customers: pa.Table, found: Forecasts, margin: summaries.Margin) -> pa.Table:
    """Return the customers with segment, margin and forecasts, without the inner columns."""
    places = segments.segment(**{name: customers[name].to_numpy() for name in "rfm"})
    named = pa.DictionaryArray.from_arrays(places, pa.array(segments.NAMES))
    columns: dict[str, Any] = {"segment": named.cast(pa.string())}
    columns["margin_minor"] = summaries.margin_column(customers, margin)
    if found.scores is not None:
        columns |= _forecast_columns(found.scores)
    for name, column in columns.items():
        customers = customers.append_column(name, column)
    return customers.drop_columns(
        [name for name in (*HIDDEN, *CALIBRATION) if name in customers.column_names]
    )


def _forecast_columns(found: Scores) -> dict[str, Any]:
    bought, worth = found.purchases, found.value
    columns = {
        "p_alive": pa.array(found.alive),
        "expected_12m": pa.array(bought.mean),
        "expected_12m_low": pa.array(bought.low),
        "expected_12m_high": pa.array(bought.high),
    }
    if np.isnan(found.average).all():
        return columns
    return columns | {
        "expected_average_minor": _minor(found.average),
        "clv_minor": _minor(worth.mean),
        "clv_low_minor": _minor(worth.low),
        "clv_high_minor": _minor(worth.high),
    }


def _minor(amounts: Floats) -> Any:
    return pa.array(np.rint(amounts).astype(np.int64))


def _counts(engine: Engine, lines: ibis.Table, kept: ibis.Table, as_of: date) -> dict[str, Any]:
    """Return how many lines there are and why some do not count; the reasons only where any."""
    counts = _one(engine, lines.agg(lines=lines.count()))
    counts |= _one(engine, kept.agg(counted=kept.lines.sum().fill_null(0).cast("int64")))
    if counts["lines"] > counts["counted"]:
        counts |= _one(engine, days.left_out(lines, as_of=as_of))
    return counts


def _without_purchase(engine: Engine, everybody: ibis.Table) -> dict[str, Any]:
    row = _one(engine, facts.without_purchase(everybody))
    return {f"without_purchase_{name}": number for name, number in row.items()}


def _one(engine: Engine, expr: ibis.Table) -> dict[str, Any]:
    row: dict[str, Any] = engine.run(expr).to_pylist()[0]
    return row


def _plain(parameters: Parameters) -> dict[str, Any]:
    return asdict(replace(parameters)) | {"as_of": parameters.as_of.isoformat()}


def _fingerprint(
    counts: Mapping[str, Any], groups: Mapping[str, Any], parameters: Parameters
) -> str:
    """Return a digest that changes when what was counted, its sums or the policy change."""
    parts = (sorted(counts.items()), groups.get("total_minor"), groups.get("cuts"))
    return sha256(repr((parts, _plain(parameters))).encode()).hexdigest()


def _nothing(counts: dict[str, Any], parameters: Parameters) -> Valuation:
    """Return the valuation of a base without a single purchase: counts and the reason."""
    why = "No line is a purchase by a known customer up to the as-of day, so there is no customer."
    summary = summaries.empty(_plain(parameters), counts, Cannot("everything", why))
    return Valuation(pa.table({"customer_id": pa.array([], pa.int64())}), summary, "")
