"""The models of purchases side by side, with known parameters: what all of them must satisfy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from mainstay.analysis.lifetime import bg_nbd, mbg_nbd, nbd, pareto_nbd
from mainstay.analysis.lifetime.purchase_model import PurchaseModel

Known = Callable[..., Any]


def known(kind: type[PurchaseModel], *parameters: float) -> Any:
    """Return a model with the given parameters, known exactly."""
    none = ((0.0,) * len(parameters),) * len(parameters)
    values = dict(zip(kind.NAMES, parameters, strict=True))
    return kind(**values, log_likelihood=0.0, n=1, log_covariance=none)


class Kind(NamedTuple):
    """A model, its fit, and parameters that draw a believable base in days."""

    model: type[PurchaseModel]
    fit: Callable[..., Any]
    truth: tuple[float, ...]

    def true(self) -> Any:
        """Return the model with those parameters."""
        return known(self.model, *self.truth)


KINDS = {
    "nbd": Kind(nbd.Nbd, nbd.fit, (0.8, 60.0)),
    "bg_nbd": Kind(bg_nbd.BgNbd, bg_nbd.fit, (0.6, 40.0, 0.8, 2.4)),
    "mbg_nbd": Kind(mbg_nbd.MbgNbd, mbg_nbd.fit, (0.8, 40.0, 0.7, 2.0)),
    "pareto_nbd": Kind(pareto_nbd.ParetoNbd, pareto_nbd.fit, (0.7, 40.0, 0.6, 150.0)),
}
