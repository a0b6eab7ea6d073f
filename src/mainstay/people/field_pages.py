"""What the page of fields × roles shows, and how its answers are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from mainstay.people import field_matrix, queries
from mainstay.people.field_matrix import Line
from mainstay.people.permissions import ADMINISTRATOR, HIDDEN, READ_ONLY

SIGN = "|"
LONGEST = 10


@dataclass(frozen=True)
class Cell:
    """What one role does with one field; `choices` is empty where its rights give nothing."""

    name: str
    label: str
    rule: str
    choices: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Row:
    line: Line
    cells: list[Cell]


def matrix() -> dict[str, Any]:
    """Return the fields by what they belong to, with what each role does with them."""
    rules, version = queries.field_rules()
    roles = [(role, str(name)) for role, name in queries.role_choices() if role != ADMINISTRATOR]
    rows = [Row(line, _cells(line, roles, rules)) for line in field_matrix.lines()]
    groups = groupby(rows, key=lambda row: str(row.line.group))
    return {
        "roles": [name for _role, name in roles],
        "groups": [(name, list(found)) for name, found in groups],
        "version": version,
        "number": sum(bool(cell.rule) for row in rows for cell in row.cells),
    }


def answers(given: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return the answers by line and role; other parts of the form are left out."""
    pairs = ((name.rpartition(SIGN), value) for name, value in given.items() if SIGN in name)
    return {(key, role): value for (key, _sign, role), value in pairs}


def version(given: Mapping[str, str]) -> int | None:
    """Return the version of the rules that the page showed; None where it does not say."""
    text = given.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST else None


def asked(given: Mapping[str, str]) -> dict[str, Any]:
    """Return what the form says, as the action takes it."""
    return {"wanted": answers(given), "version": version(given)}


def kept_back(user: Any) -> list[tuple[str, str]]:
    """Return what the user's role does not see, or not change, in words."""
    rules = {user.role: user.field_rules}
    told = ((line, field_matrix.told(line, user.role, rules)) for line in field_matrix.lines())
    return [
        (f"{line.group}: {line.label}", _words(line, user.role, rule))
        for line, rule in told
        if rule and user.role != ADMINISTRATOR
    ]


def in_a_line(user: Any, lines: list[Line]) -> str:
    """Return what of the lines is kept from the user, as a page says it in one line."""
    rules = {user.role: user.field_rules}
    found: dict[str, list[str]] = {HIDDEN: [], READ_ONLY: []}
    for line in lines if user.role != ADMINISTRATOR else ():
        if line.choices(user.role) and (rule := field_matrix.told(line, user.role, rules)):
            found[rule].append(str(line.label))
    parts = []
    if found[HIDDEN]:
        parts.append(_("does not see: %(fields)s") % {"fields": ", ".join(found[HIDDEN])})
    if found[READ_ONLY]:
        parts.append(_("does not change: %(fields)s") % {"fields": ", ".join(found[READ_ONLY])})
    return " · ".join(parts)


def _cells(line: Line, roles: list[tuple[str, str]], rules: Mapping[str, Any]) -> list[Cell]:
    found = []
    for role, name in roles:
        rule = field_matrix.told(line, role, rules)
        choices = [(each, _words(line, role, each), each == rule) for each in line.choices(role)]
        label = f"{line.group}, {line.label}: {name}"
        found.append(Cell(f"{line.key}{SIGN}{role}", label, rule, choices))
    return found


def _words(line: Line, role: str, rule: str) -> str:
    if rule == HIDDEN:
        return _("hidden")
    changes = READ_ONLY in line.choices(role) and not rule
    return _("changes") if changes else _("sees")
