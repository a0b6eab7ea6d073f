"""A base in which every table that goes out holds rows, hostile texts among them."""

from datetime import UTC, date, datetime
from typing import Any

from mainstay.customers import actions as customers
from mainstay.customers.models import Address, Customer, Interaction, Tag
from mainstay.customers.segments.models import Segment
from mainstay.orders.actions import make_products_findable
from mainstay.orders.models import ExchangeRate
from mainstay.project.moving import files
from mainstay.project.moving.tables import TABLES
from mainstay.shared.personal_data import Subject
from mainstay.value.farewell.models import FarewellRule
from mainstay.value.models import BoardPack
from tests.customers.privacy.planting import _any, plant
from tests.factories.customers import AffiliationFactory, ContactFactory, CustomerFactory
from tests.factories.people import UserFactory

HOSTILE = (
    "",
    "=1+1",
    "'=1+1",
    "''@SUM(A1)",
    "+48 601 234 567",
    "-",
    '"quoted", and; more',
    "two\nlines\r\nand three",
    "\\N",
    "\\.",
    "NULL",
    "null",
    "\u202eright to left",
    "Łódź, Щи, 有限公司, 🧑🏽‍🚀",
    "' OR 1=1; --",
    "1e3",
    "2026-01-01",
    "\u00a0 \t ",
    "\ufeffbyte order",
)
PLACE = "ab" + "c" * 62
DAYS = (date(1, 1, 1), date(9999, 12, 31))


def fill(now: datetime) -> None:
    """Write rows into every table: one that says all, and for texts and days the extreme ones."""
    team_lead = UserFactory(role="administrator")
    customer = CustomerFactory(name="Round Trip Ltd", owner=team_lead)
    contact = ContactFactory(name="Zoë Contact")
    AffiliationFactory(customer=customer, contact=contact)
    plant(Subject(frozenset({customer.pk}), frozenset({contact.pk})))
    spared = Segment.objects.create(name="Spared", owner=team_lead)
    proposed = Segment.objects.create(name="Proposed", owner=team_lead)
    FarewellRule.objects.create(name="Both", proposed=proposed, spared=spared)
    for table in TABLES:
        _any(table.model)
    _write_hostile(customer, now)
    BoardPack.objects.update(content=bytes(range(256)))
    customers.make_all_findable()
    make_products_findable()
    path = files.root() / "attachments" / PLACE[:2] / PLACE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a picture\0")


def _write_hostile(customer: Customer, now: datetime) -> None:
    for place, text in enumerate(HOSTILE):
        Tag.objects.create(name=f"{text}{place}")
        Address.objects.create(customer=customer, street=text, city=text)
        when = datetime(1 + place * 500, 3, 1, 12, 0, 0, place * 1000, tzinfo=UTC)
        Interaction.objects.create(
            customer=customer, subject=text, body=text * 50, occurred_at=when, channel="phone"
        )
    for place, day in enumerate(DAYS):
        ExchangeRate.objects.create(currency="USD", day=day, rate=f"1.{place}00001")


def emptied() -> None:
    """Take away the files, as the rows are taken away with the transaction."""
    (files.root() / "attachments" / PLACE[:2] / PLACE).unlink()


def raw(model: Any) -> list[tuple[Any, ...]]:
    """Return every row with every column, as Django reads it."""
    return list(model._default_manager.order_by("pk").values_list())
