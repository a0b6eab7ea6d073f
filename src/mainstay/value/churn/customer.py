"""The card about a loss on a customer's page, and the page on which its reason is noted."""

from typing import Any

from mainstay.customers.cards import Card
from mainstay.people.permissions import can
from mainstay.value.queries import current_number

from . import queries

TEMPLATE = "value/churn/card.html"


def card(user: Any, customer: Any) -> Card | None:
    """Return the card where the customer was lost; None for who may not see value."""
    run = current_number() if can(user, "value.view") else None
    loss = queries.latest_loss(run, customer.pk) if run else None
    if loss is None:
        return None
    return Card(TEMPLATE, told(user, customer) | {"loss": loss})


def told(user: Any, customer: Any) -> dict[str, Any]:
    """Return why the customer left, as noted so far."""
    names = queries.reasons(archived=True)
    notes = [(names.get(note.reason, note.reason), note) for note in queries.notes_of(customer.pk)]
    return {
        "customer": customer,
        "notes": notes,
        "reason": notes[0][0] if notes else "",
        "may_note": can(user, "interactions.edit"),
    }
