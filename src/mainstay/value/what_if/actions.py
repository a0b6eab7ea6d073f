"""Keep a scenario, change it, put it away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.value.models import Scenario

from . import outcome, queries

FIELDS = ("name", "note", *outcome.LEVERS, "costs")


@transaction.atomic
def keep_scenario(*, by: Any, now: datetime, values: Mapping[str, Any]) -> Scenario:
    """Keep the levers under a name; a scenario of that name is replaced."""
    require(by, "value.run")
    _check(values)
    row = queries.scenarios().select_for_update(of=("self",)).filter(name=values["name"]).first()
    verb = "scenario.changed" if row else "scenario.added"
    row = row or Scenario(by=by)
    old, new = versions.apply(row, {name: values[name] for name in FIELDS if name in values})
    if row.pk is None and queries.scenarios().count() >= queries.MOST:
        text = _("%(n)d scenarios are kept already; put one away first.")
        raise ValidationError(text % {"n": queries.MOST})
    row.save()
    record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


def _check(values: Mapping[str, Any]) -> None:
    now = outcome.today()
    if now is None:
        raise ValidationError(_("There is no value run yet. Compute one first."))
    try:
        outcome.moved(now, values)
    except ValueError as refusal:
        raise ValidationError(str(refusal)) from refusal


@transaction.atomic
def put_away_scenario(*, by: Any, now: datetime, scenario: Scenario) -> None:
    """Put a scenario away: it leaves the page, nothing is deleted."""
    require(by, "value.run")
    if Scenario.objects.filter(pk=scenario.pk, archived_at=None).update(archived_at=now):
        record(by=by, verb="scenario.archived", target=scenario, now=now)
