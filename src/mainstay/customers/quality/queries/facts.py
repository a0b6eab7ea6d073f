"""What is known of some customers, read in a fixed number of questions however many they are."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from mainstay.customers.models import Address, Affiliation, Customer, Interaction
from mainstay.customers.quality import published
from mainstay.customers.quality.models import Confirmation
from mainstay.customers.quality.rules import Facts, Person, Place
from mainstay.shared.conditions import among

_PLAIN = (
    "id",
    "kind",
    "email",
    "phone",
    "tax_number",
    "country",
    "city",
    "industry",
    "founded_year",
)


def of(ids: list[int], today: date, *, using: str = "default") -> list[Facts]:
    """Return the facts of the customers that are not archived, by number."""
    mine = among(using, ids, "customer_id")
    people, places = _people(mine, today), _places(mine)
    touched, others = _touched(mine), published.findings(ids)
    classes = published.classes(ids)
    rows = Customer.objects.filter(among(using, ids), archived_at=None).order_by("pk")
    found = []
    for *plain, owner, changed in rows.values_list(*_PLAIN, "owner_id", "updated_at"):
        pk = plain[0]
        heard = max(changed.date(), touched.get(pk, date.min))
        around = (classes.get(pk, ""), people.get(pk, ()), places.get(pk, ()), others.get(pk, ()))
        cells: list[Any] = [*plain, owner is not None, heard, *around]
        found.append(Facts(*cells))
    return found


def _people(mine: Q, today: date) -> dict[int, list[Person]]:
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    rows = Affiliation.objects.filter(mine, contact__archived_at=None).values_list(
        "customer_id", "contact_id", "to_date", *_of_contact()
    )
    for customer, contact, until, name, email, phone, changed in rows:
        present = until is None or until >= today
        known = found[customer].get(contact)
        if known is None or present:
            found[customer][contact] = Person(contact, name, email, phone, present, changed.date())
    return {customer: list(people.values()) for customer, people in found.items()}


def _of_contact() -> tuple[str, ...]:
    return tuple(f"contact__{name}" for name in ("name", "email", "phone", "updated_at"))


def _places(mine: Q) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = defaultdict(list)
    rows = Address.objects.filter(mine).order_by("pk")
    for row in rows.values_list("customer_id", "id", "kind", "city", "postcode", "country"):
        found[row[0]].append(Place(row[1], row[2] == "main", *row[3:]))
    return found


def _touched(mine: Q) -> dict[int, date]:
    """Return the day of the latest interaction or confirmation."""
    talked: QuerySet[Any, Any] = Interaction.objects.filter(mine, archived_at=None).order_by()
    moments: dict[int, datetime] = dict(
        talked.values("customer_id")
        .annotate(at=Max("occurred_at"))
        .values_list("customer_id", "at")
    )
    confirmed = Confirmation.objects.filter(mine).values_list("customer_id", "confirmed_at")
    for customer, at in confirmed:
        moments[customer] = max(at, moments.get(customer, at))
    return {customer: at.date() for customer, at in moments.items()}
