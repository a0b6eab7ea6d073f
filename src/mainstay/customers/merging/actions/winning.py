"""Whose values win by the company's own rules; and what comes to a tombstone later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.merging import queries
from mainstay.customers.merging.actions import moving
from mainstay.customers.merging.actions.by_rule import RIGHT
from mainstay.customers.merging.models import Absorbed, FieldRule, Rule, Subject, TrustedSource
from mainstay.people.permissions import require
from mainstay.records.actions import record

AT_ONCE = 500


@transaction.atomic
def save_rules(
    *, by: Any, now: datetime, subject: str, values: Mapping[str, str], sources: Sequence[Any]
) -> None:
    """Write the rule of each field, and the sources from the most trusted on."""
    require(by, RIGHT)
    before = queries.field_rules(subject)
    if set(values) - set(before) or set(values.values()) - set(Rule.values):
        raise ValidationError(_("Choose one of the rules for each field."))
    changed = {name: rule for name, rule in values.items() if before[name] != rule}
    for name, rule in changed.items():
        FieldRule.objects.update_or_create(subject=subject, field=name, defaults={"rule": rule})
    trusted = [row.source_id for row in queries.trusted()]
    wanted = [source.pk for source in sources]
    if trusted != wanted:
        TrustedSource.objects.all().delete()
        rows = [TrustedSource(source=row, place=place) for place, row in enumerate(sources, 1)]
        TrustedSource.objects.bulk_create(rows)
    if changed or trusted != wanted:
        old = {name: before[name] for name in changed}
        new = changed | {"sources": [str(source) for source in sources]}
        target = FieldRule(subject=subject, field=subject)
        record(by=by, verb="merging.rules_changed", target=target, old=old, new=new, now=now)


def settle() -> int:
    """Move to the survivors what programs wrote on tombstones since; return how many merges."""
    count = 0
    for subject in Subject.values:
        standing = Absorbed.objects.filter(active=True, **{f"{subject}__isnull": False})
        merges = sorted(set(standing.values_list("merge", flat=True)))
        for start in range(0, len(merges), AT_ONCE):
            with transaction.atomic():
                moving.move(merges[start : start + AT_ONCE], subject)
        count += len(merges)
    return count
