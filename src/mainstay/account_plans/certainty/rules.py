"""What a level now and a level wanted mean for what is done."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

KINDS = ("need", "market", "transaction")


class Effect(StrEnum):
    KEEP = "keep"
    IMPROVE = "improve"
    LOOSEN = "loosen"


def effect(present: int | None, wanted: int | None) -> Effect | None:
    """Return what follows; None where one of the two is not known."""
    if present is None or wanted is None:
        return None
    if wanted > present:
        return Effect.IMPROVE
    return Effect.KEEP if wanted == present else Effect.LOOSEN


def tactic_key(kind: str, found: Effect) -> str:
    """Return the library's entry for a kind of certainty and what is to become of it."""
    return "loosen" if found == Effect.LOOSEN else f"{kind}.{found}"


def of_account(cells: Iterable[Mapping[str, Any]]) -> dict[str, Effect | None]:
    """Return by kind what the whole account asks for: one service to improve is enough."""
    found: dict[str, list[Effect]] = {kind: [] for kind in KINDS}
    for cell in cells:
        each = effect(cell["present"], cell["wanted"])
        if each is not None:
            found[str(cell["kind"])].append(each)
    return {kind: _strongest(effects) for kind, effects in found.items()}


def _strongest(effects: list[Effect]) -> Effect | None:
    order = (Effect.IMPROVE, Effect.KEEP, Effect.LOOSEN)
    return next((each for each in order if each in effects), None)
