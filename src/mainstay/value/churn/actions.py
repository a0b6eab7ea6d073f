"""Choosing who counts as lost, keeping reasons, noting why, weighing what to do about it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mainstay.customers.actions import may_edit
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.value.models import LossNote, LossReason, LossRule, RetentionCase

from . import queries
from .rules import PRESETS, RULE_FIELDS, rule_of

CASE_FIELDS = (
    "name",
    "note",
    "cost_once_minor",
    "cost_yearly_minor",
    "points_low",
    "points",
    "points_high",
)
LARGEST = 10**15  # minor units
LONGEST_KEY = 40


def _may_edit(by: Any, right: str = "churn.edit") -> None:
    if by is not None:
        require(by, right)


@transaction.atomic
def choose_rule(
    *, by: Any, now: datetime, values: Mapping[str, Any], version: int | None = None
) -> LossRule:
    """Choose who counts as lost, from the next value run on; raise EditedMeanwhile if outdated."""
    _may_edit(by)
    row: LossRule = queries.rule()
    if row.pk is not None:
        row = versions.locked(LossRule.objects.all(), row.pk, version)
    old, new = versions.apply(row, {name: values[name] for name in RULE_FIELDS if name in values})
    try:
        rule_of(row)
    except ValueError as refusal:
        message = _(
            "Intervals × the shortest interval must be more than 31 days, days of grace 0 or more,"
            " and the bound of P(alive) between 0 and 1."
        )
        raise ValidationError(message) from refusal
    if new or row.pk is None:
        row.version += row.pk is not None
        row.save()
        record(by=by, verb="loss_rule.changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def save_reason(*, by: Any, now: datetime, values: Mapping[str, Any], key: str = "") -> LossReason:
    """Add a reason of one's own, or give one another name; a shipped one can be renamed too."""
    _may_edit(by)
    name = str(values["name"]).strip()
    known = queries.reasons(archived=True)
    if key and key not in known:
        raise ValidationError(_("There is no such reason; choose one from the list."))
    if name.casefold() in {other.casefold() for k, other in known.items() if k != key}:
        message = _("There is a reason “%(name)s” already; choose another name.")
        raise ValidationError({"name": message % {"name": name}})
    row = LossReason.objects.filter(key=key).first() if key else None
    row = row or LossReason(key=key or _free_key(name, known))
    old, new = versions.apply(row, {"name": name})
    row.save()
    verb = "loss_reason.changed" if key else "loss_reason.added"
    record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


def _free_key(name: str, known: Mapping[str, str]) -> str:
    stem = slugify(name)[: LONGEST_KEY - 5] or "reason"
    return next(key for n in range(1, len(known) + 2) if (key := f"{stem}-{n}") not in known)


@transaction.atomic
def put_away_reason(*, by: Any, now: datetime, key: str, away: bool = True) -> None:
    """Offer a reason no longer, or again; notes that name it stay."""
    _may_edit(by)
    row = LossReason.objects.filter(key=key).first()
    if row is None:
        if key not in PRESETS:
            raise ValidationError(_("There is no such reason; choose one from the list."))
        row = LossReason(key=key, name=str(PRESETS[key]))
    row.archived_at = now if away else None
    row.save()
    verb = "loss_reason.archived" if away else "loss_reason.restored"
    record(by=by, verb=verb, target=row, new={"name": row.name}, now=now)


@transaction.atomic
def note_loss(
    *, by: Any, now: datetime, customer: Any, values: Mapping[str, Any], today: date
) -> LossNote:
    """Note why a customer left, as found out on a day; the latest note counts."""
    may_edit(by, "interactions.edit", customer=customer)
    known = queries.reasons()
    if values["reason"] not in known:
        raise ValidationError({"reason": _("Choose one of the reasons.")})
    if values["noted_on"] > today:
        raise ValidationError({"noted_on": _("That day has not come yet; choose today or before.")})
    row = LossNote(customer=customer, by=by)
    new = versions.apply(row, {name: values[name] for name in ("reason", "noted_on", "text")})[1]
    row.save()
    new |= {"reason": known[row.reason]}
    record(by=by, verb="customer.loss_noted", target=customer, new=new, now=now)
    return row


@transaction.atomic
def save_case(
    *,
    by: Any,
    now: datetime,
    values: Mapping[str, Any],
    case: RetentionCase | None = None,
    version: int | None = None,
) -> RetentionCase:
    """Add an investment case, or change one; raise EditedMeanwhile if somebody else did."""
    _may_edit(by)
    row = RetentionCase(by=by)
    if case is not None:
        row = versions.locked(queries.cases(), case.pk, version)
        row.version += 1
    old, new = versions.apply(row, {name: values[name] for name in CASE_FIELDS if name in values})
    _check(row)
    row.save()
    verb = "retention_case.changed" if case else "retention_case.added"
    record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


def _check(row: RetentionCase) -> None:
    if not 0 <= row.points_low <= row.points <= row.points_high <= 1:
        message = _(
            "The effect expected must lie between the least and the most, all from 0 to 100 points."
        )
        raise ValidationError({"points": message})
    if not (0 <= row.cost_once_minor <= LARGEST and 0 <= row.cost_yearly_minor <= LARGEST):
        raise ValidationError({"cost_once_minor": _("A cost is zero or more; check the number.")})
    same = RetentionCase.objects.filter(name=row.name).exclude(pk=row.pk)
    if same.exists():
        message = _("There is a case “%(name)s” already, perhaps put away; choose another name.")
        raise ValidationError({"name": message % {"name": row.name}})


@transaction.atomic
def put_away_case(*, by: Any, now: datetime, case: RetentionCase) -> None:
    """Put a case away: it leaves the page, nothing is deleted."""
    _may_edit(by)
    if RetentionCase.objects.filter(pk=case.pk, archived_at=None).update(archived_at=now):
        record(by=by, verb="retention_case.archived", target=case, now=now)
