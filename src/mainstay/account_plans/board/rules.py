"""How an account does: each factor by itself, on plain values, and never summed to a score."""

from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum

MONTH_DAYS = 30
UNLIKELY, UNSURE = 0.5, 0.8  # probability of still being a customer
FALLING, FALLEN = -0.05, -0.3  # trend of purchase days, half year against half year
DISTANT, COOL = 0.4, 0.6  # closeness in our eyes
FEWEST_CRITERIA = 5
QUIET_DAYS, SILENT_DAYS = 45, 90
REVIEW_DAYS, LONG_AGO_DAYS = 122, 244
MANY = 3  # actions overdue
FEWEST_KNOWN = 5  # factors that must be known before an account is called well
GRAVE = frozenset({"no_decider", "decider_against", "one_contact"})
SERIOUS = frozenset({"contact_left", "strong_against", "gatekeeper_unfriendly", "contact_deleted"})


class Tone(IntEnum):
    BAD = 0
    WATCH = 1
    GOOD = 2
    UNKNOWN = 3


def _below(value: float | None, bad: float, watch: float) -> Tone:
    if value is None:
        return Tone.UNKNOWN
    return Tone.BAD if value < bad else Tone.WATCH if value < watch else Tone.GOOD


def _above(value: float | None, watch: float, bad: float) -> Tone:
    return _below(None if value is None else -value, -bad, -watch)


def still_buying(p_alive: float | None) -> Tone:
    return _below(p_alive, UNLIKELY, UNSURE)


def sales(trend: float | None) -> Tone:
    return _below(trend, FALLEN, FALLING)


def certainty(cells: Iterable[tuple[int | None, int | None]], fell: int) -> Tone:
    """Judge by levels now and wanted: low and wanted higher, or fallen within the month, is bad."""
    judged = [(now, wanted) for now, wanted in cells if now and wanted]
    if not judged:
        return Tone.UNKNOWN
    if fell or any(now == 1 < wanted for now, wanted in judged):
        return Tone.BAD
    return Tone.WATCH if any(now < wanted for now, wanted in judged) else Tone.GOOD


def relation(closeness: float | None, criteria: int) -> Tone:
    return _below(closeness if criteria >= FEWEST_CRITERIA else None, DISTANT, COOL)


def buying_centre(people: int, gaps: Collection[str]) -> Tone:
    if not people:
        return Tone.UNKNOWN
    if GRAVE & set(gaps):
        return Tone.BAD
    return Tone.WATCH if SERIOUS & set(gaps) else Tone.GOOD


def contact(days: int | None) -> Tone:
    return _above(days, QUIET_DAYS, SILENT_DAYS)


def actions(planned: int, overdue: int) -> Tone:
    if not planned:
        return Tone.UNKNOWN
    return Tone.BAD if overdue >= MANY else Tone.WATCH if overdue else Tone.GOOD


def review(days: int | None) -> Tone:
    """Judge by the days since the last review; none held yet is to be watched, not unknown."""
    return Tone.WATCH if days is None else _above(days, REVIEW_DAYS, LONG_AGO_DAYS)


def complaints(still_open: int) -> Tone:
    return Tone.BAD if still_open > 1 else Tone.WATCH if still_open else Tone.GOOD


def health(tones: Sequence[Tone]) -> Tone:
    """Return the word for the account: one bad factor needs attention, two to watch are watched.

    Nothing is added up: what is good does not outweigh what is bad. With fewer than five factors
    known, an account without bad ones is not called well.
    """
    known = [tone for tone in tones if tone != Tone.UNKNOWN]
    if Tone.BAD in known:
        return Tone.BAD
    if len(known) < FEWEST_KNOWN:
        return Tone.UNKNOWN
    return Tone.WATCH if known.count(Tone.WATCH) > 1 else Tone.GOOD
