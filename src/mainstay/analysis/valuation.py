"""Value a customer base: from order lines to one row per customer and a summary that explains it.

    lines -> customer facts            (one pass over lines sorted by customer, in the engine)
          -> ranks, classes, scores    (expressions, in the engine)
          -> models, back-test         (NumPy, on what the engine has reduced)
          -> forecasts                 (a function over rows, in the engine)
          -> summary                   (plain values)

Nothing is read or written here: the engine comes as an argument and keeps the rows; what comes out
of it are a few numbers per customer for the models, and sums.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol

import ibis
import pyarrow as pa
from ibis import _

from mainstay.analysis import tables
from mainstay.analysis.lifetime.clv import Terms
from mainstay.analysis.lifetime.compare import Comparison
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.value import (
    back_test,
    comparing,
    days,
    facts,
    forecasts,
    histories,
    pareto,
    scores,
    totals,
)
from mainstay.analysis.value import summary as summaries
from mainstay.analysis.value.back_test import BackTest
from mainstay.analysis.value.forecasts import Cannot, Models
from mainstay.analysis.value.scoring import Scoring

Function = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class Engine(Protocol):
    """Where expressions run, and functions over rows."""

    distant: bool  # rows travel to get here, so they are reduced to distinct ones before

    def keep(self, expression: Any) -> Any:
        """Compute the expression inside the engine and return it as a table there."""

    def run(self, expression: Any) -> pa.Table:
        """Compute the expression and return its rows."""

    def mapped(
        self, rows: Any, function: Function, *, schema: pa.Schema, order: Sequence[str] = ()
    ) -> Any:
        """Return what a function makes of the rows, computed once, as a table in the engine.

        The function takes and yields record batches, may be called on several parts of the rows at
        once, and must be picklable. With an order, the rows of a part come sorted by those columns,
        and rows with the same value of the first column are in the same part.
        """


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
    model: str = "bg_nbd"  # of purchases: a name of `lifetime.names`, or "best": the holdout's
    compare: bool = False  # whether the summary compares all models, as it does for others


@dataclass(frozen=True)
class Valuation:
    """One row per customer, the summary of the base, and the fingerprint of the input."""

    customers: Any  # of `value` an Arrow table, of `value_there` a table of the engine
    summary: dict[str, Any]
    fingerprint: str


def value(lines: ibis.Table, *, engine: Engine, parameters: Parameters) -> Valuation:
    """Value every customer in the order lines (`tables.ORDER_LINES`) as of a day.

    Raises:
        ValueError: a needed column is absent.
    """
    found = value_there(lines, engine=engine, parameters=parameters)
    return Valuation(engine.run(found.customers), found.summary, found.fingerprint)


def value_there(lines: ibis.Table, *, engine: Engine, parameters: Parameters) -> Valuation:
    """Value every customer, and leave the rows in the engine."""
    tables.check(lines)
    counts = _one(engine, days.span(lines, as_of=parameters.as_of))
    first_day = counts.pop("first_day")
    if counts["lines"] > counts["counted"]:
        counts |= _one(engine, days.left_out(lines, as_of=parameters.as_of))
    if first_day is None:
        return _nothing(lines, counts, parameters)
    split = back_test.split_day(first_day=first_day, as_of=parameters.as_of)
    base = Base(engine, parameters, split, _facts(engine, lines, parameters.as_of, split))
    counts |= base.without_purchase()
    counted = _one(engine, totals.totals(base.buyers))
    margin = summaries.margin(counted, default=parameters.default_margin)
    classed, groups = base.classed()
    comparison = base.compared()
    models = base.models(comparison)
    customers = base.scored(classed, models, margin)
    summary = summaries.Summary(
        parameters=_plain(parameters),
        counts=counts,
        totals=counted,
        groups=groups,
        segments=engine.run(totals.by_segment(customers)).to_pylist(),
        margin=margin,
        models=models,
        worth=base.worth(customers, models, margin),
        back_test=base.tested(comparison),
        comparison=comparing.told(comparison, wish=parameters.model, daily=base.daily),
    )
    return Valuation(customers, summary.told(), _fingerprint(counts, groups, parameters))


def _facts(engine: Engine, lines: ibis.Table, as_of: date, split: date) -> ibis.Table:
    counted = days.counted(lines, as_of=as_of)
    function = facts.customer_facts(counted, as_of=as_of, split=split)
    return engine.mapped(counted, function, schema=function.schema, order=facts.ORDER)


@dataclass(frozen=True)
class Base:
    """A customer base in an engine; each method is a step of its valuation."""

    engine: Engine
    parameters: Parameters
    split: date
    facts: ibis.Table

    @property
    def buyers(self) -> ibis.Table:
        """Return the facts of customers with a purchase."""
        return facts.buyers(facts.customers(self.facts))

    def without_purchase(self) -> dict[str, Any]:
        """Return how many customers have none, and what they come to."""
        row = _one(self.engine, facts.without_purchase(facts.customers(self.facts)))
        return {f"without_purchase_{name}": number for name, number in row.items()}

    def classed(self) -> tuple[ibis.Table, dict[str, Any]]:
        """Return ranked, classed and scored customers, and the tables that describe them."""
        engine, policy = self.engine, self.parameters
        ranked = engine.keep(pareto.ranked(self.buyers))
        bounds = _one(engine, pareto.bounds(ranked, a=policy.abc_a, b=policy.abc_b))
        row = _one(engine, scores.cut_points(ranked))
        cuts = scores.cuts(row)
        classed = pareto.classed(
            ranked,
            total_minor=bounds["total_minor"],
            bounds=pareto.Bounds(bounds["a"] or 0, bounds["b"] or 0),
        )
        scored = scores.scored(classed, cuts=cuts)
        groups = {
            "total_minor": bounds["total_minor"],
            "cuts": cuts,
            "classes": engine.run(pareto.by_class(scored)).to_pylist(),
            "curve": engine.run(pareto.curve(scored, customers=int(row["n"]))).to_pylist(),
            "grid": engine.run(scores.grid(scored)).to_pylist(),
        }
        return scored, groups

    @cached_property
    def held_out(self) -> pa.Table:
        """Return the histories up to the split with the purchases after it."""
        known = histories.calibration(self.buyers, split=self.split)
        return self._fetched(known, *back_test.HELD_OUT)

    @cached_property
    def daily(self) -> back_test.Daily:
        """Return how many customers came and bought on each day."""
        by_day = self.engine.run(facts.occasions_by_day(self.facts))
        born = self.engine.run(totals.births(self.buyers))
        return back_test.Daily.of(by_day, born, as_of=self.parameters.as_of)

    def compared(self) -> Comparison | Cannot | None:
        """Return how all models do on the holdout; None where nobody asked."""
        policy = self.parameters
        if not policy.compare and policy.model == comparing.USUAL:
            return None
        ends = {"split": self.split, "as_of": policy.as_of}
        return comparing.compared(self.held_out, self.daily, **ends, level=policy.level)

    def models(self, comparison: Comparison | Cannot | None) -> Models:
        """Fit the models on the purchases so far; that of purchases as wished or as compared."""
        name, as_of = comparing.chosen(self.parameters.model, comparison), self.parameters.as_of
        found = histories.histories(self.buyers)
        rows = self._fetched(found, *histories.PURCHASES)

        def purchases() -> PurchaseModel:
            if name == comparing.USUAL:
                return forecasts.fit_purchases(histories.arrays(rows))
            return comparing.fit(name, rows, self.daily, as_of=as_of)

        spenders = histories.arrays(self._fetched(histories.spenders(found), "x", "spent_minor"))
        return forecasts.fitted(purchases, spenders)

    def _fetched(self, rows: ibis.Table, *columns: str) -> pa.Table:
        """Return these columns; from far away the distinct rows with their numbers n."""
        far = self.engine.distant
        kept = histories.distinct(rows, *columns) if far else rows.select(*columns)
        return self.engine.run(kept)

    def _terms(self, margin: summaries.Margin) -> Terms:
        return forecasts.terms(
            discount_rate=self.parameters.discount_rate,
            horizon_months=self.parameters.horizon_months,
            margin=margin.share,
            level=self.parameters.level,
        )

    def scored(self, classed: ibis.Table, models: Models, margin: summaries.Margin) -> ibis.Table:
        """Return the customers with segment, margin and forecasts, computed in the engine."""
        rows = classed.mutate(margin_minor=summaries.margin_column(classed, margin))
        function = Scoring(models, self._terms(margin), rows.schema().to_pyarrow())
        return self.engine.mapped(rows, function, schema=function.schema)

    def worth(
        self, customers: ibis.Table, models: Models, margin: summaries.Margin
    ) -> summaries.Worth | None:
        """Return what the forecasts add up to; None without a model of purchases."""
        if models.purchases is None:
            return None
        run = self.engine
        sums = _one(run, totals.expected(customers))
        risk = _one(run, totals.at_risk(customers))
        if models.spend is None:
            return summaries.Worth(sums, risk, None, None)
        few = histories.arrays(run.run(histories.histories(histories.a_few(self.buyers))))
        total = forecasts.total_value(models, sums, few, terms=self._terms(margin))
        yearly = forecasts.yearly_value(models, few, terms=self._terms(margin), total=sums["value"])
        edges = summaries.value_edges(sums)
        values = summaries.distribution(sums, edges, _one(run, totals.above(customers, edges)))
        return summaries.Worth(sums, risk, total, values, yearly)

    def tested(self, comparison: Comparison | Cannot | None) -> BackTest | Cannot:
        """Return how a fit up to the split forecasts what came after it."""
        length, level = (self.parameters.as_of - self.split).days, self.parameters.level
        known = histories.calibration(self.buyers, split=self.split)
        model = comparing.tested_as(self.parameters.model, comparison)
        found = back_test.purchases(self.held_out, days=length, level=level, model=model)
        if isinstance(found, Cannot):
            return found
        spenders = self._fetched(histories.spenders(known), "x", "spent_minor")
        spend = forecasts.spend_if_any(histories.arrays(spenders))
        function = back_test.Revenue(found.fitted, spend, length)
        revenue = self.engine.mapped(known, function, schema=function.schema)
        return BackTest(
            split=self.split,
            days=length,
            purchases=found,
            revenue=_one(
                self.engine, revenue.agg(actual=_.actual.sum(), forecast=_.forecast.sum())
            ),
            tracking=back_test.tracking(self.daily, found.fitted),
        )


def _one(engine: Engine, expr: ibis.Table) -> dict[str, Any]:
    return dict(engine.run(expr).to_pylist()[0])


def _plain(parameters: Parameters) -> dict[str, Any]:
    return asdict(parameters) | {"as_of": parameters.as_of.isoformat()}


def _fingerprint(
    counts: Mapping[str, Any], groups: Mapping[str, Any], parameters: Parameters
) -> str:
    """Return a digest that changes when what was counted, its sums or the policy change."""
    parts = (sorted(counts.items()), groups.get("total_minor"), groups.get("cuts"))
    return sha256(repr((parts, _plain(parameters))).encode()).hexdigest()


def _nothing(lines: ibis.Table, counts: dict[str, Any], parameters: Parameters) -> Valuation:
    """Return the valuation of a base without a single purchase: counts and the reason."""
    why = "No line is a purchase by a known customer up to the as-of day, so there is no customer."
    summary = summaries.empty(_plain(parameters), counts, Cannot("everything", why))
    return Valuation(lines.select("customer_id").limit(0), summary, "")
