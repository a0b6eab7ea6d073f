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

from .histories import Histories

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
    models: Models, sums: dict[str, Any], few: Histories, *, terms: Terms
) -> Total | None:
    """Return the value of the whole base with its interval.

    Two errors add up: chance (customers end within their own intervals, independently) and the
    fitted parameters (delta method: slopes of the log total by the log parameters, taken on a few
    customers).
    """
    model, spend = models.purchases, models.spend
    if model is None or spend is None:
        return None
    z = two_sided(terms.level)
    mean = float(sums["value"])
    chance = float(sums["squared_widths"]) / (2 * z) ** 2
    variance = mean**2 * _log_variance(model, spend, few, terms) + chance
    reach = z * float(np.sqrt(variance))
    return Total(mean, max(mean - reach, 0.0), mean + reach)


def _log_variance(model: PurchaseModel, spend: GammaGamma, h: Histories, terms: Terms) -> float:
    """Return the variance of the log total value that the fitted parameters cause."""
    base = forecast.Base.of(model, h.x, h.t_x, h.T)
    future = base.future(terms.span())
    worth = base.alive * base.pairs.spread(future.mean) * spend.average(h.x, h.m)
    total = float(worth.sum())
    if total <= 0:
        return 0.0
    bought, paid = base.log_slopes(future.slopes) @ worth, spend.log_slopes(h.x, h.m) @ worth
    by_purchases = bought @ np.array(model.log_covariance) @ bought
    return float(by_purchases + paid @ np.array(spend.log_covariance) @ paid) / total**2


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
