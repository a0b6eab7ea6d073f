"""How we stand with a customer: ratings of several people, two sides, what they mean together.

A rating runs from 1 to 5. The words of the scale are low, medium and high, or the criterion's own:
"short-term" to "long-term" for the exchange of information.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

LOWEST, HIGHEST = 1.0, 5.0
WORDS = ("low", "medium", "high")
# A third of the scale for each word.
CUTS = ((2 * LOWEST + HIGHEST) / 3, (LOWEST + 2 * HIGHEST) / 3)
WIDE = 2.0  # people who are two steps apart do not see the same thing

POINTS = ("horizon", "focus", "task", "market", "basis", "bond", "investment", "risk", "price")
LEANS = (2, 4)  # up to two a point leans to transactions, from four on to the relation
SIDES = ("transactional", "mixed", "relational")

LEVELS = ("basic", "reactive", "accountable", "proactive", "partnership")
# Kotler's table: by the margin, then by how many such customers there are.
_ADVISED = {
    ("high", "many"): ("accountable",),
    ("high", "some"): ("proactive",),
    ("high", "few"): ("partnership",),
    ("medium", "many"): ("reactive",),
    ("medium", "some"): ("accountable",),
    ("medium", "few"): ("proactive",),
    ("low", "many"): ("basic", "reactive"),
    ("low", "some"): ("reactive",),
    ("low", "few"): ("accountable",),
}


@dataclass(frozen=True)
class Spread:
    """What some people rated, together."""

    n: int
    mean: float
    lowest: float
    highest: float
    deviation: float | None  # of the sample; None below two ratings

    @property
    def range(self) -> float:
        return self.highest - self.lowest

    @property
    def is_disputed(self) -> bool:
        """Answer whether two of them are two steps of five apart."""
        return self.range >= WIDE

    @property
    def word(self) -> str:
        return word(self.mean)


def word(value: float) -> str:
    """Return low, medium or high: each holds a third of the scale from 1 to 5.

    >>> word(1), word(3), word(3.7)
    ('low', 'medium', 'high')
    """
    return WORDS[sum(value > cut for cut in CUTS)]


def spread(values: Sequence[float]) -> Spread | None:
    """Return mean, range and standard deviation; None where nobody rated.

    >>> spread([2, 4, 5])
    Spread(n=3, mean=3.6666666666666665, lowest=2, highest=5, deviation=1.5275252316519468)
    """
    if not values:
        return None
    if not all(LOWEST <= value <= HIGHEST for value in values):
        raise ValueError("A rating lies between 1 and 5.")
    n, mean = len(values), sum(values) / len(values)
    off = sum((value - mean) ** 2 for value in values)
    deviation = sqrt(off / (n - 1)) if n > 1 else None
    return Spread(n, mean, min(values), max(values), deviation)


def gap(ours: Spread | None, theirs: Spread | None) -> float | None:
    """Return by how much we see it higher than they do; None unless both sides rated."""
    return ours.mean - theirs.mean if ours and theirs else None


def closeness(means: Mapping[str, float], directions: Mapping[str, int]) -> float | None:
    """Return how close the relation is, from 0 to 1: the mean over the criteria that say so.

    `directions` is 1 where more is closer (trust), -1 where more is more distant (perceived
    distance) and 0 where it says neither (outside actors). None where nothing counts.

    >>> closeness({"trust": 5, "distance": 2}, {"trust": 1, "distance": -1})
    0.875
    """
    width = HIGHEST - LOWEST
    shares = [
        ((value - LOWEST) if directions[key] > 0 else (HIGHEST - value)) / width
        for key, value in means.items()
        if directions.get(key)
    ]
    return sum(shares) / len(shares) if shares else None


@dataclass(frozen=True)
class Diagnosis:
    """Whether selling to the customer is run by transactions or as a relation."""

    side: str  # one of SIDES; empty while too few points are judged
    transactional: int
    relational: int
    judged: int
    needed: int  # points that must lean to one side


def diagnosis(answers: Mapping[str, int]) -> Diagnosis:
    """Return the side to which more than half of the points of reference lean.

    Each point is marked from 1 (as in transactional selling) to 5 (as in relational selling); 1
    and 2, 4 and 5 lean. With no majority of all points the diagnosis is "mixed"; while fewer than a
    majority are judged there is none.

    >>> diagnosis(dict.fromkeys(POINTS[:6], 5)).side
    'relational'
    """
    if set(answers) - set(POINTS):
        raise ValueError("There is no such point of reference.")
    if not all(LOWEST <= value <= HIGHEST for value in answers.values()):
        raise ValueError("A point is marked from 1 to 5.")
    one = sum(value <= LEANS[0] for value in answers.values())
    other = sum(value >= LEANS[1] for value in answers.values())
    needed = len(POINTS) // 2 + 1
    side = ""
    if len(answers) >= needed:
        side = SIDES[0] if one >= needed else SIDES[2] if other >= needed else SIDES[1]
    return Diagnosis(side, one, other, len(answers), needed)


def advised_levels(margin: str, customers: str) -> tuple[str, ...]:
    """Return the levels of relationship that fit, by margin and by number of such customers.

    >>> advised_levels("high", "few")
    ('partnership',)
    """
    try:
        return _ADVISED[margin, customers]
    except KeyError:
        raise ValueError(
            "The margin is low, medium or high; customers many, some or few."
        ) from None
