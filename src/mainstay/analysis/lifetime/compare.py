"""Which model fits this company best: each forecasts a holdout of the company's own data.

Models are ranked by the log predictive score, the mean over customers of log P(the purchases that
were made): it rewards a distribution that is right and punishes one that is sure and wrong, so no
model gains by hedging or by daring. Where the difference to the best is within two standard errors
(paired over customers) the holdout does not tell two models apart; of those tied the one whose
total came closest is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime import calendar, candidates, holdout, names, totals
from mainstay.analysis.lifetime.dated import Dated
from mainstay.analysis.lifetime.estimates import check_level
from mainstay.analysis.lifetime.forecast import Base
from mainstay.analysis.lifetime.holdout import Errors, Group
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.lifetime.totals import Curve, Total
from mainstay.analysis.numerics.arrays import Floats, Integers, counts, positive, same_length

TIED_WITHIN = 2.0  # standard errors
IMPOSSIBLE = 1e-12  # the least probability credited to what did happen
MOST_FITTED = 100_000  # customers; of a larger base a sample is fitted
MOST_CUSTOMERS = 20_000  # scored; a larger base is sampled, which is said
MOST_PURCHASES = 1000  # told apart in the distribution of one customer
MARKS = 40  # points of a tracking curve
SILENT_INTERVALS = 3.0  # of a customer's own, after which the rule of thumb gives the customer up
SLICE = 4096
SEED = 20_261_123


class Holdout(NamedTuple):
    """What happened after the observation: how long it lasted and each customer's purchases."""

    days: float
    purchases: Floats


@dataclass(frozen=True)
class Outcome:
    """How one model did in the holdout."""

    name: str  # see `names`
    fitted: PurchaseModel  # in days
    errors: Errors  # of the expectations
    median_mae: float  # mean absolute error of the medians, which make it least
    log_score: float  # per customer
    behind: float  # the best model's log score less this one's
    behind_error: float  # its standard error
    covered: float  # share of customers whose purchases lay within their interval
    total: Total  # forecast of all purchases
    groups: tuple[Group, ...]
    tied: bool  # not told apart from the best


@dataclass(frozen=True)
class Comparison:
    """All models that could be fitted, the best first; the naive rules; what could not be."""

    outcomes: tuple[Outcome, ...]
    baselines: dict[str, Errors]
    cannot: dict[str, str]  # name of the model: why, in a sentence
    chosen: str
    n: int  # customers scored
    customers: int  # known at the split
    known_days: int  # from the first purchase of all to the split, both counted
    level: float
    tracking: dict[str, Curve]  # at marks
    marks: Floats  # days since the first purchase of all
    actual: Floats  # cumulative repeat purchases of all customers at marks

    @property
    def best(self) -> Outcome:
        """Return the outcome of the chosen model."""
        return next(outcome for outcome in self.outcomes if outcome.name == self.chosen)

    @property
    def tied(self) -> tuple[str, ...]:
        """Return the models that the holdout does not tell apart from the best, with the best."""
        return tuple(outcome.name for outcome in self.outcomes if outcome.tied)


class _Scored(NamedTuple):
    name: str
    fitted: PurchaseModel
    mean: Floats
    median: Floats
    log_scores: Floats
    covered: float
    total: Total


class Later(NamedTuple):
    """Births and repeat purchases of all customers on each day from the first one to the end."""

    born: Floats
    repeats: Floats


def compare(
    known: Dated,
    after: Holdout,
    *,
    all_days: Later | None = None,
    models: Sequence[str] = names.NAMES,
    level: float = 0.9,
) -> Comparison:
    """Fit each model on what was known and compare its forecasts with what happened after.

    Args:
        known: the histories at the split.
        after: each of these customers' purchases in the holdout.
        all_days: daily counts to the end of the holdout, for tracking curves; without it none.
        models: names of those to try, in the order of preference where nothing else decides.
        level: of the intervals.

    Raises:
        ValueError: with a sentence, also where no model can be fitted.
    """
    check_level(level)
    happened = counts("purchases", after.purchases)
    same_length(frequency=known.x, purchases=happened)
    days = positive("days", after.days)
    place = sample(happened.size, MOST_CUSTOMERS)
    seen, bought = known.part(place), happened[place]
    fitted_on = known.part(sample(happened.size, MOST_FITTED))
    scored, cannot = _scores(fitted_on, seen, Holdout(days, bought), (tuple(models), level))
    if not scored:
        raise ValueError(next(iter(cannot.values()), "There is no model to compare. Name one."))
    outcomes = _outcomes(scored, seen, bought)
    marks, tracking = _tracking(outcomes, all_days, known, level)
    return Comparison(
        outcomes=outcomes,
        baselines=baselines(seen, days, bought),
        cannot=cannot,
        chosen=choice(outcomes, models),
        n=bought.size,
        customers=happened.size,
        known_days=known.days,
        level=level,
        tracking=tracking,
        marks=marks,
        actual=np.cumsum(all_days.repeats)[marks.astype(np.int64)] if all_days else marks,
    )


