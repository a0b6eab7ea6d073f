"""Two customers with something of everything, and what all tables hold."""

from typing import Any

from django.apps import apps

from mainstay.customers import actions as customers
from mainstay.customers.merging.actions import Wish, merge
from mainstay.customers.models import Customer
from mainstay.orders.models import Contract
from tests.conftest import NOW
from tests.factories.customers import (
    AffiliationFactory,
    ContactFactory,
    CustomerFactory,
    InteractionFactory,
)
from tests.factories.orders import OrderFactory, OrderLineFactory

LOGS = {"records", "jobs", "merging", "sessions", "contenttypes"}
# What only ever counts up, or says when something was last touched.
RISING = {"version", "updated_at"}


def twins() -> tuple[Customer, Customer]:
    """Return two records of one firm, each with tags, contacts, orders, references and more."""
    kept = CustomerFactory(name="Hanza Sp. z o.o.", email="biuro@hanza.example", city="Gdańsk")
    gone = CustomerFactory(name="HANZA", phone="+48 58 301 20 30", industry="Shipping")
    for customer, code in ((kept, "K-1"), (gone, "K-2")):
        customers.set_tags(by=None, now=NOW, customer=customer, names=["key", code])
        customers.add_reference(by=None, now=NOW, customer=customer, source="ERP", external_id=code)
        InteractionFactory(customer=customer)
        OrderLineFactory(order=OrderFactory(customer=customer))
        values = {"street": "Długa 1", "city": "Gdańsk"}
        customers.save_address(by=None, now=NOW, customer=customer, values=values)
        Contract.objects.create(customer=customer, reference="C-7", starts="2026-01-01")
    shared = ContactFactory(name="Anna Nowak")
    AffiliationFactory(contact=shared, customer=kept)
    AffiliationFactory(contact=shared, customer=gone)
    AffiliationFactory(contact=ContactFactory(name="Jan Kowal"), customer=gone)
    CustomerFactory(name="Hanza Port", parent=gone)
    customers.refresh_search([kept.pk, gone.pk])
    return fresh(kept), fresh(gone)


def fresh(row: Any) -> Any:
    return type(row)._base_manager.get(pk=row.pk)


def join(kept: Any, *gone: Any, by: Any = None, **choices: int) -> Any:
    """Merge customers or contacts."""
    subject = kept._meta.model_name
    others = tuple(row.pk for row in gone)
    return merge(by=by, now=NOW, wish=Wish(subject, kept.pk, others, choices))


def tables() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table but the logs and what the mirror is owed."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in LOGS or model._meta.object_name == "MirrorDebt":
            continue
        rows = model._base_manager.order_by("pk").values()
        found[model._meta.label] = [
            {name: value for name, value in row.items() if name not in RISING} for row in rows
        ]
    return found
