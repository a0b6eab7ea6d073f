"""A rule: conditions in groups, read from JSON; what does not fit is said at its place."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import fields
from .fields import Field, Kind
from .operators import Operator, Takes, operator

VERSION = 1
DEEPEST = 4  # groups within groups
MOST_CONDITIONS = 40
MOST_CHOICES = 100
LONGEST_TEXT = 200
LARGEST_NUMBER = 10**12
MOST_DAYS = 36_500
MATCHES = ("all", "any", "none")
WINDOWED = {Kind.EVENT, Kind.SUM}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Condition:
    """A field asked by an operator; `days` is the window of an event, None: ever."""

    field: Field
    operator: Operator
    value: Any = None
    other: Any = None
    days: int | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """All, any or none of its parts must hold."""

    match: str
    parts: "tuple[Condition | Group, ...]"


class Unfit(ValidationError):
    """A rule that cannot be read; `places` has a sentence for each place, like "1.0"."""

    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__([_told(place, text) for place, text in places.items()])
        self.places = dict(places)


def _told(place: str, text: str) -> str:
    if not place:
        return text
    number = ".".join(str(int(part) + 1) for part in place.split("."))
    return _("Condition %(number)s: %(text)s") % {"number": number, "text": text}


class _Wrong(Exception):
    pass


@dataclass
class _Reader:
    """Reads a rule for somebody who may ask what `allowed` says."""

    allowed: Any
    wrong: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def group(self, raw: Any, place: str, depth: int) -> Group:
        if not isinstance(raw, Mapping) or raw.get("match") not in MATCHES:
            raise _Wrong(_("Say whether all, any or none of the conditions must hold."))
        parts = raw.get("rules")
        if not isinstance(parts, list) or not parts:
            raise _Wrong(_("Add a condition to this group, or remove it."))
        if depth > DEEPEST:
            raise _Wrong(
                _("Groups lie in groups %(n)d deep at most; put this one higher up.")
                % {"n": DEEPEST}
            )
        found = [self.part(each, f"{place}.{n}".lstrip("."), depth) for n, each in enumerate(parts)]
        return Group(raw["match"], tuple(each for each in found if each is not None))

    def part(self, raw: Any, place: str, depth: int) -> Condition | Group | None:
        try:
            if isinstance(raw, Mapping) and "rules" in raw:
                return self.group(raw, place, depth + 1)
            return self.condition(raw)
        except _Wrong as wrong:
            self.wrong[place] = str(wrong)
            return None

    def condition(self, raw: Any) -> Condition:
        self.count += 1
        if self.count > MOST_CONDITIONS:
            raise _Wrong(_("A rule has %(n)d conditions at most.") % {"n": MOST_CONDITIONS})
        known = fields.get(_text(raw.get("field"))) if isinstance(raw, Mapping) else None
        if known is None or not self.allowed(known):
            raise _Wrong(_("Choose what to ask; this is not known, or not yours to ask."))
        how = operator(known, _text(raw.get("op")))
        if how is None:
            raise _Wrong(_("Choose how to ask “%(what)s”.") % {"what": known.label})
        value, other = _values(known, how, raw.get("value"))
        days = _window(raw.get("days")) if known.kind in WINDOWED else None
        return Condition(known, how, value, other, days, _details(known, raw.get("of")))


def read(raw: Any, *, allowed: Any = lambda known: True) -> Group:
    """Return the rule.

    Raises:
        Unfit: something in it is unknown, of the wrong kind or too deep.
    """
    reader = _Reader(allowed)
    if isinstance(raw, Mapping) and raw.get("version", VERSION) != VERSION:
        raise Unfit({"": _("This rule was written for another version of the program.")})
    try:
        group = reader.group(raw, "", 1)
    except _Wrong as wrong:
        raise Unfit({"": str(wrong)}) from wrong
    if reader.wrong:
        raise Unfit(reader.wrong)
    return group


def written(node: Condition | Group) -> dict[str, Any]:
    """Return the rule as JSON keeps it."""
    if isinstance(node, Group):
        return {"match": node.match, "rules": [written(part) for part in node.parts]}
    found: dict[str, Any] = {"field": node.field.key, "op": node.operator.key}
    if node.other is not None:
        found["value"] = [_plain(node.value), _plain(node.other)]
    elif node.value is not None:
        value = node.value
        found["value"] = list(value) if isinstance(value, tuple) else _plain(value)
    if node.days:
        found["days"] = node.days
    if node.of:
        found["of"] = list(node.of)
    return found


def conditions(node: Condition | Group) -> Iterator[Condition]:
    """Yield every condition of the rule."""
    if isinstance(node, Condition):
        yield node
        return
    for part in node.parts:
        yield from conditions(part)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _text(raw: Any) -> str:
    return raw if isinstance(raw, str) else ""


def _values(known: Field, how: Operator, raw: Any) -> tuple[Any, Any]:
    """Return what the operator takes, checked."""
    match how.takes:
        case Takes.NOTHING:
            return None, None
        case Takes.TEXT:
            return _typed(raw), None
        case Takes.NUMBER:
            return (_count(raw) if known.kind is Kind.EVENT else _number(raw)), None
        case Takes.DAYS:
            return _days(raw), None
        case Takes.DAY:
            return _day(raw), None
        case Takes.CHOICES:
            return _chosen(known, raw), None
        case _:
            return _two(how, raw)


def _two(how: Operator, raw: Any) -> tuple[Any, Any]:
    check: Any = _number if how.takes is Takes.TWO_NUMBERS else _day
    if not isinstance(raw, list | tuple) or len(raw) != 2:  # noqa: PLR2004  from and to
        raise _Wrong(_("Write both ends."))
    low, high = check(raw[0]), check(raw[1])
    if low > high:
        raise _Wrong(_("The first end lies behind the second; swap them."))
    return low, high


def _typed(raw: Any) -> str:
    text = _text(raw).strip()
    if not text or len(text) > LONGEST_TEXT:
        raise _Wrong(_("Write 1 to %(n)d characters to compare with.") % {"n": LONGEST_TEXT})
    if _CONTROL.search(text):
        raise _Wrong(_("Remove the control characters from the text."))
    return text


def _number(raw: Any) -> float | int:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise _Wrong(_("Write a number."))
    if abs(raw) > LARGEST_NUMBER:
        raise _Wrong(_("This number is too large; write one up to a trillion."))
    return raw


def _count(raw: Any) -> int:
    number = _number(raw)
    if number != int(number) or not 1 <= number <= 10**6:
        raise _Wrong(_("Write how many times, a whole number from 1 on."))
    return int(number)


def _days(raw: Any) -> int:
    number = _number(raw)
    if number != int(number) or not 1 <= number <= MOST_DAYS:
        raise _Wrong(_("Write a number of days from 1 to %(n)d.") % {"n": MOST_DAYS})
    return int(number)


def _window(raw: Any) -> int | None:
    return None if raw in (None, "") else _days(raw)


def _day(raw: Any) -> date:
    try:
        day = date.fromisoformat(_text(raw))
    except ValueError:
        raise _Wrong(_("Choose a day.")) from None
    if not 1900 <= day.year <= 2199:  # noqa: PLR2004  years that every part can reckon with
        raise _Wrong(_("Choose a day between 1900 and 2199."))
    return day


def _chosen(known: Field, raw: Any) -> tuple[str, ...]:
    given = raw if isinstance(raw, list | tuple) else [raw]
    chosen = tuple(dict.fromkeys(str(each) for each in given if each not in (None, "")))
    if not chosen:
        raise _Wrong(_("Choose at least one of “%(what)s”.") % {"what": known.label})
    if len(chosen) > MOST_CHOICES:
        raise _Wrong(_("Choose %(n)d at most.") % {"n": MOST_CHOICES})
    _offered(known, chosen)
    return chosen


def _offered(known: Field, chosen: tuple[str, ...]) -> None:
    """Raise unless every choice is still offered."""
    offered = {key for key, _label in known.choices()} if known.choices else set()
    if gone := [each for each in chosen if each not in offered]:
        text = _("“%(choice)s” is not to be chosen for “%(what)s” any more; choose again.")
        raise _Wrong(text % {"choice": gone[0][:80], "what": known.label})


def _details(known: Field, raw: Any) -> tuple[str, ...]:
    """Return to which of its kinds an event is narrowed; empty: all."""
    if not known.detail or raw in (None, "", []):
        return ()
    if known.choices is None:
        return (_typed(raw[0] if isinstance(raw, list | tuple) else raw),)
    return _chosen(known, raw)
