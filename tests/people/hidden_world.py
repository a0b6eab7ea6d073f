"""One customer whose every governed field holds a value found nowhere else."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from mainstay.customers.actions import change_customer
from mainstay.customers.custom_fields.actions import add_field
from mainstay.customers.duplicates.models import Pair, Scan
from mainstay.customers.models import (
    AcquisitionCampaign,
    AcquisitionChannel,
    Address,
    Customer,
    Tag,
)
from mainstay.customers.quality.models import Finding
from mainstay.people import field_matrix
from mainstay.people.actions import set_field_rules
from mainstay.people.field_matrix import Line
from mainstay.people.permissions import FIGURES, HIDDEN
from mainstay.records.actions import record
from mainstay.shared.text import search_text
from tests.factories.customers import (
    AffiliationFactory,
    ContactFactory,
    CustomerFactory,
)
from tests.factories.people import UserFactory

NUMBER = 1
CUSTOM = "zqcustomgift"
CHOICES = {"country": "ZW", "language": "uk", "founded_year": 1797}


def own_lines() -> list[Line]:
    """Return the lines that are fields of a model."""
    return [line for line in field_matrix.lines() if line.subject in field_matrix.governed_models()]


def canary(model_key: str, name: str) -> Any:
    """Return what stands in the field: a choice where it takes nothing else."""
    return CHOICES.get(name, f"zq{model_key.rpartition('.')[2]}{name.replace('_', '')}")


def values(model_key: str, suffix: str = "") -> dict[str, Any]:
    model = apps.get_model(model_key)
    found = {}
    for line in own_lines():
        if line.subject == model_key and not model._meta.get_field(line.field).is_relation:
            value = canary(model_key, line.field)
            found[line.field] = f"{value}{suffix}" if isinstance(value, str) and suffix else value
    return found


def canaries() -> Iterator[str]:
    """Return every text that must not be met; a country or a language stands in menus too."""
    for line in own_lines():
        if line.field not in CHOICES:
            yield str(canary(line.subject, line.field))
    yield CUSTOM


def make(owner: Any) -> Customer:
    """Return the customer, with a like one, a contact, an address, history and findings."""
    known = {"owner": owner, "team": owner.team}
    search = search_text(map(str, values("customers.customer").values()))
    customer: Customer = CustomerFactory(
        pk=NUMBER, name="Harbour Works", **known, **values("customers.customer")
    )
    Customer.objects.filter(pk=NUMBER).update(search=search)
    go_on_counting()
    other = CustomerFactory(
        name="Harbour Work", **known, **_shortened(values("customers.customer"))
    )
    contact = ContactFactory(pk=NUMBER, name="Ada Quay", **values("customers.contact"))
    AffiliationFactory(pk=NUMBER, customer=customer, contact=contact)
    Address.objects.create(pk=NUMBER, customer=customer, **values("customers.address"))
    _tied(customer)
    _custom(customer)
    _history(customer, contact)
    _findings(customer, other)
    return customer


def go_on_counting() -> None:
    """Let new rows be numbered after those that were made with a number of their own."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(sql)


def _shortened(given: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in given.items() if name not in CHOICES}
    return {name: f"{value}b" for name, value in kept.items()}


def _tied(customer: Customer) -> None:
    key = "customers.customer"
    channel = AcquisitionChannel.objects.create(name=canary(key, "acquisition_channel"))
    campaign = AcquisitionCampaign.objects.create(
        channel=channel, name=canary(key, "acquisition_campaign")
    )
    Customer.objects.filter(pk=customer.pk).update(
        acquisition_channel=channel, acquisition_campaign=campaign
    )
    customer.tags.add(Tag.objects.create(name=canary(key, "tags")))


def _custom(customer: Customer) -> None:
    told: dict[str, Any] = {"subject": "customer", "label": "Birthday gift", "type": "text"}
    field = add_field(by=None, now=timezone.now(), values=told)
    typed = {field.key: CUSTOM}
    change_customer(
        by=None, now=timezone.now(), customer=customer, values={"custom": typed}, version=None
    )


def _history(customer: Customer, contact: Any) -> None:
    now = timezone.now()
    told = values("customers.customer") | {"tags": [canary("customers.customer", "tags")]}
    record(by=None, verb="customer.changed", target=customer, now=now, old=told, new=told)
    told = values("customers.contact")
    record(by=None, verb="contact.changed", target=contact, now=now, old=told, new=told)
    told = values("customers.address")
    record(by=None, verb="customer.address_saved", target=customer, now=now, old=told, new=told)


def _findings(customer: Customer, other: Customer) -> None:
    now = timezone.now()
    scan = Scan.objects.create(as_of=now, state="complete", finished_at=now)
    key = "customers.customer"
    names = {"email": "email", "phone": "phone", "tax": "tax_number", "site": "website"}
    steps = [
        {"field": short, "level": "same", "bits": 5.0, "left": canary(key, name), "right": "x"}
        for short, name in names.items()
    ]
    Pair.objects.create(
        pk=NUMBER,
        left=customer,
        right=other,
        scan=scan,
        kind="organisation",
        probability=0.9,
        weight=5.0,
        waterfall=steps,
    )
    Finding.objects.create(
        pk=NUMBER,
        customer=customer,
        rule="bad_tax_number",
        detail=canary(key, "tax_number"),
        found_at=now,
    )


def hide_everything() -> None:
    """Keep every field that can be kept from every role; figures are kept as rights are."""
    wanted = {
        (line.key, role): HIDDEN
        for line in field_matrix.lines()
        if line.subject != FIGURES
        for role in ("manager", "account_manager", "service_agent", "analyst", "read_only")
    }
    by = UserFactory(role="administrator")
    set_field_rules(by=by, now=timezone.now(), wanted=wanted)
