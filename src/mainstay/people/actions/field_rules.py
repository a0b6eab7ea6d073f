"""What roles see and change of a record, field by field."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people import field_matrix
from mainstay.people.field_matrix import Line
from mainstay.people.models import Role, RoleFields, User
from mainstay.people.permissions import ADMINISTRATOR, require
from mainstay.records.actions import record

GOVERNED = tuple(role for role in Role.values if role != ADMINISTRATOR)
Rules = dict[str, dict[str, dict[str, str]]]


class RulesChanged(Exception):
    """Somebody else set field rules since the page was opened."""


@transaction.atomic
def set_field_rules(
    *, by: Any, now: datetime, wanted: Mapping[tuple[str, str], str], version: int | None = None
) -> int:
    """Set what the roles see: (line's key, role) → nothing, read_only or hidden; return how many.

    What is not named stays. Raise RulesChanged when `version` is no longer that of the rules.
    """
    require(by, "people.admin")
    rows = _locked()
    if version is not None and version != sum(row.version for row in rows.values()):
        raise RulesChanged
    before: Rules = {role: row.rules for role, row in rows.items()}
    changed = [
        (line, role, rule)
        for line in field_matrix.lines()
        for role in GOVERNED
        if (rule := wanted.get((line.key, role))) is not None
        and rule != field_matrix.told(line, role, before)
    ]
    for line, role, rule in changed:
        if rule not in line.choices(role):
            text = _("“%(field)s” cannot be set so for this role. Choose from the list.")
            raise ValidationError(text % {"field": line.label})
    _keep_elsewhere(by, now, changed)
    for role in {role for _line, role, _rule in changed}:
        mine = [(line, rule) for line, whose, rule in changed if whose == role]
        _keep(by, now, rows[role], mine)
    return len(changed)


def _locked() -> dict[str, RoleFields]:
    """Return the rules of each role, made where there are none, locked in one order."""
    for role in GOVERNED:
        RoleFields.objects.get_or_create(role=role)
    rows = RoleFields.objects.select_for_update().filter(role__in=GOVERNED).order_by("pk")
    return {row.role: row for row in rows}


def _keep(by: Any, now: datetime, row: RoleFields, changes: list[tuple[Line, str]]) -> None:
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    for line, rule in changes:
        name = f"{line.group}: {line.label}"
        old[name] = words(field_matrix.told(line, row.role, {row.role: row.rules}))
        new[name] = words(rule)
        if line.keep is None:
            row.rules = _with(row.rules, line, rule)
    row.version += 1
    row.save()
    User.objects.filter(role=row.role).update(field_rules=row.rules)
    record(by=by, verb="role.fields_changed", target=row, old=old, new=new, now=now)


def _keep_elsewhere(by: Any, now: datetime, changes: list[tuple[Line, str, str]]) -> None:
    for line in {line.key: line for line, _role, _rule in changes if line.keep}.values():
        standing = dict(line.standing or {})
        standing |= {role: rule for other, role, rule in changes if other.key == line.key}
        line.keep(by=by, now=now, rules={r: rule for r, rule in standing.items() if rule})  # type: ignore[misc]


def _with(rules: Mapping[str, Any], line: Line, rule: str) -> dict[str, Any]:
    fields = {k: v for k, v in rules.get(line.subject, {}).items() if k != line.field}
    fields |= {line.field: rule} if rule else {}
    others = {subject: known for subject, known in rules.items() if subject != line.subject}
    return others | ({line.subject: fields} if fields else {})


def words(rule: str) -> str:
    """Return what the rule lets a role do, in a word."""
    return {
        "": str(_("as the role")),
        "read_only": str(_("sees it only")),
        "hidden": str(_("does not see it")),
    }[rule]
