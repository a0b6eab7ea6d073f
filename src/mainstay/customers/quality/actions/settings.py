"""Which rules the company uses, for whom, and how often the file is checked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.quality import queries
from mainstay.customers.quality.catalogue import BY_KEY
from mainstay.customers.quality.models import Plan, RuleSetting
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

RIGHT = "quality.run"
CLASSES = "ABC"


@transaction.atomic
def change_rule(*, by: Any, now: datetime, key: str, values: Mapping[str, Any]) -> RuleSetting:
    """Switch a rule, weigh it, say for whom it is; the next check counts by it."""
    require(by, RIGHT)
    row = queries.settings()[key]
    if BY_KEY[key].limit is None and values.get("limit") is not None:
        raise ValidationError({"limit": _("This rule counts nothing; leave the limit empty.")})
    if BY_KEY[key].limit is not None and values.get("limit", row.limit) is None:
        raise ValidationError({"limit": _("Write a number: this rule counts up to it.")})
    if set(values.get("classes", "")) - set(CLASSES):
        raise ValidationError({"classes": _("Write letters of classes, like A or AB.")})
    if values.get("kind", "") not in {"", "organisation", "person"}:
        raise ValidationError({"kind": _("Choose organisations, people or both.")})
    old, new = versions.apply(row, values)
    if new:
        row.save()
        record(by=by, verb="quality.rule_changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def change_plan(*, by: Any, now: datetime, values: Mapping[str, Any]) -> Plan:
    """Say after how many days the file is checked again; 0: only when somebody asks."""
    require(by, RIGHT)
    plan = queries.plan()
    old, new = versions.apply(plan, values)
    if new:
        plan.save()
        record(by=by, verb="quality.plan_changed", target=plan, old=old, new=new, now=now)
    return plan
