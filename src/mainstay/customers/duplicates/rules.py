"""Which zone a pair falls into, decided from plain values."""

from collections.abc import Mapping, Sequence
from typing import Any

from mainstay.analysis.matching.explanation import contradicted

MERGE, ASK, LEAVE = "merge", "ask", ""


def zone(
    probability: float, steps: Sequence[Mapping[str, Any]], *, merge_from: float, ask_from: float
) -> str:
    """Return what happens to a pair: merged by rule, asked about, or left.

    However probable, a person is asked where something contradicts: another tax number, another
    given name in one household.
    """
    if probability < ask_from:
        return LEAVE
    if probability < merge_from or contradicted(steps):
        return ASK
    return MERGE
