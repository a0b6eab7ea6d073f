"""Purposes with their wordings, consents of some contacts, and requests in every state."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from mainstay.customers.models import Contact
from mainstay.customers.privacy import actions
from mainstay.customers.privacy.models import Case, ConsentEvent, Purpose
from mainstay.customers.privacy.rules import due

PURPOSES: tuple[dict[str, Any], ...] = (
    {
        "name": "News and offers",
        "description": "New products and prices, about once a month.",
        "double_opt_in": True,
        "months_valid": 24,
    },
    {"name": "Invitations", "description": "Fairs, open days and tastings near you."},
    {
        "name": "Satisfaction surveys",
        "description": "A few questions after a delivery, four times a year at most.",
        "basis": "interest",
    },
    {
        "name": "Orders and invoices",
        "description": "Confirmations, delivery notes and invoices.",
        "basis": "contract",
        "is_service": True,
    },
)
WORDINGS = {
    "en": "Yes, write to me about {name}. I can withdraw at any time.",
    "pl": "Tak, piszcie do mnie: {name}. Zgodę mogę cofnąć w każdej chwili.",
}
OWN_LINK = "own link"
SOURCES = ("Order form", "Fair in Poznań, stand 14", "Telephone", "Website")
REQUESTS = (("access", 3, "By e-mail"), ("erasure", 26, "By letter"), ("access", 12, "In person"))
ASKED = 120
WITHDRAWN_SHARE = 0.15


def load(*, seed: int, by: Any, now: datetime) -> None:
    random = np.random.default_rng([seed, 23])
    purposes = [actions.save_purpose(by=None, now=now, values=values) for values in PURPOSES]
    words = {
        purpose.pk: [_word(purpose, language, now) for language in WORDINGS]
        for purpose in purposes
        if not purpose.is_service
    }
    contacts = list(Contact.objects.order_by("pk")[:ASKED])
    asked = [purpose for purpose in purposes if not purpose.is_service]
    ConsentEvent.objects.bulk_create(
        event
        for contact in contacts
        for purpose in asked
        for event in _steps(random, contact, purpose, words[purpose.pk][0], str(by), now)
    )
    _open_cases(contacts[5:], now)


def _word(purpose: Purpose, language: str, now: datetime) -> Any:
    text = WORDINGS[language].format(name=purpose.name)
    values = {"language": language, "text": text}
    return actions.add_wording(by=None, now=now, purpose=purpose, values=values)


def _steps(
    random: np.random.Generator, contact: Any, purpose: Any, word: Any, by: str, now: datetime
) -> list[ConsentEvent]:
    """Return what one contact said about one purpose over time; many were never asked."""
    if random.random() < 0.4:  # noqa: PLR2004  never asked
        return []
    given = now - timedelta(days=int(random.integers(20, 900)))
    source = SOURCES[int(random.integers(len(SOURCES)))]
    base = {"contact": contact, "purpose": purpose, "channel": "email"}
    steps = [("given", given, source)]
    if purpose.double_opt_in and random.random() < 0.8:  # noqa: PLR2004  some never confirm
        steps.append(("confirmed", given + timedelta(hours=2), OWN_LINK))
    if random.random() < WITHDRAWN_SHARE:
        steps.append(("withdrawn", given + timedelta(days=15), OWN_LINK))
    until = None
    if purpose.months_valid:
        until = (given + timedelta(days=30 * purpose.months_valid)).date()
    return [
        ConsentEvent(
            **base,
            step=step,
            at=at,
            noted_at=at,
            source=where,
            noted_by="" if where == OWN_LINK else by,
            wording=word,
            valid_until=None if step == "withdrawn" else until,
        )
        for step, at, where in steps
    ]


def _open_cases(contacts: Sequence[Any], now: datetime) -> None:
    for (kind, days, how), contact in zip(REQUESTS, contacts, strict=False):
        received = (now - timedelta(days=days)).date()
        Case.objects.create(
            kind=kind,
            contact_id=contact.pk,
            about=contact.name,
            received_on=received,
            received_by=how,
            due_on=due(received),
        )
