"""What is known of customers besides their purchases: covariates that do not change over time.

Fader & Hardie (2007), "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD
models". A covariate z of purchasing divides alpha by exp(g z), so the purchase rate is multiplied
by exp(g). One of dropout divides beta by exp(g z) (Pareto/NBD: the rate of leaving is multiplied by
exp(g)), or multiplies a and b by factors of their own (BG/NBD, MBG/NBD).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import beta_geometric, nbd, pareto_nbd, pointwise
from mainstay.analysis.lifetime.estimates import (
    Interval,
    Matrix,
    NotEstimable,
    as_matrix,
    parameter_covariance,
    two_sided,
)
from mainstay.analysis.lifetime.pareto_dropout import Odds
from mainstay.analysis.lifetime.purchase_model import PurchaseModel, customers
from mainstay.analysis.numerics.arrays import Floats, Histories, finite, histories, same_length
from mainstay.analysis.numerics.newton import Objective, maximise
from mainstay.analysis.numerics.special import chi_squared_beyond

STEEPEST = 30.0  # bound of a coefficient, per standard deviation of its covariate
UNSEEN = (
    "Without covariates no dropout is identified in these purchases, so what it depends on cannot"
    " be estimated. Fit the model without covariates, or wait for a longer period."
)
Values = Mapping[str, ArrayLike]
Model = TypeVar("Model", bound=PurchaseModel)


@dataclass(frozen=True)
class Term:
    """One coefficient: which covariate acts on which parameter, and how (+1 times, -1 divides)."""

    parameter: str
    covariate: str
    sign: int

    @property
    def name(self) -> str:
        """Return the name under which the coefficient is reported."""
        return f"{self.parameter}:{self.covariate}"


@dataclass(frozen=True)
class Test:
    """The likelihood-ratio test against the model without covariates."""

    statistic: float
    degrees: int
    p: float


@dataclass(frozen=True, kw_only=True)
class WithCovariates(Generic[Model]):
    """A model whose parameters depend on covariates; `base` is that of a customer with all 0."""

    base: Model
    terms: tuple[Term, ...]
    coefficients: dict[str, float]  # by "parameter:covariate"
    covariance: Matrix  # of the log parameters of base, then of the coefficients
    log_likelihood: float
    n: float
    test: Test

    def standard_errors(self) -> dict[str, float]:
        """Return the standard errors of the parameters at 0 and of the coefficients."""
        errors = np.sqrt(np.diag(self.covariance)[len(self.base.NAMES) :])
        return self.base.standard_errors() | dict(
            zip(self.coefficients, map(float, errors), strict=True)
        )

    def confint(self, level: float = 0.95) -> dict[str, Interval]:
        """Return Wald intervals: of parameters on the log scale, of coefficients as they are."""
        z, errors = two_sided(level), self.standard_errors()
        return self.base.confint(level) | {
            name: Interval(value - z * errors[name], value + z * errors[name])
            for name, value in self.coefficients.items()
        }

    def of(self, **values: float) -> Model:
        """Return the model of customers with these values of the covariates."""
        row = np.array([values.pop(name) for name in self._names()])
        if values:
            raise ValueError(f"The model has no covariate {', '.join(sorted(values))}.")
        return self._of(row)

    def probability_alive(
        self, *, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, covariates: Values
    ) -> Floats:
        """Return P(alive) of each customer."""
        return self._by_profile(
            lambda model, *history: model.alive(*history), (frequency, recency, T), covariates
        )

    def expected_purchases(
        self,
        *,
        t: float,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        covariates: Values,
    ) -> Floats:
        """Return the purchases expected in (T, T + t] of each customer."""
        return self._by_profile(
            lambda model, x, t_x, length: model.expected_purchases(
                t=t, frequency=x, recency=t_x, T=length
            ),
            (frequency, recency, T),
            covariates,
        )

    def _names(self) -> list[str]:
        return sorted({term.covariate for term in self.terms})

    def _of(self, row: Floats) -> Model:
        """Return the model at these covariates, with the covariance of its log parameters."""
        names = self.base.NAMES
        design = np.zeros((len(names), len(names) + len(self.terms)))
        design[:, : len(names)] = np.eye(len(names))
        place = {name: i for i, name in enumerate(self._names())}
        for i, term in enumerate(self.terms):
            at = names.index(term.parameter)
            design[at, len(names) + i] = term.sign * row[place[term.covariate]]
        whole = np.append(np.log(self.base.parameters), list(self.coefficients.values()))
        values = dict(zip(names, np.exp(design @ whole).tolist(), strict=True))
        covariance = design @ np.array(self.covariance) @ design.T
        return type(self.base)(
            **values,
            log_likelihood=self.log_likelihood,
            n=self.n,
            log_covariance=as_matrix(covariance),
        )

    def _by_profile(
        self,
        forecast: Callable[..., Floats],
        history: tuple[ArrayLike, ArrayLike, ArrayLike],
        covariates: Values,
    ) -> Floats:
        x, t_x, T = customers(*history)
        columns = [finite(name, covariates[name]) for name in self._names()]
        same_length(frequency=x, **dict(zip(self._names(), columns, strict=True)))
        profiles, place = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
        result = np.empty_like(x)
        for i, row in enumerate(profiles):
            who = np.flatnonzero(place.ravel() == i)
            result[who] = forecast(self._of(row), x[who], t_x[who], T[who])
        return result


def fit(  # noqa: PLR0913 - a history has three parts, and covariates act on two behaviours
    model: type[Model],
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    purchasing: Values | None = None,
    dropout: Values | None = None,
    weights: ArrayLike | None = None,
) -> WithCovariates[Model]:
    """Return BG/NBD, MBG/NBD or Pareto/NBD with covariates of purchasing and of dropout."""
    h = histories(frequency, recency, T, weights)
    terms, z = _design(model, h, purchasing or {}, dropout or {})
    plain = _plain(model, h)
    if not plain.dropout:
        raise NotEstimable(UNSEEN)
    unit = nbd.time_unit(h)
    scaled, k = h.in_units_of(unit), len(model.NAMES)
    units = np.log([unit if name in model.SCALED else 1.0 for name in model.NAMES])
    centre, spread = z.mean(axis=1), z.std(axis=1)
    rows = _rows(model, terms, (z - centre[:, None]) / spread[:, None])
    start = np.append(np.log(plain.parameters) - units, np.zeros(len(terms)))
    bounds = (np.append(np.full(k, s * 21.0), np.full(len(terms), s * STEEPEST)) for s in (-1, 1))
    optimum = maximise(_objective(model, scaled, rows), start, *bounds)
    back = _back(model, terms, centre, spread)
    covariance = back @ np.array(parameter_covariance(optimum)) @ back.T
    point = back @ optimum.point + np.append(units, np.zeros(len(terms)))
    value = float(optimum.value) - h.total(h.x) * float(np.log(unit))
    base = model(
        **dict(zip(model.NAMES, np.exp(point[:k]).tolist(), strict=True)),
        log_likelihood=value,
        n=h.n,
        log_covariance=as_matrix(covariance[:k, :k]),
    )
    gained = 2.0 * (value - plain.log_likelihood)
    return WithCovariates(
        base=base,
        terms=terms,
        coefficients={t.name: float(v) for t, v in zip(terms, point[k:], strict=True)},
        covariance=as_matrix(covariance),
        log_likelihood=value,
        n=h.n,
        test=Test(gained, len(terms), chi_squared_beyond(gained, len(terms))),
    )


def _plain(model: type[Model], h: Histories) -> PurchaseModel:
    if issubclass(model, beta_geometric.BetaGeometric):
        return beta_geometric.fit(model, h, None)
    return pareto_nbd.fit(frequency=h.x, recency=h.t_x, T=h.T, weights=h.weights)


def _design(
    model: type[PurchaseModel], h: Histories, purchasing: Values, dropout: Values
) -> tuple[tuple[Term, ...], Floats]:
    """Return the terms, and the values of the covariate of each."""
    leaving = {"beta": -1} if issubclass(model, pareto_nbd.ParetoNbd) else {"a": 1, "b": 1}
    terms: list[Term] = [Term("alpha", name, -1) for name in purchasing]
    terms += [Term(at, name, sign) for at, sign in leaving.items() for name in dropout]
    if not terms:
        raise ValueError("There is no covariate. Give at least one of purchasing or of dropout.")
    columns = {name: finite(name, v) for name, v in (dict(purchasing) | dict(dropout)).items()}
    same_length(frequency=h.x, **columns)
    for name, column in columns.items():
        if np.ptp(column) == 0:
            raise ValueError(
                f"{name} is {column[0]:g} for every customer, so its effect cannot be seen."
                " Leave it out."
            )
    return tuple(terms), np.stack([columns[term.covariate] for term in terms])


def _rows(model: type[PurchaseModel], terms: tuple[Term, ...], z: Floats) -> list[Floats]:
    """Return for each parameter the factors of the whole vector in its logarithm, by customer."""
    k = len(model.NAMES)
    rows = [np.zeros((k + len(terms), z.shape[1])) for _ in model.NAMES]
    for i, name in enumerate(model.NAMES):
        rows[i][i] = 1.0
        for j, term in enumerate(terms):
            if term.parameter == name:
                rows[i][k + j] = term.sign * z[j]
    return rows


def _back(
    model: type[PurchaseModel], terms: tuple[Term, ...], centre: Floats, spread: Floats
) -> Floats:
    """Return the matrix from parameters on standardised covariates to those on the given ones."""
    k = len(model.NAMES)
    matrix = np.eye(k + len(terms))
    for j, term in enumerate(terms):
        matrix[k + j, k + j] = 1.0 / spread[j]
        matrix[model.NAMES.index(term.parameter), k + j] = -term.sign * centre[j] / spread[j]
    return matrix


def _objective(model: type[PurchaseModel], h: Histories, rows: list[Floats]) -> Objective:
    used = [np.flatnonzero(np.any(row != 0, axis=1)) for row in rows]
    w = np.ones_like(h.x) if h.weights is None else h.weights

    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        theta = np.exp(np.stack([point[u] @ row[u] for u, row in zip(used, rows, strict=True)]))
        found = _pointwise(model, theta, h)
        slopes, curves = theta * found.slopes, theta[:, None] * theta * found.curves
        gradient, hessian = np.zeros(point.size), np.zeros((point.size, point.size))
        for i, (u, row) in enumerate(zip(used, rows, strict=True)):
            gradient[u] += row[u] @ (w * slopes[i])
            for j, (v, other) in enumerate(zip(used, rows, strict=True)):
                curve = curves[i, j] + (slopes[i] if i == j else 0.0)
                hessian[np.ix_(u, v)] += (row[u] * (w * curve)) @ other[v].T
        return float(w @ found.log), gradient, hessian

    return objective


def _pointwise(model: type[PurchaseModel], theta: Floats, h: Histories) -> Odds:
    if issubclass(model, beta_geometric.BetaGeometric):
        return pointwise.beta_geometric(theta, h, model.COINS)
    return pointwise.pareto_nbd(theta, h)
