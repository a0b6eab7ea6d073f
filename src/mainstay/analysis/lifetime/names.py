"""What the models of purchases are called, by programs and by people."""

from __future__ import annotations

TITLES = {
    "bg_nbd": "BG/NBD",
    "mbg_nbd": "MBG/NBD",
    "pareto_nbd": "Pareto/NBD",
    "nbd": "NBD",
    "bg_bb": "BG/BB",
}
BEST = "best"  # the wish for whichever the holdout chooses
CALENDAR = "_calendar"
EVEN = ("bg_nbd", "mbg_nbd", "pareto_nbd", "nbd")
NAMES = (*EVEN, *(name + CALENDAR for name in EVEN))
OF_OPPORTUNITIES = (
    "bg_bb",
    *EVEN,
)  # where time counts them
_BY_CLASS = {
    "BgNbd": "bg_nbd",
    "MbgNbd": "mbg_nbd",
    "ParetoNbd": "pareto_nbd",
    "Nbd": "nbd",
    "BgBb": "bg_bb",
}


def check(name: str) -> None:
    """Raise ValueError unless there is such a model."""
    if name not in (*NAMES, *OF_OPPORTUNITIES):
        raise ValueError(f"There is no model called {name}. Known: {', '.join(NAMES)}.")


def title(name: str, *, dropout: bool = True) -> str:
    """Return how people call the model; calendar time is said where the name is shown."""
    return TITLES[name.removesuffix(CALENDAR)] if dropout or name == "bg_bb" else TITLES["nbd"]


def title_of(model: object) -> str:
    """Return how people call a fitted model: NBD where it found no dropout."""
    inner = getattr(model, "inner", model)
    return title(_BY_CLASS[type(inner).__name__], dropout=getattr(inner, "dropout", True))


def in_calendar_time(model: object) -> bool:
    """Return whether a fitted model runs in calendar time."""
    return hasattr(model, "inner")
