"""Which model of purchases fits this company: all of them on its own holdout, for the summary."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from mainstay.analysis.lifetime import candidates, compare, names
from mainstay.analysis.lifetime.compare import Comparison, Holdout, Later, Outcome
from mainstay.analysis.lifetime.dated import Dated
from mainstay.analysis.lifetime.purchase_model import PurchaseModel

from . import back_test, histories
from .back_test import Daily
from .forecasts import Cannot
from .histories import Floats, numbers

LEAST_OPPORTUNITIES = 3  # of a holdout, where time counts them
USUAL = "bg_nbd"  # where nothing is compared, or nothing can be


def known(rows: pa.Table, daily: Daily, *, to: date) -> Dated:
    """Return histories up to a day, a customer each, beside the daily counts up to it."""
    h, of = histories.arrays(rows), _numbers(rows)
    x, t_x, T = (np.repeat(column, of) for column in (h.x, h.t_x, h.T))
    days = (to - daily.start).days + 1
    return Dated(x, t_x, T, daily.born[:days], (daily.bought - daily.born)[:days])


def compared(
    held_out: pa.Table,
    daily: Daily,
    *,
    split: date,
    as_of: date,
    level: float,
    opportunities: bool = False,
) -> Comparison | Cannot:
    """Fit every model on purchases up to the split and compare with what came after.

    Args:
        held_out: the columns HELD_OUT of `histories.calibration`.
        daily: counts up to the as-of day.
        split, as_of: where the histories end, and the holdout.
        level: of the intervals.
        opportunities: whether a day stands for an opportunity to buy, so that BG/BB applies.
    """
    models = names.OF_OPPORTUNITIES if opportunities else names.NAMES
    least = LEAST_OPPORTUNITIES if opportunities else back_test.LEAST_HOLDOUT
    days, of = (as_of - split).days, _numbers(held_out)
    if reason := back_test.too_little(days, int(of.sum()), least=least):
        return Cannot("comparison", reason)
    seen = known(held_out, daily, to=split)
    after = Holdout(days, np.repeat(numbers(held_out, "actual"), of))
    later = Later(daily.born, daily.bought - daily.born)
    try:
        return compare.compare(seen, after, all_days=later, models=models, level=level)
    except ValueError as impossible:
        return Cannot("comparison", str(impossible))


def chosen(wish: str, found: Comparison | Cannot | None) -> str:
    """Return the name of the model to use.

    Raises:
        ValueError: no model is called so.
    """
    if wish == names.BEST:
        return found.chosen if isinstance(found, Comparison) else USUAL
    names.check(wish)
    return wish


def fit(name: str, rows: pa.Table, daily: Daily, *, as_of: date) -> PurchaseModel:
    """Return the named model of all customers, or raise ValueError with a sentence."""
    return candidates.fit(name, known(rows, daily, to=as_of))


def tested_as(wish: str, found: Comparison | Cannot | None) -> PurchaseModel | None:
    """Return the model to use as it was fitted up to the split; None if it was not."""
    name, outcomes = chosen(wish, found), found.outcomes if isinstance(found, Comparison) else ()
    return next((outcome.fitted for outcome in outcomes if outcome.name == name), None)


def told(found: Comparison | Cannot | None, *, wish: str, daily: Daily) -> dict[str, Any] | None:
    """Return the comparison as the summary carries it; None where there is none."""
    if not isinstance(found, Comparison):
        return None
    return {
        "wish": wish,
        "used": chosen(wish, found),
        "chosen": found.chosen,
        "tied": list(found.tied),
        "n": found.n,
        "customers": found.customers,
        "level": found.level,
        "split": (daily.start + timedelta(found.known_days - 1)).isoformat(),
        "days": daily.born.size - found.known_days,
        "actual": found.best.errors.actual,
        "models": [_outcome(outcome) for outcome in found.outcomes],
        "rules": {name: asdict(errors) for name, errors in found.baselines.items()},
        "cannot": [{"name": name, "why": why} for name, why in found.cannot.items()],
        "tracking": _tracking(found, daily.start),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": outcome.name,
        "title": names.title_of(outcome.fitted),
        "calendar": names.in_calendar_time(outcome.fitted),
        "tied": outcome.tied,
        "log_score": outcome.log_score,
        "behind": outcome.behind,
        "behind_error": outcome.behind_error,
        **asdict(outcome.errors),
        "median_mae": outcome.median_mae,
        "covered": outcome.covered,
        "low": outcome.total.low,
        "high": outcome.total.high,
        "groups": [asdict(group) for group in outcome.groups],
        "note": outcome.fitted.note,
    }


def _tracking(found: Comparison, start: date) -> dict[str, Any]:
    days = [(start + timedelta(int(mark))).isoformat() for mark in found.marks]
    curves = {
        name: {"mean": _listed(curve.mean), "low": _listed(curve.low), "high": _listed(curve.high)}
        for name, curve in found.tracking.items()
    }
    return {"days": days, "actual": _listed(found.actual), "models": curves}


def _listed(values: Floats) -> list[float]:
    return [round(float(value), 2) for value in values]


def _numbers(rows: pa.Table) -> Any:
    """Return how many customers each row stands for."""
    if "n" in rows.column_names:
        return rows["n"].to_numpy().astype(np.int64)
    return np.ones(rows.num_rows, dtype=np.int64)
