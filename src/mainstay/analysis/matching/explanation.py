"""Why two records match: one step per comparison, as data; a page says it in words."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from mainstay.analysis.matching.comparisons import COMPARISONS
from mainstay.analysis.matching.levels import Comparison, Level


class Step(TypedDict):
    """How much the agreement of one thing speaks for one customer, or against, in bits."""

    field: str
    level: str
    bits: float


PRIOR = "prior"
UNKNOWN = "unknown"
_LEVELS = {(c.field, level.key): level for c in COMPARISONS for level in c.levels}


def steps(row: Mapping[str, Any], asked: Sequence[Comparison], *, prior_bits: float) -> list[Step]:
    """Return the steps of a pair: `gamma_` numbers its levels from 0, the last, `mw_` weighs them.

    The first step is what is known before anything is compared; the bits add up to the weight.
    """
    found: list[Step] = [{"field": PRIOR, "level": PRIOR, "bits": round(prior_bits, 2)}]
    for comparison in asked:
        number = int(row[f"gamma_{comparison.field}"])
        if number < 0:
            continue
        level = comparison.levels[len(comparison.levels) - 1 - number]
        rare = row.get(f"mw_tf_adj_{comparison.field}") or 0.0
        weight = float(row[f"mw_{comparison.field}"]) + float(rare)
        found.append({"field": comparison.field, "level": level.key, "bits": round(weight, 2)})
    return found


def level_of(step: Mapping[str, Any]) -> Level | None:
    """Return the level a step names; None for the first step, and for levels of earlier rules."""
    return _LEVELS.get((step["field"], step["level"]))


def contradicted(found: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether anything speaks so much against it that only a person should decide."""
    return any(level.contradicts for step in found if (level := level_of(step)))
