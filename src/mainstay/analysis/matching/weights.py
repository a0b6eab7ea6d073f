"""What was learnt of a company's own records, as plain values: kept, and used again later."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from mainstay.analysis.matching.comparisons import COMPARISONS, RULES_VERSION
from mainstay.analysis.matching.levels import Comparison

SHIPPED = "shipped"
TRAINED = "trained"
# The shipped weights count as much as this many customers of the company itself.
PRIOR_PAIRS = 50
MOST_PRIOR = 0.01
BIN = 2  # bits: how wide the bins are in which weights are counted
LEAST_U = 1e-7
_SMALLEST = 1e-10
DIGITS = 6  # of a share that is told
Shares = dict[str, dict[str, tuple[float, float]]]


@dataclass(frozen=True)
class Weights:
    """m and u of every level, and how probable it is that any two records are one customer."""

    prior: float
    shares: Shares = field(default_factory=dict)
    method: str = SHIPPED
    records: int = 0
    pairs: int = 0  # that the training found alike
    version: str = RULES_VERSION

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can keep it."""
        return asdict(self)


def known(kept: Mapping[str, Any]) -> Weights | None:
    """Return weights that were kept; None if the comparisons have changed since."""
    if kept.get("version") != RULES_VERSION:
        return None
    shares = {
        name: {key: (m, u) for key, (m, u) in levels.items()}
        for name, levels in kept["shares"].items()
    }
    return Weights(**{**kept, "shares": shares})


def shipped(*, records: int, prior: float = 0.0) -> Weights:
    """Return the weights every company starts from: of ten records one has a duplicate."""
    pairs = max(records * (records - 1) / 2, 1)
    return Weights(
        prior or min(MOST_PRIOR, max(0.05 * records, 0.5) / pairs), _shares({}, 0), SHIPPED, records
    )


def learnt(found: Shares, *, records: int, pairs: int, prior: float) -> Weights:
    """Return what a training found, held back by the shipped weights where it saw little."""
    return Weights(prior, _shares(found, pairs), TRAINED, records, pairs)


def _shares(found: Shares, pairs: int) -> Shares:
    return {c.field: _of(c, found.get(c.field, {}), pairs) for c in COMPARISONS}


def _of(comparison: Comparison, found: dict[str, tuple[float, float]], pairs: int) -> Any:
    both = {}
    for level in comparison.levels:
        m, u = found.get(level.key, (level.m, level.u))
        m = (m * pairs + level.m * PRIOR_PAIRS) / (pairs + PRIOR_PAIRS)
        u = u if level.key in found else level.u
        both[level.key] = (
            _told(max(min(m, level.most_m), _SMALLEST)),
            _told(max(u, LEAST_U)),
        )
    return both


def _told(share: float) -> float:
    """Return a share without the digits in which sums differ that two threads add up."""
    return float(f"{share:.{DIGITS}g}")


def bits(m: float, u: float) -> float:
    return math.log2(m / u)


def probability(weight: float) -> float:
    """Return the probability that a weight in bits stands for.

    >>> probability(0.0), round(probability(10.0), 4)
    (0.5, 0.999)
    """
    return 1 / (1 + 2.0**-weight) if weight > -1000 else 0.0
