"""The builder's form as a rule, as far as it is written: names of inputs are places in the tree.

The condition at place 1.0 has the inputs `n.1.0.field`, `n.1.0.op` and so on, a group `n.1.match`.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from . import fields
from .fields import Field
from .operators import Takes, offered, operator
from .tree import DEEPEST, MATCHES, MOST_CONDITIONS, WINDOWED, Unfit, read

_NAME = re.compile(r"n((?:\.\d{1,2})*)\.(match|field|op|value|other|days|of)")
NEW: dict[str, Any] = {"field": "", "op": ""}
BEGINNING: dict[str, Any] = {"match": "all", "rules": [NEW]}
_NUMBERS = {Takes.NUMBER, Takes.TWO_NUMBERS, Takes.DAYS}
MOST_PARTS = 100


def typed(data: QueryDict) -> dict[str, Any]:
    """Return the rule as it stands in the form; what is not written yet is left open."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for name, values in list(data.lists())[: MOST_CONDITIONS * 12]:
        if found := _NAME.fullmatch(name):
            nodes.setdefault(found[1], {})[found[2]] = [v.replace("\0", " ") for v in values]
    return _group("", nodes) if nodes else BEGINNING


def _group(place: str, nodes: dict[str, dict[str, list[str]]]) -> dict[str, Any]:
    match = (nodes.get(place, {}).get("match") or ["all"])[-1]
    depth = place.count(".") + 1
    below = [p for p in nodes if p.startswith(f"{place}.") and p.count(".") == depth]
    below.sort(key=lambda each: int(each.rsplit(".", 1)[1]))
    parts = [_part(each, nodes) for each in below]
    return {"match": match if match in MATCHES else "all", "rules": parts}


def _part(place: str, nodes: dict[str, dict[str, list[str]]]) -> dict[str, Any]:
    inputs = nodes[place]
    if "match" in inputs:
        return _group(place, nodes)
    known = fields.get(_last(inputs, "field"))
    if known is None:
        return dict(NEW)
    ways = offered(known)
    how = operator(known, _last(inputs, "op")) or ways[0]
    found: dict[str, Any] = {"field": known.key, "op": how.key}
    found |= _value(how.takes, inputs)
    if known.kind in WINDOWED:
        found |= _window(known, inputs)
    return found


def _value(takes: Takes, inputs: Mapping[str, list[str]]) -> dict[str, Any]:
    if takes is Takes.NOTHING:
        return {}
    if takes is Takes.CHOICES:
        return {"value": [each for each in inputs.get("value", []) if each]}
    read_one = _number if takes in _NUMBERS else str
    value = read_one(_last(inputs, "value"))
    if takes in (Takes.TWO_NUMBERS, Takes.TWO_DAYS):
        return {"value": [value, read_one(_last(inputs, "other"))]}
    return {"value": value}


def _window(known: Field, inputs: Mapping[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if days := _last(inputs, "days"):
        found["days"] = _number(days)
    if known.detail and (chosen := [each for each in inputs.get("of", []) if each]):
        found["of"] = chosen
    return found


def _last(inputs: Mapping[str, list[str]], name: str) -> str:
    return (inputs.get(name) or [""])[-1].strip()


def _number(text: str) -> Any:
    """Return the number, or the text itself, which is refused with a sentence where it stands."""
    try:
        number = float(text.replace(" ", "").replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def changed(raw: dict[str, Any], deed: str) -> dict[str, Any]:
    """Return the rule after a button was pressed: "add:0.1", "group:", "remove:2"."""
    verb, _colon, place = deed.partition(":")
    path = [int(each) for each in place.split(".") if each.isdecimal()]
    match verb:
        case "add":
            _at(raw, path).append(dict(NEW))
        case "group" if len(path) < DEEPEST - 1:
            _at(raw, path).append({"match": "any", "rules": [dict(NEW), dict(NEW)]})
        case "remove" if path:
            parts = _at(raw, path[:-1])
            del parts[path[-1] : path[-1] + 1]
    return raw


def _at(raw: dict[str, Any], path: list[int]) -> list[Any]:
    """Return the parts of the group at a place; of nothing where the form has none there."""
    for number in path:
        rules = raw.get("rules", [])
        if number >= len(rules) or "rules" not in rules[number]:
            return []
        raw = rules[number]
    parts: list[Any] = raw.get("rules", [])
    return parts if len(parts) < MOST_PARTS else []


def readable(raw: dict[str, Any], allowed: Any) -> tuple[Any, dict[str, str]]:
    """Return the rule without what cannot be read yet, and a sentence for each such place."""
    try:
        return read(raw, allowed=allowed), {}
    except Unfit as unfit:
        problems = unfit.places
    kept = _without(raw, "", problems)
    try:
        return (read(kept, allowed=allowed) if kept else None), problems
    except Unfit:
        return None, problems


def _without(raw: Any, place: str, problems: Mapping[str, str]) -> dict[str, Any] | None:
    if place and place in problems:
        return None
    if "rules" not in raw:
        kept: dict[str, Any] = raw
        return kept
    places = [f"{place}.{n}".lstrip(".") for n in range(len(raw["rules"]))]
    parts = [_without(part, at, problems) for part, at in zip(raw["rules"], places, strict=True)]
    left = [part for part in parts if part]
    return {"match": raw["match"], "rules": left} if left else None
