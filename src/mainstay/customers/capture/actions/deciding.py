"""What becomes of a captured contact that nobody knew."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import actions as customers
from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.actions.erased import refuse_erased
from mainstay.customers.capture.models import Capture, State
from mainstay.records.actions import record

from .consents import note
from .sending import tell


@transaction.atomic
def accept(*, by: Any, now: datetime, capture: Capture) -> Any:
    """Make a new customer of the captured contact, with source and campaign; return it."""
    row = _welcome(by, capture)
    form, name = row.touchpoint.form, row.name or row.email or row.phone
    values: dict[str, Any] = {
        "kind": "organisation" if row.organisation else "person",
        "name": row.organisation or name,
        "language": row.language,
        **{key: getattr(row, key) for key in ("city", "country", "industry")},
        "acquisition_channel": form.channel,
        "acquisition_campaign": form.campaign,
    }
    if not row.organisation:
        values |= {"email": row.email, "phone": row.phone}
    customer = customers.add_customer(by=by, now=now, values=values)
    _settle(row, by, now, customer)
    return customer


@transaction.atomic
def attach(*, by: Any, now: datetime, capture: Capture, customer: Any) -> Any:
    """Note the captured contact at a customer we know; return the customer."""
    may_edit(by, customer=customer)
    row = _welcome(by, capture)
    _settle(row, by, now, customer)
    return customer


@transaction.atomic
def refuse(*, by: Any, now: datetime, capture: Capture) -> None:
    """Leave the captured contact out: spam, or somebody we do not serve."""
    row = _open(by, capture)
    row.state, row.decided_by, row.decided_at = State.REFUSED, by, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    record(by=by, verb="capture.refused", target=row, now=now)


def _open(by: Any, capture: Capture) -> Capture:
    may_edit(by)
    row: Capture = Capture.objects.select_for_update(of=("self",)).get(pk=capture.pk)
    if row.state != State.NEW:
        raise ValidationError(_("Somebody decided on this already; look at it again."))
    return row


def _welcome(by: Any, capture: Capture) -> Capture:
    """Return the open capture; raise for somebody who asked to be erased."""
    row = _open(by, capture)
    try:
        refuse_erased({"email": row.email, "phone": row.phone})
    except ValidationError as refusal:
        raise ValidationError(refusal.messages) from refusal
    return row


def _settle(row: Capture, by: Any, now: datetime, customer: Any) -> None:
    contact = None
    if row.name:
        kept = {name: getattr(row, name) for name in ("name", "email", "phone", "language")}
        contact = customers.add_contact(
            by=by, now=now, values=kept, customer=customer, position=row.position
        )
    row.customer, row.contact, row.state = customer, contact, State.ACCEPTED
    row.decided_by, row.decided_at = by, now
    row.save()
    tell(capture=row, by=row.entered_by, now=now)
    note(capture=row, now=now)
    record(by=by, verb="capture.accepted", target=row, new={"customer": str(customer)}, now=now)
