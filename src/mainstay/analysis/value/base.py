"""The customer base in an engine: the steps of its valuation."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from mainstay.analysis.lifetime.clv import Terms
from mainstay.analysis.lifetime.compare import Comparison
from mainstay.analysis.lifetime.purchase_model import PurchaseModel

from . import back_test, comparing, facts, forecasts, histories, pareto, scores, totals
from . import summary as summaries
from .back_test import BackTest
from .engines import Engine, one
from .forecasts import Cannot, Models
from .parameters import Parameters
from .scoring import Scoring


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
        row = one(self.engine, facts.without_purchase(facts.customers(self.facts)))
        return {f"without_purchase_{name}": number for name, number in row.items()}

    def classed(self) -> tuple[ibis.Table, dict[str, Any]]:
        """Return ranked, classed and scored customers, and the tables that describe them."""
        engine, policy = self.engine, self.parameters
        ranked = engine.keep(pareto.ranked(self.buyers))
        bounds = one(engine, pareto.bounds(ranked, a=policy.abc_a, b=policy.abc_b))
        row = one(engine, scores.cut_points(ranked))
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

    def compared(self, *, opportunities: bool = False) -> Comparison | Cannot | None:
        """Return how all models do on the holdout; None where nobody asked."""
        policy = self.parameters
        if not policy.compare and policy.model == comparing.USUAL:
            return None
        return comparing.compared(
            self.held_out,
            self.daily,
            split=self.split,
            as_of=policy.as_of,
            level=policy.level,
            opportunities=opportunities,
        )

    def histories(self) -> tuple[pa.Table, pa.Table]:
        """Return what the models need: purchases so far, and spend of those who came again."""
        found = histories.histories(self.buyers)
        spenders = histories.spenders(found)
        return (
            self._fetched(found, *histories.PURCHASES),
            self._fetched(spenders, "x", "spent_minor"),
        )

    def models(
        self, rows: tuple[pa.Table, pa.Table], comparison: Comparison | Cannot | None
    ) -> Models:
        """Fit the models on the histories; that of purchases as wished or as compared."""
        name, as_of = comparing.chosen(self.parameters.model, comparison), self.parameters.as_of
        bought, spent = rows

        def purchases() -> PurchaseModel:
            if name == comparing.USUAL:
                return forecasts.fit_purchases(histories.arrays(bought))
            return comparing.fit(name, bought, self.daily, as_of=as_of)

        return forecasts.fitted(purchases, histories.arrays(spent))

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
        sums = one(run, totals.expected(customers))
        risk = one(run, totals.at_risk(customers))
        if models.spend is None:
            return summaries.Worth(sums, risk, None, None)
        rows = run.run(histories.histories(histories.some(self.buyers, of=sums["n"])))
        some, few = histories.arrays(rows), histories.arrays(rows[: histories.A_FEW])
        total = forecasts.total_value(models, sums, some, terms=self._terms(margin))
        yearly = forecasts.yearly_value(models, few, terms=self._terms(margin), total=sums["value"])
        edges = summaries.value_edges(sums)
        values = summaries.distribution(sums, edges, one(run, totals.above(customers, edges)))
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
            revenue=one(self.engine, revenue.agg(actual=_.actual.sum(), forecast=_.forecast.sum())),
            tracking=back_test.tracking(self.daily, found.fitted),
        )
