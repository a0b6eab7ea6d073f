"""Put cohorts of one's own together; they never overlap, so nobody counts twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.value.presenters.sentences import translated

from .models import OwnCohort

MOST = 40
EARLIEST, LATEST = 1900, 2199  # years


@transaction.atomic
def save_own(
    *, by: Any, now: datetime, values: Mapping[str, Any], own: OwnCohort | None = None
) -> OwnCohort:
    """Add a cohort of one's own, or change it.

    Raises:
        ValidationError: it overlaps another, ends before it begins, or its name is taken.
    """
    require(by, "value.view")
    mine = OwnCohort.objects.select_for_update().filter(user=by)
    others = [each for each in mine if own is None or each.pk != own.pk]
    row = own or OwnCohort(user=by)
    known = {name: values[name] for name in ("name", "first", "last")}
    known |= {end: known[end].replace(day=1) for end in ("first", "last")}
    old, new = versions.apply(row, known)
    _check(row, others)
    row.save()
    if new:
        verb = "own_cohort.changed" if own else "own_cohort.added"
        told = {name: str(value) for name, value in new.items()}
        record(by=by, verb=verb, target=row, old=_texts(old), new=told, now=now)
    return row


@transaction.atomic
def remove_own(*, by: Any, now: datetime, own: OwnCohort) -> None:
    """Take a cohort of one's own off."""
    require(by, "value.view")
    old = {"name": own.name, "first": str(own.first), "last": str(own.last)}
    record(by=by, verb="own_cohort.removed", target=own, old=old, now=now)
    own.delete()


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value is not None}


def _check(row: OwnCohort, others: list[OwnCohort]) -> None:
    from mainstay.analysis.value.cohorts import Span, check

    if not all(EARLIEST <= end.year <= LATEST for end in (row.first, row.last)):
        raise ValidationError({"first": _("Choose months from 1900 to 2199.")})
    if any(other.name == row.name for other in others):
        message = _("You have a cohort “%(name)s” already; choose another name.")
        raise ValidationError({"name": message % {"name": row.name}})
    if len(others) >= MOST:
        message = _("You have %(n)d cohorts; remove one before you add another.")
        raise ValidationError(message % {"n": MOST})
    try:
        check([Span(each.name, each.first, each.last) for each in (*others, row)])
    except ValueError as refusal:
        raise ValidationError({"first": translated(str(refusal))}) from refusal
