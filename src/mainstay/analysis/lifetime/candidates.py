"""The models of purchases that can be had by name, each in even time or in calendar time."""

from __future__ import annotations

from mainstay.analysis.lifetime import bg_bb, bg_nbd, calendar, mbg_nbd, names, nbd, pareto_nbd
from mainstay.analysis.lifetime.calendar import Fit
from mainstay.analysis.lifetime.dated import Dated
from mainstay.analysis.lifetime.purchase_model import PurchaseModel

FITS: dict[str, Fit] = {
    "bg_nbd": lambda x, t_x, T: bg_nbd.fit(frequency=x, recency=t_x, T=T),
    "mbg_nbd": lambda x, t_x, T: mbg_nbd.fit(frequency=x, recency=t_x, T=T),
    "pareto_nbd": lambda x, t_x, T: pareto_nbd.fit(frequency=x, recency=t_x, T=T),
    "nbd": lambda x, t_x, T: nbd.fit(frequency=x, recency=t_x, T=T),
    "bg_bb": lambda x, t_x, T: bg_bb.fit(frequency=x, recency=t_x, T=T),
}


def fit(name: str, known: Dated) -> PurchaseModel:
    """Return the model of that name in days, or raise ValueError with a sentence."""
    names.check(name)
    even = FITS[name.removesuffix(names.CALENDAR)]
    if name.endswith(names.CALENDAR):
        return calendar.fit(known, even)
    return even(known.x, known.t_x, known.T)
