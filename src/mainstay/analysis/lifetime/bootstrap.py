"""Errors of fitted parameters by the bootstrap: refit on bases drawn again from the same customers.

Slower than the Hessian by the number of draws, but true where the likelihood is far from quadratic
or the customers do not quite follow the model. Customers are drawn by weights, so it works with the
fit of any model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.estimates import Fitted, Interval, NotEstimable, check_level
from mainstay.analysis.numerics.arrays import numbers

FEWEST = 20  # draws


@dataclass(frozen=True)
class Bootstrap:
    """The parameters of each refit; without those that could not be fitted or saw no dropout."""

    names: tuple[str, ...]
    estimates: tuple[tuple[float, ...], ...]  # one row per refit
    failed: int

    def standard_errors(self) -> dict[str, float]:
        """Return the standard deviation of each parameter over the refits."""
        errors = np.std(self.estimates, axis=0, ddof=1)
        return dict(zip(self.names, map(float, errors), strict=True))

    def confint(self, level: float = 0.95) -> dict[str, Interval]:
        """Return the central interval of each parameter over the refits."""
        check_level(level)
        ends = np.quantile(self.estimates, [0.5 - level / 2, 0.5 + level / 2], axis=0)
        pairs = zip(self.names, *ends.tolist(), strict=True)
        return {name: Interval(low, high) for name, low, high in pairs}


def refits(
    fit: Callable[..., Fitted],
    *,
    draws: int = 200,
    seed: int = 1,
    weights: ArrayLike | None = None,
    **arrays: ArrayLike,
) -> Bootstrap:
    """Return the parameters of `draws` refits; arrays are those that fit takes."""
    if draws < FEWEST:
        raise ValueError(f"draws is {draws}. Give at least {FEWEST}; 200 are usual.")
    size = max(np.size(column) for column in arrays.values())
    w = np.ones(size) if weights is None else numbers("weights", weights)
    n = round(float(w.sum()))
    original = fit(weights=w, **arrays)
    rng, found, failed = np.random.default_rng(seed), [], 0
    for _ in range(draws):
        try:
            model = fit(weights=rng.multinomial(n, w / w.sum()).astype(np.float64), **arrays)
        except NotEstimable:
            failed += 1
            continue
        if getattr(model, "dropout", True) == getattr(original, "dropout", True):
            found.append(tuple(float(getattr(model, name)) for name in model.NAMES))
        else:
            failed += 1
    if len(found) < FEWEST:
        raise NotEstimable(
            f"Only {len(found)} of {draws} drawn bases could be fitted like the original, too few"
            " for an error. Use more customers or a longer period."
        )
    return Bootstrap(type(original).NAMES, tuple(found), failed)
