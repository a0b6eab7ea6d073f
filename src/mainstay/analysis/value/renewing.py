"""Renewals of contracts: how many renew the first, second, … time, how long customers stay, and
what goes with leaving.

    contracts -> chains -> counted -> found (sBG, Kaplan-Meier, Cox)
                        -> ending  ->       (what sBG says of the next twelve months)

Only counts cross from the engine: a million contracts are a few thousand rows.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import numpy as np
from ibis import _

from mainstay.analysis.lifetime import cox, kaplan_meier, sbg
from mainstay.analysis.lifetime.estimates import NotEstimable
from mainstay.analysis.lifetime.sbg import Sbg
from mainstay.analysis.numerics import intervals
from mainstay.analysis.value.churn import NEVER

LEVEL = 0.95
MONTH = 365.25 / 12
YEAR = 365
AHEAD = 10  # renewals that the curve goes on to, at least
LONGEST_YEARS = 10.0  # no first contract is taken as longer: one without end would dwarf the rest
COVARIATES = {"amount": "log_amount", "length": "length"}
TEN = 10.0  # amounts differ by tenths of a doubling, which is all a ratio can resolve


def counted(chains: ibis.Table, *, as_of: date) -> ibis.Table:
    """Return how many chains of contracts share what the models read.

    Args:
        chains: from `churn.contract_relations`.
        as_of: up to when those not gone were observed.

    Columns: contracts, months, gone, log_amount (to the base 2), length (first contract, years), n.
    """
    last = ibis.least(chains.last_day, ibis.literal(as_of))
    days = last.delta(chains.first_day, unit="day").cast("float64") + 1
    length = (chains.first_days.cast("float64") / YEAR).round().clip(lower=1, upper=LONGEST_YEARS)
    amount = (chains.yearly_minor.cast("float64").clip(lower=1).log2() * TEN).round() / TEN
    told = chains.mutate(
        months=(days / MONTH).round().clip(lower=1).cast("int64"),
        length=length.cast("float64"),
        log_amount=amount.cast("float64"),
    )
    return told.group_by("contracts", "months", "gone", "log_amount", "length").agg(n=_.count())


def ending(chains: ibis.Table, *, as_of: date) -> ibis.Table:
    """Return the contracts that end in the 365 days after `as_of`, by their number in the chain."""
    until = as_of + timedelta(YEAR)
    soon = chains.filter((_.last_day >= as_of) & (_.last_day < until) & ~_.gone)
    rows = soon.filter(_.last_day < ibis.literal(NEVER))
    return rows.group_by("contracts").agg(
        n=_.count(), yearly_minor=_.yearly_minor.sum().cast("int64")
    )


def found(
    rows: Mapping[str, Sequence[Any]], ends: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return what sBG, Kaplan-Meier and Cox say, JSON-ready; "why" where one cannot be fitted.

    Args:
        rows: columns from `counted`.
        ends: rows from `ending`, of which sBG tells how many will be renewed.
    """
    columns = {name: np.asarray(values, dtype=np.float64) for name, values in rows.items()}
    told: dict[str, Any] = {
        "customers": int(columns["n"].sum()),
        "gone": int((columns["n"] * columns["gone"]).sum()),
        "level": LEVEL,
    }
    fits = {"sbg": lambda c: _sbg(c, ends), "stay": _stay, "cox": _cox}
    for name, fit in fits.items():
        try:
            told[name] = fit(columns)
        except NotEstimable as reason:
            told[name] = {"why": str(reason)}
    return told


def _sbg(columns: dict[str, Any], ends: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    tenure = columns["contracts"] - (1 - columns["gone"])
    model = sbg.fit(tenure=tenure, lost=columns["gone"], weights=columns["n"])
    observed = _observed(tenure, columns["gone"], columns["n"])
    curve = model.curve(max(AHEAD, len(observed)), level=LEVEL)
    points = [
        {name: float(values[place]) for name, values in curve._asdict().items()}
        for place in range(curve.renewal.size)
    ]
    return {
        "parameters": {"alpha": model.alpha, "beta": model.beta},
        "n": model.n,
        "alike": model.alike,
        "note": model.note,
        "curve": points,
        "observed": observed,
        "ahead": _ahead(model, ends),
    }


def _observed(tenure: Any, gone: Any, n: Any) -> list[dict[str, float]]:
    """Return for each renewal how many came to it and renewed, with Wilson's interval."""
    rows = []
    for renewal in range(1, int(tenure.max()) + 1):
        at_risk = float(n[tenure >= renewal].sum())
        kept = at_risk - float(n[(tenure == renewal) & (gone == 1)].sum())
        share = intervals.wilson(kept, at_risk, level=LEVEL)
        ends = {"share": share.value, "low": share.low, "high": share.high}
        rows.append({"renewal": renewal, "at_risk": at_risk, "kept": kept, **ends})
    return rows


def _stay(columns: dict[str, Any]) -> dict[str, Any]:
    fit = kaplan_meier.fit(
        tenure=columns["months"], lost=columns["gone"], weights=columns["n"], level=LEVEL
    )
    median = fit.quantile()
    ends = [None if np.isinf(end) else float(end) for end in fit.quantile_interval()]
    names = ("times", "survival", "low", "high", "at_risk")
    columns = {name: getattr(fit, name).tolist() for name in names}
    points = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return {"points": points, "median": median, "median_ends": ends, "n": fit.n, "note": fit.note}


def _cox(columns: dict[str, Any]) -> dict[str, Any]:
    known = {
        name: columns[column] for name, column in COVARIATES.items() if np.ptp(columns[column])
    }
    if not known:
        raise NotEstimable(
            "All contracts are alike in amount and length, so nothing can go with leaving."
        )
    fit = cox.fit(
        tenure=columns["months"], lost=columns["gone"], weights=columns["n"], covariates=known
    )
    effects = {name: effect._asdict() for name, effect in fit.effects(LEVEL).items()}
    return {
        "effects": effects,
        "concordance": fit.concordance,
        "n": fit.n,
        "losses": fit.losses,
        "few": fit.losses < cox.FEW_LOSSES * len(known),
    }


def _ahead(model: Sbg, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return how many of the contracts that end within a year will be renewed, and what is lost."""
    if not rows:
        return None
    curve = model.curve(max(row["contracts"] for row in rows), level=LEVEL)
    shares = {"value": curve.retention, "low": curve.retention_low, "high": curve.retention_high}
    kept = {
        name: [(row, float(each[row["contracts"] - 1])) for row in rows]
        for name, each in shares.items()
    }
    lost = {name: sum(row["yearly_minor"] * (1 - r) for row, r in kept[name]) for name in kept}
    return {
        "ending": sum(row["n"] for row in rows),
        "yearly_minor": sum(row["yearly_minor"] for row in rows),
        "renewed": {name: sum(row["n"] * r for row, r in kept[name]) for name in kept},
        "lost_minor": {"value": lost["value"], "low": lost["high"], "high": lost["low"]},
    }
