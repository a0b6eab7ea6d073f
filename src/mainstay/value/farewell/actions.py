"""Keep rules of farewell, and what was decided; nothing here ever acts by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from mainstay.customers import queries as customers
from mainstay.customers.actions import may_edit
from mainstay.customers.segments import queries as segments
from mainstay.people.permissions import require
from mainstay.people.queries import company
from mainstay.records.actions import record
from mainstay.shared import versions

from . import queries
from .models import Decision, FarewellDecision, FarewellRule
from .presets import PROPOSED, SPARED

FIELDS = ("decision", "reason", "review_on")


@transaction.atomic
def decide(
    *, by: Any, now: datetime, customer: int, values: Mapping[str, Any], version: int | None = None
) -> FarewellDecision:
    """Keep what was decided about a customer, with the money at stake that day."""
    require(by, "customers.edit")
    require(by, "money.view")
    target = customers.visible_to(by).filter(pk=customer).first()
    if target is None:
        raise ValidationError(_("There is no such customer, or it is not yours to see."))
    may_edit(by, customer=target)
    today = localdate(now, ZoneInfo(company().time_zone))
    _check(values, today)
    row = FarewellDecision.objects.select_for_update().filter(customer=customer).first()
    if row is None:
        row = FarewellDecision(customer=target, decided_on=today)
    elif version is not None and row.version != version:
        raise versions.EditedMeanwhile(row)
    known = {name: values.get(name) for name in FIELDS}
    old, new = versions.apply(row, known)
    row.decided_on, row.decided_by = today, by
    profit, value = queries.row(by, customer), queries.value_of(customer)
    row.net_profit_minor = profit.net_profit_minor if profit else None
    row.clv_minor = value.clv_minor if value else None
    row.version += 1 if row.pk else 0
    row.save()
    if new:
        record(by=by, verb="farewell.decided", target=target, old=old, new=new, now=now)
    return row


def _check(values: Mapping[str, Any], today: Any) -> None:
    if values.get("decision") not in Decision.values:
        raise ValidationError({"decision": _("Choose what is to be done.")})
    if not str(values.get("reason") or "").strip():
        raise ValidationError({"reason": _("Say why, so that it can be understood in a year.")})
    review = values.get("review_on")
    if values["decision"] == Decision.LATER and review is None:
        raise ValidationError({"review_on": _("Say on which day to look again.")})
    if review is not None and review <= today:
        raise ValidationError({"review_on": _("Choose a day after today.")})


@transaction.atomic
def save_rule(
    *, by: Any, now: datetime, values: Mapping[str, Any], rule: FarewellRule | None = None
) -> FarewellRule:
    """Keep which segment is proposed, and which one spares its customers."""
    require(by, "segments.admin")
    row = rule or FarewellRule()
    known = {name: values[name] for name in ("name", "proposed", "spared")}
    if known["proposed"].pk == known["spared"].pk:
        message = _("This segment is proposed already; choose another that spares.")
        raise ValidationError({"spared": message})
    if FarewellRule.objects.filter(name=known["name"]).exclude(pk=row.pk).exists():
        raise ValidationError({"name": _("There is a rule of this name; choose another name.")})
    old = {name: str(getattr(row, name)) for name in known} if rule else {}
    for name, value in known.items():
        setattr(row, name, value)
    row.save()
    new = {name: str(value) for name, value in known.items()}
    record(by=by, verb="farewell_rule.saved", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def ship(*, now: datetime) -> bool:
    """Add the rule that comes with the program once its segments are there; return whether."""
    found = {each.preset: each for each in segments.every() if each.preset in (PROPOSED, SPARED)}
    if len(found) < 2 or FarewellRule.objects.exists():  # noqa: PLR2004  both
        return False
    with override("en"):
        row = FarewellRule.objects.create(
            name="Unpromising", proposed=found[PROPOSED], spared=found[SPARED]
        )
    record(by=None, verb="farewell_rule.saved", target=row, now=now)
    return True
