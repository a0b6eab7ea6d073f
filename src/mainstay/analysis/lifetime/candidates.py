"""The models of purchases that can be had by name, each in even time or in calendar time."""

from __future__ import annotations

from mainstay.analysis.lifetime import bg_nbd, calendar, mbg_nbd, nbd, pareto_nbd
from mainstay.analysis.lifetime.calendar import Fit
from mainstay.analysis.lifetime.dated import Dated
from mainstay.analysis.lifetime.purchase_model import PurchaseModel

FITS: dict[str, Fit] = {
    "bg_nbd": lambda x, t_x, T: bg_nbd.fit(frequency=x, recency=t_x, T=T),
    "mbg_nbd": lambda x, t_x, T: mbg_nbd.fit(frequency=x, recency=t_x, T=T),
    "pareto_nbd": lambda x, t_x, T: pareto_nbd.fit(frequency=x, recency=t_x, T=T),
    "nbd": lambda x, t_x, T: nbd.fit(frequency=x, recency=t_x, T=T),
}
TITLES = {
    "bg_nbd": "BG/NBD",
    "mbg_nbd": "MBG/NBD",
    "pareto_nbd": "Pareto/NBD",
    "nbd": "NBD",
}
CALENDAR = "_calendar"
NAMES = (*FITS, *(name + CALENDAR for name in FITS))


def fit(name: str, known: Dated) -> PurchaseModel:
    """Return the model of that name in days, or raise ValueError with a sentence."""
    check(name)
    even = FITS[name.removesuffix(CALENDAR)]
    if name.endswith(CALENDAR):
        return calendar.fit(known, even)
    return even(known.x, known.t_x, known.T)


def check(name: str) -> None:
    """Raise ValueError unless there is such a model."""
    if name not in NAMES:
        raise ValueError(f"There is no model called {name}. Known: {', '.join(NAMES)}.")


def title(name: str, *, dropout: bool = True) -> str:
    """Return how people call the model; calendar time is said where the name is shown."""
    return TITLES[name.removesuffix(CALENDAR)] if dropout else TITLES["nbd"]
