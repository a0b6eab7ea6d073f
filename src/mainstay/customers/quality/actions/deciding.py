"""What people do about findings: put right, assign, say that it is not an error."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import actions as customers
from mainstay.customers import rules as customer_rules
from mainstay.customers.actions.cleaning import may_edit, may_edit_all
from mainstay.customers.quality import queries
from mainstay.customers.quality.catalogue import label
from mainstay.customers.quality.models import Bounce, Confirmation, Finding, State
from mainstay.people.permissions import require
from mainstay.records.actions import record, record_many
from mainstay.shared import versions

from . import checking


@transaction.atomic
def assign(*, by: Any, now: datetime, ids: Sequence[int], assignee: Any) -> int:
    """Say who sees to the findings; None: nobody. Return how many changed."""
    may_edit(by)
    rows = list(_mine(by, ids).exclude(assignee=assignee))
    changes = [
        _change(row, "assignee", str(row.assignee or ""), str(assignee or "")) for row in rows
    ]
    Finding.objects.filter(pk__in=[row.pk for row in rows]).update(assignee=assignee)
    record_many(by=by, verb="quality.assigned", changes=changes, now=now)
    return len(rows)


@transaction.atomic
def ignore(*, by: Any, now: datetime, ids: Sequence[int], reason: str) -> int:
    """Say that the findings are no errors, and why; their customers' scores rise."""
    may_edit(by)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Write why this is not an error.")})
    Finding(reason=reason).clean_fields(exclude=_all_but("reason"))
    return _set(by, now, ids, State.IGNORED, reason, "quality.ignored")


def reopen(*, by: Any, now: datetime, ids: Sequence[int]) -> int:
    """Put findings that were said to be no errors back on the worklist."""
    may_edit(by)
    return _set(by, now, ids, State.OPEN, "", "quality.reopened")


@transaction.atomic
def confirm(*, by: Any, now: datetime, customer: Any, today: date) -> None:
    """Note that somebody looked at the customer's record and it is still right."""
    may_edit(by, customer=customer)
    values = {"by": by, "confirmed_at": now}
    Confirmation.objects.update_or_create(customer=customer, defaults=values)
    record(by=by, verb="customer.confirmed", target=customer, now=now)
    recheck(by=by, now=now, customer=customer, today=today)


@transaction.atomic
def fix_customer(
    *, by: Any, now: datetime, customer: Any, values: Mapping[str, Any], today: date
) -> None:
    """Change the customer's fields that were found wanting, and look again."""
    customers.change_customer(by=by, now=now, customer=customer, values=values, version=None)
    recheck(by=by, now=now, customer=customer, today=today)


@transaction.atomic
def fix_contact(
    *,
    by: Any,
    now: datetime,
    customer: Any,
    contact: Any,
    values: Mapping[str, Any],
    today: date,
) -> None:
    """Change the contact's fields that were found wanting, and look again."""
    customers.change_contact(by=by, now=now, contact=contact, values=values, version=None)
    recheck(by=by, now=now, customer=customer, today=today)


@transaction.atomic
def recheck(*, by: Any, now: datetime, customer: Any, today: date) -> None:
    """Ask the rules again about one customer; who put something right stands at the finding."""
    before = {row.pk for row in queries.open_at(customer)}
    out = queries.bounced_addresses()
    checking.check([customer.pk], queries.uses(), out, today=today, now=now)
    Finding.objects.filter(pk__in=before, state=State.FIXED).update(closed_by=by)


@transaction.atomic
def note_bounces(*, by: Any, now: datetime, emails: Sequence[str], reason: str = "") -> int:
    """Note addresses that mail came back from; the next check finds who has them."""
    if by is not None:
        require(by, "interactions.edit")
    found = [_address(each) for each in emails if each.strip()]
    if not found:
        raise ValidationError({"emails": _("Write at least one address, each on its own line.")})
    for email in dict.fromkeys(found):
        row = Bounce.objects.filter(email=email).first() or Bounce(email=email)
        row.bounced_at, row.reason = now, reason.strip()
        versions.check(row)
        row.save()
        record(by=by, verb="quality.bounce_noted", target=row, now=now)
    return len(set(found))


def _address(typed: str) -> str:
    try:
        return customer_rules.normalised_email(typed).lower()
    except customer_rules.Refused as refusal:
        text = _("“%(value)s” is not an e-mail address; write one in each line.")
        raise ValidationError({"emails": text % {"value": refusal.value[:80]}}) from refusal


@transaction.atomic
def _set(by: Any, now: datetime, ids: Sequence[int], state: str, reason: str, verb: str) -> int:
    rows = list(_mine(by, ids).exclude(state=State.FIXED).exclude(state=state))
    ended = None if state == State.OPEN else now
    decided = {"closed_at": ended, "closed_by": by if ended else None, "reason": reason}
    Finding.objects.filter(pk__in=[row.pk for row in rows]).update(state=state, **decided)
    changes = [_change(row, "reason", row.reason, reason) for row in rows]
    record_many(by=by, verb=verb, changes=changes, now=now)
    touched = sorted({row.customer_id for row in rows})
    out, uses = queries.bounced_addresses(), queries.uses()
    checking.check(touched, uses, out, today=now.date(), now=now)
    return len(rows)


def _mine(by: Any, ids: Sequence[int]) -> Any:
    rows = queries.worklist(by) if by is not None else Finding.objects.all()
    may_edit_all(by, rows.filter(pk__in=list(ids)).values_list("customer", flat=True))
    return rows.filter(pk__in=list(ids)).select_related("customer", "assignee")


def _change(
    row: Finding, name: str, old: str, new: str
) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """Return the change as the customer's history tells it."""
    return row.customer, {name: old}, {"finding": label(row.rule), name: new}


def _all_but(name: str) -> set[str]:
    return {field.name for field in Finding._meta.fields} - {name}
