"""After an erasure there is no trace, and nobody comes back by an import."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from mainstay.customers import actions as customers
from mainstay.customers.models import Contact, Customer
from mainstay.customers.privacy import actions, queries
from mainstay.customers.privacy.choices import CaseState
from mainstay.customers.privacy.models import Case
from mainstay.orders.actions import rebuild, record_order
from mainstay.orders.models import Order
from mainstay.orders.rules import LineIn, OrderIn
from mainstay.shared import personal_data
from mainstay.shared.personal_data import Subject
from tests.customers.imports.conftest import Importer
from tests.customers.privacy.planting import CANARY, NAME, plant
from tests.factories.people import UserFactory

FILE = f"id;name;email;phone\nC-{CANARY};{NAME};{CANARY}@example.com;+48 601 234 567\n"


@pytest.mark.django_db(transaction=True)
def test_no_trace_is_left_anywhere(imported: Importer, now: datetime) -> None:
    manager = UserFactory(role="manager")
    imported("customers", FILE + f"C-3;{NAME} refused;not an address {CANARY};\n")
    customer = Customer.objects.get(name=NAME)
    contact = customers.add_contact(
        by=None,
        now=now,
        customer=customer,
        values={"name": NAME, "email": f"c.{CANARY}@example.com", "notes": f"likes {CANARY}"},
    )
    _order(now, f"C-{CANARY}")
    rebuild()
    subject = Subject(frozenset({customer.pk}), frozenset({contact.pk}))
    planted = plant(subject)
    assert len(planted) > 20
    assert _traces(), "the canary must be there before"

    case = _erased(manager, customer, now)

    assert _traces() == []
    assert case.outcome["kept"]
    assert Order.objects.get(external_id="O-1").customer is None
    assert list(queries.cases_listed(manager, done=True)) == [case]


@pytest.fixture
def gone(imported: Importer, now: datetime) -> Case:
    """The case of a customer, known to the shop as C-…, who was erased."""
    imported("customers", FILE + "C-2;Cousin;;\n")
    return _erased(UserFactory(role="manager"), Customer.objects.get(name=NAME), now)


@pytest.mark.django_db
def test_an_import_does_not_bring_the_person_back(gone: Case, imported: Importer) -> None:
    again = imported("customers", FILE + "C-2;Cousin;cousin@example.com;\n")
    orders = "order;customer;date;amount\nO-9;C-Zqxcanary;2026-02-01;10\nO-10;C-2;2026-02-01;10\n"
    ordered = imported("orders", orders)

    assert (again.refused, ordered.refused) == (1, 1)
    assert [row.name for row in Customer.objects.all()] == ["Cousin"]
    assert list(Order.objects.values_list("external_id", flat=True)) == ["O-10"]


@pytest.mark.django_db
def test_neither_form_nor_program_brings_the_person_back(gone: Case, now: datetime) -> None:
    rows = [(f"C-{CANARY}", {"name": NAME}), ("C-5", {"name": "Fresh"})]

    outcome = customers.record_customers(by=None, now=now, source="Shop", rows=rows)
    with pytest.raises(ValidationError, match="asked to be erased"):
        customers.add_contact(
            by=None, now=now, values={"name": "X", "email": f"{CANARY}@example.com"}
        )

    assert "asked to be erased" in str(outcome.refused[0])
    assert outcome.added == 1


@pytest.mark.django_db
def test_who_comes_back_may_be_recorded_again(
    gone: Case,
    imported: Importer,
    manager: Any,
    now: datetime,
) -> None:
    actions.let_return(by=manager, now=now, case=gone)

    assert imported("customers", FILE).refused == 0


@pytest.mark.django_db
def test_what_an_export_shows_an_erasure_takes_away(manager: Any, now: datetime) -> None:
    """Symmetry: after the erasure an export of the same person holds only what is kept."""
    customer = customers.add_customer(by=None, now=now, values={"name": NAME, "kind": "person"})
    values = {"name": "Ada Weaver"}
    contact = customers.add_contact(by=None, now=now, customer=customer, values=values)
    subject = Subject(frozenset({customer.pk}), frozenset({contact.pk}))
    plant(subject)
    before = {section.key for section in personal_data.exported(subject)}

    _erased(manager, customer, now)

    after = {section.key for section in personal_data.exported(subject)}
    assert len(before) > 20
    assert after == {"records.auditevent", "privacy.case"}


def _erased(by: Any, customer: Any, now: datetime) -> Case:
    day = date(2026, 3, 1)
    case = actions.open_case(by=by, now=now, person=customer, kind="erasure", received_on=day)
    actions.check_identity(by=by, now=now, case=case, identity_by=f"{CANARY} showed a passport")
    actions.start(by=by, now=now, case=case)
    case.refresh_from_db()
    actions.erase(case=case, now=now)
    case.refresh_from_db()
    assert case.state == CaseState.DONE
    assert not Contact.objects.filter(name=NAME).exists()
    return case


def _order(now: datetime, customer: str) -> None:
    line = LineIn(external_id="1", quantity=1.0, amount_minor=1000)
    order = OrderIn(
        external_id="O-1", customer=customer, ordered_at=now, currency="EUR", lines=(line,)
    )
    record_order(by=None, now=now, source="Shop", order=order)


def _traces() -> list[str]:
    """Return where the canary still is: tables, files of the data folder, the database's own."""
    word = CANARY.lower()
    found = [name for name, text in _tables() if word in text]
    folders = [Path(settings.DATA_DIR)]
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        found += [path.name for path in database.parent.glob(database.name + "*") if _in(path)]
    found += [str(p) for each in folders for p in each.rglob("*") if p.is_file() and _in(p)]
    return [each for each in found if not each.endswith("given.csv")]  # the test's own file


def _in(path: Path) -> bool:
    return CANARY.lower().encode() in path.read_bytes().lower()


def _tables() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608  names of our own
            for row in cursor.fetchall():
                cells = (bytes(c) if isinstance(c, memoryview) else c for c in row)
                yield name, str(tuple(cells)).lower()
