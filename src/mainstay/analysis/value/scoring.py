"""Score customers where their rows lie: Arrow batches in, the same rows with forecasts out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from mainstay.analysis.lifetime import clv, forecast
from mainstay.analysis.lifetime.clv import Scores, Terms
from mainstay.analysis.lifetime.gamma_gamma import GammaGamma
from mainstay.analysis.lifetime.purchase_model import PurchaseModel

from . import histories, segments
from .forecasts import YEAR, Models
from .histories import Floats, Histories

Batches = Iterator[pa.RecordBatch]
HIDDEN = (
    "lines",
    "first_minor",
    "through_minor",
    "cost_minor",
    "costed_minor",
    "calibration_occasions",
    "calibration_last_day",
    "calibration_minor",
)
PURCHASES = ("p_alive", "expected_12m", "expected_12m_low", "expected_12m_high")
VALUE = ("expected_average_minor", "clv_minor", "clv_low_minor", "clv_high_minor")


@dataclass(frozen=True)
class Scoring:
    """A function over batches of ranked, classed and scored customers."""

    models: Models
    terms: Terms
    rows: pa.Schema

    @property
    def schema(self) -> pa.Schema:
        """Return the schema of what it yields: without the inner columns, with forecasts."""
        kept = [field for field in self.rows if field.name not in HIDDEN]
        made = [("segment", pa.string())]
        if self.models.purchases is not None:
            made += [(name, pa.float64()) for name in PURCHASES]
            if self.models.spend is not None:
                made += [(name, pa.int64()) for name in VALUE]
        return pa.schema([*kept, *made])

    def __call__(self, batches: Batches) -> Batches:
        """Yield every customer with segment and forecasts."""
        for rows in histories.gathered(batches):
            found = {name: rows[name] for name in self.rows.names} | self._columns(rows)
            yield from pa.table({name: found[name] for name in self.schema.names}).to_batches()

    def _columns(self, rows: pa.Table) -> dict[str, Any]:
        places = segments.segment(**{name: rows[name].to_numpy() for name in "rfm"})
        named = pa.DictionaryArray.from_arrays(places, pa.array(segments.NAMES))
        columns: dict[str, Any] = {"segment": named.cast(pa.string())}
        if (model := self.models.purchases) is None:
            return columns
        scores = score(model, self.models.spend, _histories(rows), terms=self.terms)
        return columns | _forecasts(scores, priced=self.models.spend is not None)


def score(model: PurchaseModel, spend: GammaGamma | None, h: Histories, *, terms: Terms) -> Scores:
    """Return P(alive), purchases in a year and discounted value, which needs a model of spend."""
    if spend is None:
        base = forecast.Base.of(model, h.x, h.t_x, h.T)
        bought = forecast.purchases(base, t=YEAR, level=terms.level)
        unknown = np.full_like(h.x, np.nan)
        return Scores(base.alive, bought, unknown, forecast.Forecast(unknown, unknown, unknown))
    return clv.score(
        model,
        spend,
        t=YEAR,
        terms=terms,
        frequency=h.x,
        recency=h.t_x,
        T=h.T,
        monetary=h.m,
    )


def _forecasts(scores: Scores, *, priced: bool) -> dict[str, Any]:
    columns = dict(zip(PURCHASES, map(pa.array, (scores.alive, *scores.purchases)), strict=True))
    if not priced:
        return columns
    amounts = map(_minor, (scores.average, *scores.value))
    return columns | dict(zip(VALUE, amounts, strict=True))


def _minor(amounts: Floats) -> Any:
    return pa.array(np.rint(amounts).astype(np.int64))


def _histories(rows: pa.Table) -> Histories:
    x, length = histories.numbers(rows, "occasions") - 1.0, histories.numbers(rows, "tenure_days")
    spent = histories.numbers(rows, "revenue_minor") - histories.numbers(rows, "first_minor")
    recency = length - histories.numbers(rows, "recency_days")
    return Histories(x, recency, length, histories.mean_of(spent, x), None)
