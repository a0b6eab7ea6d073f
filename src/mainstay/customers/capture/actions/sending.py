"""What visitors do: look at a form, send it in, confirm their address.

Policy: the answer to a visitor never depends on whether the contact is known.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mainstay.customers import actions as customers
from mainstay.customers.actions.cleaning import normalised
from mainstay.customers.capture import rules
from mainstay.customers.capture.models import Capture, State, Touchpoint
from mainstay.customers.capture.queries import matching
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.shared.rest.actions import claim_requests

from . import coupons
from .consents import note

PLAIN = ("name", "email", "phone", "organisation", "position", "city", "country", "industry")
CHANNELS = {"phone": "call"}


class TooMany(Exception):
    """So much was sent from one address that it must wait."""


def admit(*, what: str, address: str, now: datetime) -> None:
    """Count what the address does; raise TooMany beyond what people do."""
    window = int(now.timestamp()) // rules.WINDOW
    client = rules.sender(address, settings.SECRET_KEY, window, what)
    if not claim_requests(client=client, minute=window, number=1, most=rules.MOST[what]):
        raise TooMany


@transaction.atomic
def count_view(*, touchpoint: Touchpoint) -> None:
    """Count that somebody looked at the form; who it was is not asked."""
    Touchpoint.objects.filter(pk=touchpoint.pk).update(views=F("views") + 1)


@transaction.atomic
def send(
    *,
    touchpoint: Touchpoint,
    nonce: str,
    values: Mapping[str, Any],
    now: datetime,
    by: Any = None,
    url: str = "",
) -> Capture:
    """Keep what somebody filled in, match it, give the coupon; sent twice it is kept once.

    `url`: where the address is confirmed, with a place for the token, for forms that ask for it.
    """
    if already := Capture.objects.filter(nonce=nonce).first():
        return already
    form = touchpoint.form
    capture = Capture(touchpoint=touchpoint, nonce=nonce, captured_at=now, entered_by=by)
    _write(capture, values)
    if capture.consented:
        capture.purpose, capture.consent_channel = form.purpose, form.consent_channel
        capture.wording, capture.wording_version = form.wording, form.wording_version
    capture.language = form.language
    asks = settings.EMAIL_CONFIGURED and by is None and capture.email and _is_confirmed(capture)
    if asks:
        capture.state, capture.confirmation = State.WAITING, secrets.token_urlsafe(16)
    capture.save()
    record(by=by, verb="capture.sent", target=capture, new={"where": str(touchpoint)}, now=now)
    if asks:
        _ask_by_mail(capture, url)
    else:
        _settle(capture, now)
    return capture


def _is_confirmed(capture: Capture) -> bool:
    """Answer whether the visitor must show that the address is theirs."""
    double = capture.purpose is not None and capture.purpose.double_opt_in
    return capture.touchpoint.form.confirmed_by_mail or double


@transaction.atomic
def confirm(*, capture: Capture, now: datetime) -> Capture:
    """Note that the address is the contact's own; only then it counts as captured."""
    row: Capture = Capture.objects.select_for_update(of=("self",)).get(pk=capture.pk)
    if row.state == State.WAITING:
        row.confirmed_at = now
        row.state = State.NEW
        row.save(update_fields=["confirmed_at", "state"])
        record(by=None, verb="capture.confirmed", target=row, now=now)
        _settle(row, now)
    return row


def _write(capture: Capture, values: Mapping[str, Any]) -> None:
    country = values.get("country") or ""
    plain = normalised({name: values.get(name) or "" for name in PLAIN}, country)
    if not plain["email"] and not plain["phone"]:
        raise ValidationError(_("Leave an e-mail address or a telephone number."))
    answers = {"answers": list(values.get("answers", [])), "consented": bool(values["consented"])}
    versions.apply(capture, plain | answers)


def _settle(capture: Capture, now: datetime) -> None:
    """Match the contact with those known, and give what was promised."""
    customer, contact = matching.known(capture.email, capture.phone)
    if customer is not None:
        capture.customer, capture.contact, capture.state = customer, contact, State.MATCHED
        capture.save(update_fields=["customer", "contact", "state"])
        tell(capture=capture, by=capture.entered_by, now=now)
        note(capture=capture, now=now)
    form = capture.touchpoint.form
    if form.gift == "coupon" and form.batch is not None:
        coupons.give(batch=form.batch, capture=capture, now=now)


def tell(*, capture: Capture, by: Any, now: datetime) -> None:
    """Put what was filled in on the customer's timeline."""
    touchpoint = capture.touchpoint
    lines = [f"{name}: {value}" for name, value in told(capture)]
    values = {
        "channel": CHANNELS.get(touchpoint.medium, "note"),
        "purpose": "information",
        "subject": f"{touchpoint.form.name} · {touchpoint.name}"[:200],
        "body": "\n".join(lines)[:20_000],
        "contact": capture.contact,
        "occurred_at": min(capture.captured_at, now),
    }
    place = capture.contact.affiliations if capture.contact else None
    if place is None or not place.filter(customer=capture.customer).exists():
        del values["contact"]
    about: Any = capture.customer
    row = customers.add_interaction(by=None, now=now, customer=about, values=values)
    if by is not None:
        row.user = by
        row.save(update_fields=["user"])


def told(capture: Capture) -> list[tuple[str, str]]:
    """Return what was filled in, as question and answer."""
    meta = Capture._meta
    plain = [(str(meta.get_field(n).verbose_name), getattr(capture, n)) for n in PLAIN]  # type: ignore[union-attr]
    return [(name, value) for name, value in [*plain, *capture.answers] if value]


def _ask_by_mail(capture: Capture, url: str) -> None:
    from mainstay.customers.capture.tasks import ask_for_confirmation

    address = url.replace("TOKEN", str(capture.confirmation))
    ask_for_confirmation.enqueue(number=capture.pk, url=address)