def choice(outcomes: Sequence[Outcome], models: Sequence[str]) -> str:
    """Return the tied model whose total came closest; the earlier named one of equals."""
    tied = [outcome for outcome in outcomes if outcome.tied]
    order = list(models)

    def rank(outcome: Outcome) -> tuple[float, int]:
        missed = abs(outcome.errors.predicted - outcome.errors.actual)
        return round(missed, 6), order.index(outcome.name)

    return min(tied, key=rank).name


def baselines(known: Dated, days: float, happened: Floats) -> dict[str, Errors]:
    """Return the errors of rules that need no model.

    "rate": everybody goes on at the rate so far. "silent": so do all but those silent for longer
    than three of their own mean intervals (of the whole time, if they bought once), who stop.
    """
    x, length = known.x, known.T
    rate = holdout.naive(t=days, frequency=x, T=length)
    silent = length - known.t_x
    own = np.divide(known.t_x, x, out=length / SILENT_INTERVALS, where=x > 0)
    active = np.where(silent > SILENT_INTERVALS * own, 0.0, rate)
    return {"rate": holdout.errors(rate, happened), "silent": holdout.errors(active, happened)}


def sample(n: int, most: int) -> Integers:
    """Return the places of all customers, or of a sample of so many, the same every time."""
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(SEED).permutation(n)[:most])


def _scores(
    known: Dated, seen: Dated, after: Holdout, wanted: tuple[tuple[str, ...], float]
) -> tuple[list[_Scored], dict[str, str]]:
    scored, cannot = [], {}
    for name in wanted[0]:
        try:
            fitted = candidates.fit(name, known)
        except ValueError as reason:
            cannot[name] = str(reason)
        else:
            scored.append(_scored((name, fitted), seen, after, wanted[1]))
    return scored, cannot


def _scored(
    found_as: tuple[str, PurchaseModel], seen: Dated, after: Holdout, level: float
) -> _Scored:
    name, model = found_as
    x, t_x, T, t = seen.x, seen.t_x, seen.T, after.days
    most = int(min(max(30, 2 * after.purchases.max(initial=0)), MOST_PURCHASES))
    log_scores, median = np.empty_like(x), np.empty_like(x)
    within = np.empty(x.size, dtype=bool)
    for i in range(0, x.size, SLICE):
        part = slice(i, i + SLICE)
        found = model.purchase_distribution(
            t=t, most=most, frequency=x[part], recency=t_x[part], T=T[part]
        )
        found[:, -1] = np.maximum(1.0 - found[:, :-1].sum(axis=1), 0.0)  # so many or more
        happened = np.minimum(after.purchases[part], most).astype(np.int64)
        log_scores[part] = np.log(np.maximum(found[np.arange(happened.size), happened], IMPOSSIBLE))
        so_far = np.cumsum(found, axis=1)
        median[part] = quantile(so_far, 0.5)
        low, high = quantile(so_far, 0.5 - level / 2), quantile(so_far, 0.5 + level / 2)
        within[part] = (low <= happened) & (happened <= high)
    mean = model.expected_purchases(t=t, frequency=x, recency=t_x, T=T)
    total = totals.purchases(Base.of(model, x, t_x, T), t=t, level=level)
    return _Scored(name, model, mean, median, log_scores, float(within.mean()), total)


def quantile(so_far: Floats, u: float) -> Floats:
    """Return the smallest number of purchases whose cumulative probability reaches u, per row."""
    below = np.count_nonzero(so_far < u - 1e-12, axis=1)
    return np.asarray(np.minimum(below, so_far.shape[1] - 1), dtype=np.float64)


def _outcomes(scored: Sequence[_Scored], seen: Dated, happened: Floats) -> tuple[Outcome, ...]:
    # stable and rounded: models that come to the same stay in the order of preference
    ordered = sorted(scored, key=lambda one: -round(float(one.log_scores.mean()), 9))
    best = ordered[0].log_scores
    return tuple(_outcome(one, best, seen.x, happened) for one in ordered)


def _outcome(one: _Scored, best: Floats, x: Floats, happened: Floats) -> Outcome:
    difference = best - one.log_scores
    behind = float(difference.mean())
    error = float(difference.std() / np.sqrt(difference.size))
    return Outcome(
        name=one.name,
        fitted=one.fitted,
        errors=holdout.errors(one.mean, happened),
        median_mae=holdout.errors(one.median, happened).mae,
        log_score=float(one.log_scores.mean()),
        behind=behind,
        behind_error=error,
        covered=one.covered,
        total=one.total,
        groups=holdout.groups(x, happened, one.mean),
        tied=behind <= TIED_WITHIN * error + 1e-12,
    )


def _tracking(
    outcomes: Sequence[Outcome], all_days: Later | None, known: Dated, level: float
) -> tuple[Floats, dict[str, Curve]]:
    """Return the marked days and each model's curve there; none without daily counts."""
    if all_days is None:
        return np.zeros(0), {}
    length = all_days.born.size
    even = np.linspace(0, length - 1, min(length, MARKS)).astype(np.int64)
    marks = np.unique(np.append(even, known.days - 1)).astype(np.float64)
    return marks, {
        outcome.name: totals.tracking(
            calendar.plain(outcome.fitted),
            born=all_days.born,
            clock=calendar.clock(outcome.fitted, length),
            marks=marks,
            level=level,
        )
        for outcome in outcomes
    }
