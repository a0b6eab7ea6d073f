"""A person's decision about a stage: with a reason, and until when."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.lifecycle import queries
from mainstay.customers.lifecycle.models import Override, StageChange, Standing
from mainstay.customers.lifecycle.rules import Reason
from mainstay.records.actions import record
from mainstay.shared import events, versions


@transaction.atomic
def set_stage(*, by: Any, now: datetime, today: date, customer: Any, values: Any) -> Override:
    """Put the customer into a stage by hand, until the day given or until it is ended."""
    _may(by, customer)
    until = values.get("until_date")
    if until is not None and until < today:
        raise ValidationError({"until_date": _("The last day is over; choose a later one.")})
    if not str(values.get("reason", "")).strip():
        raise ValidationError({"reason": _("Write why: others will want to know.")})
    row = Override(
        customer=customer,
        stage=values["stage"],
        reason=values["reason"].strip(),
        from_date=today,
        until_date=until,
        made_by=by,
        made_at=now,
    )
    versions.check(row)
    Override.objects.filter(customer=customer, ended_at=None).update(ended_at=now, ended_by=by)
    row.save()
    _move(by, now, row)
    new = {"stage": row.stage, "reason": row.reason, "until": str(until or "")}
    record(by=by, verb="customer.stage_set", target=customer, new=new, now=now)
    return row


@transaction.atomic
def end_override(*, by: Any, now: datetime, customer: Any) -> bool:
    """End the decision; the next computation says where the customer stands by its facts."""
    _may(by, customer)
    found = Override.objects.filter(customer=customer, ended_at=None)
    old = found.values_list("stage", flat=True).first()
    if old is None:
        return False
    found.update(ended_at=now, ended_by=by)
    record(by=by, verb="customer.stage_freed", target=customer, old={"stage": old}, now=now)
    return True


def _may(by: Any, customer: Any) -> None:
    may_edit(by, customer=customer)
    customers.seen_by(by).select_for_update(of=("self",)).get(pk=customer.pk)


def _move(by: Any, now: datetime, row: Override) -> None:
    """Let the customer stand there from now on, and note the step."""
    standing = queries.standing_of(row.customer)
    before = standing.stage if standing else ""
    values: dict[str, Any] = {
        "stage": row.stage,
        "reason": Reason.SET_BY_HAND,
        "figure": None,
        "by_hand": True,
    }
    if before != row.stage:
        values["since"] = row.from_date
        StageChange.objects.create(
            customer=row.customer,
            day=row.from_date,
            from_stage=before,
            to_stage=row.stage,
            reason=Reason.SET_BY_HAND,
            note=row.reason,
            by_name=str(by or ""),
        )
        told = {"from": before, "to": row.stage}
        events.emit("customer.stage_changed", subject=row.customer, payload=told, now=now)
    first = {"since": row.from_date} | values
    Standing.objects.update_or_create(customer=row.customer, defaults=values, create_defaults=first)
