"""What the builder shows: the rule as a form, and beside it whom it means."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy, ngettext

from mainstay.customers.pages import url as customer_url
from mainstay.people.permissions import can
from mainstay.people.queries import company

from . import builder, counting, facts, fields, presenters, queries, words
from .fields import Field, Kind
from .operators import OPERATORS, Takes, offered, operator
from .tree import DEEPEST, WINDOWED

SECONDS = 1.0
FEW_CHOICES = 12
MATCHES = [
    ("all", gettext_lazy("all of these hold")),
    ("any", gettext_lazy("any of these holds")),
    ("none", gettext_lazy("none of these holds")),
]
UNITS = {Kind.SHARE: "%", Kind.EVENT: "×"}


def allowed(user: Any) -> Any:
    """Return who may ask a field: whoever has the right that its capability demands."""
    return lambda known: not known.permission or can(user, known.permission)


def page(user: Any, raw: dict[str, Any], *, now: datetime, strict: bool = False) -> dict[str, Any]:
    """Return the builder with the rule as typed; `strict` says at each place what is wrong."""
    rule, problems = builder.readable(raw, allowed(user))
    tree = _Form(user, problems if strict else {})
    return {"tree": tree.group(raw, ""), "preview": preview(user, rule, problems, now=now)}


def deed(data: QueryDict) -> dict[str, Any]:
    """Return the rule of the form after the button that was pressed."""
    return builder.changed(builder.typed(data), data.get("do", ""))


def preview(user: Any, rule: Any, problems: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    """Return how many customers the rule means, who some of them are and what they are worth."""
    n = len(problems)
    text = ngettext("%(n)d condition is not complete.", "%(n)d conditions are not complete.", n)
    found: dict[str, Any] = {"open": text % {"n": n} if n else "", "reading": ""}
    if rule is None:
        return found
    rows = queries.meeting(user, rule, now=now)
    size = counting.size(rows)
    few = size.number and not size.more
    return found | {
        "reading": words.reading(rule),
        "size": presenters.sized(size),
        "left_out": presenters.left_out(queries.restricted_meeting(user, rule, now=now)),
        "missing": presenters.missing(rule),
        "samples": [(row.name, customer_url(row.pk)) for row in counting.samples(rows)],
        "facts": facts.of(user, rows, seconds=SECONDS) if few else [],
    }


class _Form:
    """The rule as nested dictionaries of what the template writes."""

    def __init__(self, user: Any, problems: Mapping[str, str]) -> None:
        may = allowed(user)
        self.user, self.problems = user, problems
        known = [each for each in fields.every() if may(each)]
        known.sort(key=lambda each: str(each.group))
        self.groups = [
            (group, sorted(found, key=lambda each: str(each.label)))
            for group, found in groupby(known, key=lambda each: str(each.group))
        ]
        self.count = 0

    def group(self, raw: dict[str, Any], place: str) -> dict[str, Any]:
        places = [f"{place}.{n}".lstrip(".") for n in range(len(raw["rules"]))]
        parts = [
            (self.group if "rules" in part else self.condition)(part, at)
            for part, at in zip(raw["rules"], places, strict=True)
        ]
        depth = place.count(".") + 1 if place else 0
        return self._known(place) | {
            "is_group": True,
            "match": raw["match"],
            "matches": MATCHES,
            "parts": parts,
            "deeper": depth < DEEPEST - 1,
            "root": not place,
        }

    def condition(self, raw: dict[str, Any], place: str) -> dict[str, Any]:
        known = fields.get(raw.get("field", ""))
        found = self._known(place) | {"groups": self.groups, "chosen": raw.get("field", "")}
        if known is None:
            return found
        how = operator(known, raw.get("op", "")) or OPERATORS[known.kind][0]
        return found | {
            "operators": offered(known),
            "operator": how,
            "unit": company().currency if _is_money(known) else UNITS.get(known.kind, ""),
            "inputs": self._inputs(known, how, raw),
            "window": known.kind in WINDOWED,
            "days": raw.get("days", ""),
            "detail": self._detail(known, raw),
        }

    def _known(self, place: str) -> dict[str, Any]:
        self.count += 1
        name = f"n.{place}" if place else "n"
        return {
            "name": name,
            "id": name.replace(".", "-"),
            "place": place,
            "number": ".".join(str(int(n) + 1) for n in place.split(".")) if place else "",
            "problem": self.problems.get(place, ""),
        }

    def _inputs(self, known: Field, how: Any, raw: dict[str, Any]) -> dict[str, Any]:
        value: Any = raw.get("value", "")
        match how.takes:
            case Takes.NOTHING:
                return {}
            case Takes.CHOICES:
                return self._choices(known, value)
            case Takes.TWO_NUMBERS | Takes.TWO_DAYS:
                low, high = value if isinstance(value, list) and len(value) == 2 else ("", "")  # noqa: PLR2004  from and to
                kind = "number" if how.takes is Takes.TWO_NUMBERS else "date"
                return {"type": kind, "value": low, "other": high, "two": True}
            case Takes.TEXT:
                return {"type": "text", "value": value}
            case Takes.DAY:
                return {"type": "date", "value": value}
        return {"type": "number", "value": value, "days": how.takes is Takes.DAYS}

    def _choices(self, known: Field, value: Any) -> dict[str, Any]:
        options = self._offered(known)
        chosen = {str(each) for each in (value if isinstance(value, list) else [value])}
        marked = [(key, label, str(key) in chosen) for key, label in options]
        return {"type": "few" if len(options) <= FEW_CHOICES else "many", "options": marked}

    def _offered(self, known: Field) -> list[Any]:
        if known.key == queries.NESTED:
            return [(str(row.pk), str(row)) for row in queries.by_name(self.user)]
        return known.choices() if known.choices else []

    def _detail(self, known: Field, raw: dict[str, Any]) -> dict[str, Any] | None:
        if not known.detail:
            return None
        of = raw.get("of", [])
        if known.choices is None:
            return {"label": known.detail_label, "type": "text", "value": of[0] if of else ""}
        marked = [(key, label, str(key) in of) for key, label in known.choices()]
        return {"label": known.detail_label, "type": "one", "options": marked}


def _is_money(known: Field) -> bool:
    return known.kind is Kind.MONEY or known.money


def beginning(data: QueryDict, segment: Any) -> dict[str, Any]:
    """Return the rule to show: as typed, as kept, or one open condition."""
    if data:
        return builder.typed(data)
    return segment.definition if segment is not None else builder.BEGINNING
