"""Value a customer base: from order lines to one row per customer and a summary that explains it.

    lines -> customer facts            (one pass over lines sorted by customer, in the engine)
          -> ranks, classes, scores    (expressions, in the engine)
          -> models, back-test         (NumPy, on what the engine has reduced)
          -> forecasts                 (a function over rows, in the engine)
          -> summary                   (plain values)

Nothing is read or written here: the engine comes as an argument and keeps the rows; what comes out
of it are a few numbers per customer for the models, and sums. Models are fitted in a thread beside
the engine's work, and the back-test beside the last sums and whatever `keep` has begun.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

import ibis
import pyarrow as pa

from mainstay.analysis import tables
from mainstay.analysis.value import back_test, comparing, days, facts, opportunities, totals
from mainstay.analysis.value import summary as summaries
from mainstay.analysis.value.base import Base
from mainstay.analysis.value.engines import Engine, one
from mainstay.analysis.value.forecasts import Cannot
from mainstay.analysis.value.parameters import Parameters

__all__ = ["Engine", "Parameters", "Valuation", "compared", "value", "value_there"]

NOBODY = "No line is a purchase by a known customer up to the as-of day, so there is no customer."


@dataclass(frozen=True)
class Valuation:
    """One row per customer, the summary of the base, and the fingerprint of the input."""

    customers: Any  # of `value` an Arrow table, of `value_there` a table of the engine
    summary: dict[str, Any]
    fingerprint: str


def value(
    lines: ibis.Table,
    *,
    engine: Engine,
    parameters: Parameters,
    keep: Callable[[pa.Table], object] = id,
) -> Valuation:
    """Value every customer in the order lines (`tables.ORDER_LINES`) as of a day.

    Args:
        lines: the order lines, in the engine.
        engine: where they are worked on.
        parameters: the company's policy.
        keep: what to begin with the customers as soon as each has a forecast; the summary is made
            after it returns.

    Raises:
        ValueError: a needed column is absent.
    """
    found = value_there(
        lines, engine=engine, parameters=parameters, keep=lambda rows: keep(engine.run(rows))
    )
    return Valuation(engine.run(found.customers), found.summary, found.fingerprint)


def value_there(
    lines: ibis.Table,
    *,
    engine: Engine,
    parameters: Parameters,
    keep: Callable[[ibis.Table], object] = id,
) -> Valuation:
    """Value every customer, and leave the rows in the engine."""
    tables.check(lines)
    counts = one(engine, days.span(lines, as_of=parameters.as_of))
    first_day = counts.pop("first_day")
    if counts["lines"] > counts["counted"]:
        counts |= one(engine, days.left_out(lines, as_of=parameters.as_of))
    if first_day is None:
        nothing = _nothing(lines, counts, parameters)
        keep(nothing.customers)
        return nothing
    split = back_test.split_day(first_day=first_day, as_of=parameters.as_of)
    base = Base(engine, parameters, split, _facts(engine, lines, parameters.as_of, split))
    counts |= base.without_purchase()
    counted = one(engine, totals.totals(base.buyers))
    margin = summaries.margin(counted, default=parameters.default_margin)
    comparison = base.compared()
    with ThreadPoolExecutor(1) as beside:
        fits = beside.submit(base.models, base.histories(), comparison)
        classed, groups = base.classed()
        models = fits.result()
        customers = base.scored(classed, models, margin)
        keep(customers)
        tested = beside.submit(base.tested, comparison)
        summary = summaries.Summary(
            parameters=parameters.plain(),
            counts=counts,
            totals=counted,
            groups=groups,
            segments=engine.run(totals.by_segment(customers)).to_pylist(),
            margin=margin,
            models=models,
            worth=base.worth(customers, models, margin),
            back_test=tested.result(),
            comparison=comparing.told(comparison, wish=parameters.model, daily=base.daily),
        )
    return Valuation(customers, summary.told(), _fingerprint(counts, groups, parameters))


def compared(
    lines: ibis.Table, *, engine: Engine, parameters: Parameters, opportunity: str = "day"
) -> dict[str, Any] | Cannot:
    """Return how each model forecasts the holdout, as a summary carries it, or why it cannot be.

    Args:
        lines: the order lines, in the engine.
        engine: where they are worked on.
        parameters: the company's policy; the model is what is wished for.
        opportunity: day, or week or month: then a customer buys at most once in each, and BG/BB is
            compared too.
    """
    tables.check(lines)
    discrete, as_of = opportunity != "day", parameters.as_of
    if discrete:
        lines = opportunities.by_opportunity(lines, unit=opportunity)
        as_of = opportunities.latest(as_of, unit=opportunity)
    first_day = one(engine, days.span(lines, as_of=as_of))["first_day"]
    if first_day is None:
        return Cannot("comparison", NOBODY)
    split = back_test.split_day(first_day=first_day, as_of=as_of)
    asked = replace(parameters, as_of=as_of, compare=True)
    base = Base(engine, asked, split, _facts(engine, lines, as_of, split))
    found = base.compared(opportunities=discrete)
    if isinstance(found, Cannot):
        return found
    return comparing.told(found, wish=asked.model, daily=base.daily) or {}


def _facts(engine: Engine, lines: ibis.Table, as_of: date, split: date) -> ibis.Table:
    counted = days.counted(lines, as_of=as_of)
    function = facts.customer_facts(counted, as_of=as_of, split=split)
    return engine.mapped(counted, function, schema=function.schema, order=facts.ORDER)


def _fingerprint(
    counts: Mapping[str, Any], groups: Mapping[str, Any], parameters: Parameters
) -> str:
    """Return a digest that changes when what was counted, its sums or the policy change."""
    parts = (sorted(counts.items()), groups.get("total_minor"), groups.get("cuts"))
    return sha256(repr((parts, parameters.plain())).encode()).hexdigest()


def _nothing(lines: ibis.Table, counts: dict[str, Any], parameters: Parameters) -> Valuation:
    """Return the valuation of a base without a single purchase: counts and the reason."""
    summary = summaries.empty(parameters.plain(), counts, Cannot("everything", NOBODY))
    return Valuation(lines.select("customer_id").limit(0), summary, "")
