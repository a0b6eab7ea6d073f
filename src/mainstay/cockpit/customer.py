"""What the customer's page shows: everything known about one customer, in one look."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.customers import cards, pages, queries
from mainstay.customers.custom_fields import presenters as custom_fields
from mainstay.customers.preferences import presenters as preferences
from mainstay.customers.recommendations import queries as recommendations
from mainstay.customers.rules import FEWEST_CONTACTS
from mainstay.customers.talks.forms import NewTalkForm
from mainstay.customers.talks.presenters import stream, untold_sentences
from mainstay.customers.todo import presenters as todo
from mainstay.orders import queries as orders
from mainstay.people.permissions import can, field_rules, kept_from, shown
from mainstay.records import queries as records
from mainstay.shared import countries

CUSTOMER = "customers.customer"
HISTORY = 12
MOST_SHOWN = 50


def page(user: Any, customer: Any, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the context of the customer's page; `given` says where on the timeline it is."""
    now = timezone.now()
    today = timezone.localdate(now)
    customer = shown(user, customer)
    giver, brought = recommendations.known(user, customer)
    people = _places(user, customer)
    present = [p for p in people if p.to_date is None or p.to_date >= today]
    return (
        stream(user, customer, given)
        | preferences.panel(user, customer, now)
        | {
            "customer": customer,
            "facts": _facts(customer),
            "custom": custom_fields.facts(user, "customer", customer.pk),
            "cards": cards.cards(user, customer),
            "present": present,
            "former": [place for place in people if place not in present],
            "few_contacts": _few_contacts(customer, len({place.contact_id for place in present})),
            "parents": [
                (parent.name, pages.url(parent.pk)) for parent in queries.ancestors(customer)
            ],
            "subsidiaries": [
                (row.name, pages.url(row.pk))
                for row in queries.subsidiaries(user, customer)[:MOST_SHOWN]
            ],
            "giver": giver,
            "brought": [(row.name, pages.url(row.pk)) for row in brought],
            "addresses": _addresses(user, customer),
            "references": list(queries.references(customer)[:MOST_SHOWN]),
            "tags": _tags(user, customer),
            "may_tag": can(user, "customers.edit") and "tags" not in field_rules(user, CUSTOMER),
            "history": _history(user, customer),
            "sales": orders.sums_of(user, customer.pk),
            "lines": todo.lines_about(user, now, customer=customer),
            "advice_lines": _advice(user, customer, present, now),
            "may_note": can(user, "interactions.edit"),
            "form": NewTalkForm(customer=customer) if can(user, "interactions.edit") else None,
            "may_edit": can(user, "customers.edit"),
        }
    )


def _places(user: Any, customer: Any) -> list[Any]:
    found = list(queries.affiliations(customer)[:MOST_SHOWN])
    for place in found:
        place.contact = shown(user, place.contact)
    return found


def _addresses(user: Any, customer: Any) -> list[Any]:
    return [shown(user, row) for row in queries.addresses(customer)[:MOST_SHOWN]]


def _tags(user: Any, customer: Any) -> list[str]:
    hidden = "tags" in kept_from(user, CUSTOMER)
    return [] if hidden else queries.tags_of([customer.pk]).get(customer.pk, [])


def _advice(user: Any, customer: Any, places: list[Any], now: datetime) -> list[Any]:
    """Return what to mind before getting in touch; nothing for who only looks on."""
    if not can(user, "interactions.edit"):
        return []
    contacts = {place.contact_id: place.contact for place in places}
    return preferences.advice(user, customer, list(contacts.values()), now)


def noted(user: Any, customer: Any, form: Any, *, done: bool) -> dict[str, Any]:
    """Return what stands on the page after a conversation was noted, or refused."""
    fresh = NewTalkForm(customer=customer) if done else form
    warnings = untold_sentences(form.outcome) if done else []
    known = {"customer": customer, "form": fresh, "noted": done, "warnings": warnings}
    return stream(user, customer, {}) | known


def _facts(customer: Any) -> list[tuple[str, str, str]]:
    """Return label, text and link of what is known; what is not known is left out."""
    website = customer.website
    safe = website if website.startswith(("http://", "https://")) else ""
    facts = [
        (_("E-mail"), customer.email, f"mailto:{customer.email}"),
        (_("Phone"), customer.phone, f"tel:{customer.phone.replace(' ', '')}"),
        (_("Website"), website, safe),
        (_("Place"), ", ".join(filter(None, [customer.city, _country(customer.country)])), ""),
        (_("Industry"), customer.industry, ""),
        (_("Tax number"), customer.tax_number, ""),
        (_("Founded"), str(customer.founded_year or ""), ""),
        (_("Business"), customer.description, ""),
        (_("Particulars"), customer.particulars, ""),
        (_("Relationship"), customer.relationship, ""),
    ]
    return [fact for fact in facts if fact[1]]


def _country(code: str) -> str:
    return countries.name(code) if code else ""


def _few_contacts(customer: Any, known: int) -> str:
    """Return a warning when an organisation hangs on one or two people."""
    if customer.kind != "organisation" or known >= FEWEST_CONTACTS:
        return ""
    if not known:
        return _("Nobody is known here. Add at least three contacts.")
    text = _("Only %(known)d of at least %(fewest)d contacts known: when they leave, so may it.")
    return text % {"known": known, "fewest": FEWEST_CONTACTS}


def _history(user: Any, customer: Any) -> list[dict[str, Any]]:
    """Return the latest changes, without the fields that are kept from the user's role."""
    hidden = records.kept_from(user, CUSTOMER)
    return [
        {
            "at": event.at,
            "actor": event.actor,
            "changes": _changes(event, hidden),
            "verb": event.verb,
        }
        for event in records.history_of(customer)[:HISTORY]
    ]


def _changes(event: Any, hidden: frozenset[str]) -> list[tuple[str, Any, Any]]:
    """Return field, old and new value; what an event only adds has no old."""
    names = [name for name in {**event.old, **event.new} if name not in hidden]
    return [(name, _short(event.old.get(name)), _short(event.new.get(name))) for name in names[:8]]


def _short(value: Any) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return "" if value is None else str(value)[:80]
