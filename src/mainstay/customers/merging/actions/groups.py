"""The records of a merge, as the rules ask of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.customers.duplicates import actions as duplicates
from mainstay.customers.duplicates import queries as pairs
from mainstay.customers.merging import queries, rules

DEEPEST = 50


def values_of(row: Any, fields: Iterable[Any]) -> dict[str, Any]:
    """Return the record's fields as stored."""
    return {field.name: getattr(row, field.attname) for field in fields}


def candidates(subject: str, rows: Sequence[Any]) -> list[rules.Candidate]:
    fields = queries.fields(subject)
    trust = queries.trust([row.pk for row in rows]) if subject == "customer" else {}
    return [
        rules.Candidate(
            row.pk, values_of(row, fields), row.updated_at, trust.get(row.pk, rules.UNTRUSTED)
        )
        for row in rows
    ]


def choices(
    subject: str, kept: int, rows: Sequence[Any], chosen: Mapping[str, int]
) -> dict[str, rules.Proposal]:
    """Return whose value each field takes: as chosen, else as the rules propose."""
    among = candidates(subject, rows)
    by_rule = queries.field_rules(subject)
    if unknown := sorted(set(chosen) - set(by_rule)):
        text = _("There is no field “%(field)s” to choose; leave it out.")
        raise ValidationError(text % {"field": unknown[0][:80]}, code="unknown_field")
    if any(pk not in {row.pk for row in rows} for pk in chosen.values()):
        raise ValidationError(_("Choose each value from one of the records that are merged."))
    found = {name: rules.proposal(name, rule, kept, among) for name, rule in by_rule.items()}
    return found | {name: rules.Proposal(pk, "chosen") for name, pk in chosen.items()}


def readable(rows: Sequence[Any], field: Any, value: Any) -> Any:
    """Return a stored value as people read it: the name of what a number stands for."""
    if field.remote_field is None or value is None:
        return value
    for row in rows:
        if getattr(row, field.attname) == value and (named := getattr(row, field.name)):
            return str(named)
    return str(field.related_model._base_manager.filter(pk=value).first() or "")


def above(pks: Iterable[int]) -> dict[int, int | None]:
    """Return the parent of each of these customers, of their parents, and so on."""
    found: dict[int, int | None] = {}
    fresh = set(pks)
    for _level in range(DEEPEST):
        if not fresh:
            break
        rows = customers.everybody().filter(pk__in=fresh).values_list("pk", "parent_id")
        found |= dict(rows)
        fresh = {parent for pk, parent in found.items() if parent} - set(found)
    return found


def close_pairs(by: Any, now: datetime, wishes: Sequence[Any]) -> None:
    """Note on the pairs of duplicates within each group that they are merged."""
    for wish in wishes:
        decide_pairs(by, now, wish.pks, "merged", among=("open", "distinct"))


def decide_pairs(
    by: Any, now: datetime, pks: Collection[int], state: Any, among: Sequence[str]
) -> int | None:
    """Decide all pairs within the group that are in one of these states; return the first."""
    rows = pairs.pairs(None).filter(left__in=pks, right__in=pks, state__in=among)
    found = list(rows.order_by("-probability", "pk"))
    for pair in found:
        duplicates.decide(pair=pair, state=state, by=by, now=now)
    return found[0].pk if found else None
