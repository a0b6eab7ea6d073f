"""From customer facts to forecasts: fit the models, score every customer, say what cannot be."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mainstay.analysis.lifetime import bg_nbd, clv, forecast, gamma_gamma
from mainstay.analysis.lifetime.bg_nbd import BgNbd
from mainstay.analysis.lifetime.clv import Scores, Terms
from mainstay.analysis.lifetime.estimates import Fitted, two_sided
from mainstay.analysis.lifetime.gamma_gamma import GammaGamma

Floats = npt.NDArray[np.float64]
Model = TypeVar("Model", bound=Fitted)
YEAR = 365.25  # days
STEP = 1e-3  # of the logarithm of a parameter
SAMPLE = 400  # customers on which the effect of the fitted parameters' errors is reckoned
SEED = 20_261_123


class Histories(NamedTuple):
    """What the models need of each customer: repeat purchases, their timing (days), mean spend."""

    x: Floats
    t_x: Floats
    T: Floats
    m: Floats  # mean spend of the repeat purchases in minor units, returns netted; 0 for x = 0


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
class Forecasts:
    """Fitted models and scores; a part that cannot be had is None and stands in `cannot`."""

    purchases: BgNbd | None
    spend: GammaGamma | None
    scores: Scores | None
    cannot: tuple[Cannot, ...]


def histories(customers: pa.Table) -> Histories:
    """Return the histories up to the as-of day, from `customer_facts`."""
    first, last = days(customers, "first_day"), days(customers, "last_day")
    x = numbers(customers, "occasions") - 1.0
    spent = numbers(customers, "revenue_minor") - numbers(customers, "first_minor")
    return Histories(x, last - first, numbers(customers, "tenure_days"), mean_of(spent, x))


def mean_of(total: Floats, n: Floats) -> Floats:
    """Return total / n, 0 where n is 0."""
    return np.divide(total, n, out=np.zeros_like(total), where=n > 0)


def numbers(table: pa.Table, column: str) -> Floats:
    """Return a column without nulls as an array."""
    return np.asarray(table[column].to_numpy(), dtype=np.float64)


def days(table: pa.Table, column: str) -> Floats:
    """Return a column of days as days since 1970."""
    return np.asarray(table[column].cast(pa.int32()).to_numpy(), dtype=np.float64)


def fitted(h: Histories) -> tuple[BgNbd | None, GammaGamma | None, tuple[Cannot, ...]]:
    """Fit purchases and spend; each model that the data cannot carry leaves its sentence."""
    purchases, no_purchases = _attempt(
        "purchases", lambda: bg_nbd.fit(frequency=h.x, recency=h.t_x, T=h.T)
    )
    spend, no_spend = _attempt("spend", lambda: gamma_gamma.fit(frequency=h.x, monetary=h.m))
    return purchases, spend, (*no_purchases, *no_spend)


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


def forecast_all(h: Histories, *, terms: Terms) -> Forecasts:
    """Fit on all customers and score each: P(alive), purchases in a year, discounted value."""
    purchases, spend, cannot = fitted(h)
    if purchases is None:
        return Forecasts(None, spend, None, cannot)
    if spend is None:
        base = forecast.Base.of(purchases, h.x, h.t_x, h.T)
        bought = forecast.purchases(base, t=YEAR, level=terms.level)
        unknown = np.full_like(h.x, np.nan)
        nothing = forecast.Forecast(unknown, unknown, unknown)
        return Forecasts(purchases, None, Scores(base.alive, bought, unknown, nothing), cannot)
    scores = clv.score(
        purchases,
        spend,
        t=YEAR,
        terms=terms,
        frequency=h.x,
        recency=h.t_x,
        T=h.T,
        monetary=h.m,
    )
    return Forecasts(purchases, spend, scores, cannot)


def total_value(found: Forecasts, h: Histories, *, terms: Terms) -> Total | None:
    """Return the value of the whole base with its interval.

    Two errors add up: chance (customers end within their own intervals, independently) and the
    fitted parameters (delta method: slopes of the log total by the log parameters, taken on a
    sample of customers by central differences).
    """
    model, spend, scores = found.purchases, found.spend, found.scores
    if model is None or spend is None or scores is None:
        return None
    z = two_sided(terms.level)
    worth = scores.value
    mean = float(worth.mean.sum())
    chance = float(np.square((worth.high - worth.low) / (2 * z)).sum())
    place = np.random.default_rng(SEED).permutation(h.x.size)[:SAMPLE]
    few = Histories(*(array[place] for array in h))
    variance = mean**2 * _log_variance(model, spend, few, terms) + chance
    reach = z * float(np.sqrt(variance))
    return Total(mean, max(mean - reach, 0.0), mean + reach)


def _log_variance(model: BgNbd, spend: GammaGamma, h: Histories, terms: Terms) -> float:
    """Return the variance of the log total value that the fitted parameters cause."""
    if _value_of(model, spend, h, terms) <= 0:
        return 0.0
    names = model.NAMES if model.dropout else ("r", "alpha")
    by_purchases = [_slope(lambda m: _value_of(m, spend, h, terms), model, name) for name in names]
    by_spend = [_slope(lambda s: _value_of(model, s, h, terms), spend, n) for n in spend.NAMES]
    own = np.array(model.log_covariance)[: len(names), : len(names)]
    money = np.array(spend.log_covariance)
    one, two = np.array(by_purchases), np.array(by_spend)
    return float(one @ own @ one + two @ money @ two)


def _slope(value: Callable[[Model], float], model: Model, name: str) -> float:
    here = getattr(model, name)
    up = value(replace(model, **{name: here * np.exp(STEP)}))
    down = value(replace(model, **{name: here * np.exp(-STEP)}))
    return float((np.log(up) - np.log(down)) / (2 * STEP))


def _value_of(model: BgNbd, spend: GammaGamma, h: Histories, terms: Terms) -> float:
    bought = clv.discounted_purchases(model, terms=terms, frequency=h.x, recency=h.t_x, T=h.T)
    return float((bought * spend.average(h.x, h.m)).sum())
