"""Purchases of a whole base with intervals: chance of each customer, and the errors of the fit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime.estimates import two_sided
from mainstay.analysis.lifetime.forecast import Base
from mainstay.analysis.lifetime.future import Span
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.numerics.arrays import Floats, positive


class Total(NamedTuple):
    """A sum over customers with its prediction interval."""

    mean: float
    low: float
    high: float


def purchases(base: Base, *, t: float, level: float) -> Total:
    """Return all purchases expected in (T, T + t] with their interval.

    Customers are independent given the parameters, so their variances add up; an error of the
    parameters moves all at once (delta method). What the model leaves out, such as a season, is
    not in the interval: the back-test shows it.
    """
    z = two_sided(level)
    span = Span(positive("t", t, zero=True), 0.0)
    if span.empty:
        return Total(0.0, 0.0, 0.0)
    future = base.future(span)
    each = base.alive * base.pairs.spread(future.mean)
    chance = base.alive * base.pairs.spread(future.second) - each**2
    slopes = base.pairs.spread(future.slopes)
    if base.model.dropout:
        slopes = slopes + base.model.alive_slopes(base.x, base.t_x, base.T)
    return _total(float(each.sum()), float(chance.sum()), slopes @ each, base.model, z)


class Curve(NamedTuple):
    """Cumulative repeat purchases of customers born on known days, with the ends of an interval."""

    mean: Floats
    low: Floats
    high: Floats


def tracking(
    model: PurchaseModel, *, born: Floats, clock: Floats, marks: Floats, level: float
) -> Curve:
    """Return the repeat purchases expected up to the marked days, counted from all births.

    Args:
        born: first purchases on each day.
        clock: the model's time at the end of each of these days.
        marks: places of the days at which the curve is wanted.
    """
    z = two_sided(level)
    ages = np.linspace(0.0, float(clock[-1] - clock[0]), 40)[1:]
    if (clock == np.rint(clock)).all():  # and a model of opportunities knows whole ones only
        ages = np.unique(np.ceil(ages))
    known = [_of_newcomer(model, age) for age in ages]
    first = np.zeros((1, 2 + len(model.NAMES)))
    table = np.concatenate([first, np.array(known)])
    grid = np.concatenate([[0.0], ages])
    totals = []
    for mark in marks.astype(np.int64):
        births = np.flatnonzero(born[: mark + 1])
        age, n = clock[mark] - clock[births], born[births]
        mean, variance, *slopes = (float(n @ np.interp(age, grid, row)) for row in table.T)
        totals.append(_total(mean, variance, np.array(slopes), model, z))
    return Curve(*(np.array(column) for column in zip(*totals, strict=True)))


def _of_newcomer(model: PurchaseModel, age: float) -> list[float]:
    """Return mean, variance and slopes of the mean of a new customer's purchases up to an age."""
    nobody = np.zeros(1)
    base = Base.of(model, nobody, nobody, nobody)
    future = base.future(Span(age, 0.0))
    mean = float(base.alive[0] * future.mean[0])
    slopes = future.slopes[:, 0]
    if model.dropout:
        slopes = slopes + model.alive_slopes(nobody, nobody, nobody)[:, 0]
    return [mean, float(base.alive[0] * future.second[0]) - mean**2, *(mean * slopes).tolist()]


def _total(mean: float, chance: float, slopes: Floats, model: PurchaseModel, z: float) -> Total:
    variance = max(chance, 0.0) + float(slopes @ np.array(model.log_covariance) @ slopes)
    reach = z * float(np.sqrt(variance))
    return Total(mean, max(mean - reach, 0.0), mean + reach)
