"""From histories to forecasts: fit the models, say what cannot be, and the value of all."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple, TypeVar

import numpy as np

from mainstay.analysis.lifetime import bg_nbd, clv, forecast, gamma_gamma
from mainstay.analysis.lifetime.clv import Terms
from mainstay.analysis.lifetime.estimates import Fitted, two_sided
from mainstay.analysis.lifetime.future import Span
from mainstay.analysis.lifetime.gamma_gamma import GammaGamma
from mainstay.analysis.lifetime.purchase_model import PurchaseModel

from .histories import Floats, Histories

Model = TypeVar("Model", bound=Fitted)
YEAR = 365.25  # days


class Cannot(NamedTuple):
    """What could not be computed, and why, in a sentence."""

    what: str
    why: str


class Total(NamedTuple):
    """A sum over all customers with its interval, from chance and the errors of the fit."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Models:
    """The fitted models; one that the data cannot carry is None and stands in `cannot`."""

    purchases: PurchaseModel | None
    spend: GammaGamma | None
    cannot: tuple[Cannot, ...]


def fitted(purchases: Callable[[], PurchaseModel], spenders: Histories) -> Models:
    """Fit purchases and spend; each model that the data cannot carry leaves its sentence."""
    bought, no_purchases = _attempt("purchases", purchases)
    spend, no_spend = _attempt("spend", lambda: fit_spend(spenders))
    return Models(bought, spend, (*no_purchases, *no_spend))


def fit_purchases(h: Histories) -> PurchaseModel:
    """Return BG/NBD, the usual model of purchases, or raise ValueError with a sentence."""
    return bg_nbd.fit(frequency=h.x, recency=h.t_x, T=h.T, weights=h.n)


def fit_spend(h: Histories) -> GammaGamma:
    """Return the model of spend per purchase, or raise ValueError with a sentence."""
    return gamma_gamma.fit(frequency=h.x, monetary=h.m, weights=h.n)


def spend_if_any(spenders: Histories) -> GammaGamma | None:
    """Return the model of spend, None where the data cannot carry it."""
    return _attempt("spend", lambda: fit_spend(spenders))[0]


def _attempt(what: str, fit: Callable[[], Model]) -> tuple[Model | None, tuple[Cannot, ...]]:
    try:
        return fit(), ()
    except ValueError as reason:
        return None, (Cannot(what, str(reason)),)


def terms(*, discount_rate: float, horizon_months: int, margin: float, level: float) -> Terms:
    """Return the terms of value in days from yearly and monthly ones."""
    return Terms(
        horizon=horizon_months * YEAR / 12,
        rate=clv.continuous_rate(discount_rate),
        margin=max(margin, 0.0),
        level=level,
    )


def total_value(
    models: Models, sums: dict[str, Any], some: Histories, *, terms: Terms
) -> Total | None:
    """Return the value of the whole base with its interval.

    Two errors add up: chance, which differs from customer to customer, and that of the fitted
    parameters, which moves all at once (delta method). Both are reckoned on some customers, of a
    base of up to `histories.SOME` on all.
    """
    model, spend = models.purchases, models.spend
    if model is None or spend is None:
        return None
    base = forecast.Base.of(model, some.x, some.t_x, some.T)
    future = base.future(terms.span())
    average = spend.average(some.x, some.m)
    worth = base.alive * base.pairs.spread(future.mean) * average
    unknown = _unknown(base.log_slopes(future.slopes) @ worth, model)
    unknown += _unknown(spend.log_slopes(some.x, some.m) @ worth, spend)
    amounts = base.alive * base.pairs.spread(future.second + future.squared_weights / spend.p)
    chance = amounts * average**2 * spend.spread(some.x) - worth**2
    whole, mean = float(worth.sum()), float(sums["value"])
    each = terms.margin**2 * sums["n"] / max(some.x.size, 1)
    variance = each * float(chance.sum()) + (mean / whole if whole > 0 else 0.0) ** 2 * unknown
    reach = two_sided(terms.level) * float(np.sqrt(max(variance, 0.0)))
    return Total(mean, max(mean - reach, 0.0), mean + reach)


def _unknown(slopes: Floats, model: Fitted) -> float:
    """Return the variance that the errors of the fitted parameters cause."""
    return float(slopes @ np.array(model.log_covariance) @ slopes)


def yearly_value(models: Models, h: Histories, *, terms: Terms, total: float) -> list[float]:
    """Return the value expected in each year of the horizon, before discounting.

    The shares of the years are those of a few customers, whose discounted value is set to `total`.
    """
    model, spend = models.purchases, models.spend
    if model is None or spend is None or terms.horizon is None:
        return []
    base = forecast.Base.of(model, h.x, h.t_x, h.T)
    worth = base.alive * spend.average(h.x, h.m)

    def value(span: Span) -> float:
        return float((worth * base.pairs.spread(base.future(span).mean)).sum())

    until = [min(YEAR * year, terms.horizon) for year in range(1, ceil(terms.horizon / YEAR) + 1)]
    reached = [0.0, *(value(Span(end, 0.0)) for end in until)]
    now = value(terms.span())
    return [float(total) * (b - a) / now for a, b in pairwise(reached)] if now > 0 else []
