"""Quantities of activities come from a file: each refused row is told, the same file is no news."""

import csv
from datetime import date
from typing import Any

import pytest

from mainstay.customers.imports import storage
from mainstay.orders.models import DriverQuantity
from mainstay.records.models import AuditEvent
from tests.customers.imports.conftest import Importer
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.profitability import ActivityFactory

pytestmark = pytest.mark.django_db

FILE = (
    "Activity;Customer;Date;Quantity\n"
    "Reminders;C1;2025-03-05;2\n"
    "Reminders;C1;2025-03-05;1,5\n"
    "Reminders;C2;2025-03-06;3\n"
)


@pytest.fixture(autouse=True)
def known(db: None) -> dict[str, Any]:
    """Two customers that the shop knows, and an activity whose quantities come from outside."""
    source = SourceFactory(name="Shop")
    found = {number: CustomerFactory(name=f"Number {number}") for number in ("C1", "C2")}
    for number, customer in found.items():
        customer.references.create(source=source, external_id=number)
    ActivityFactory(name="Reminders", driver="own")
    ActivityFactory(name="Delivery", driver="orders")
    return found


def refused(row: Any) -> list[list[str]]:
    path = storage.folder(row.folder) / "refused.csv"
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))[1:]


def kept() -> list[tuple[str, date, float]]:
    rows = DriverQuantity.objects.order_by("customer", "day")
    return list(rows.values_list("customer__name", "day", "quantity"))


def test_quantities_are_added_up_by_day_and_the_same_file_changes_nothing(
    imported: Importer,
) -> None:
    first = imported("quantities", FILE)
    again = imported("quantities", FILE)

    assert kept() == [
        ("Number C1", date(2025, 3, 5), 3.5),
        ("Number C2", date(2025, 3, 6), 3.0),
    ]
    assert first.counts["quantities"] == {"new": 2, "changed": 0, "same": 0}
    assert first.notes == {"added_up": 1}
    assert again.counts["quantities"] == {"new": 0, "changed": 0, "same": 2}
    assert AuditEvent.objects.filter(verb="activity.quantities").count() == 1


def test_a_corrected_file_replaces_what_differs(imported: Importer) -> None:
    imported("quantities", FILE)

    row = imported("quantities", FILE.replace(";3\n", ";4\n"))

    assert row.counts["quantities"] == {"new": 0, "changed": 1, "same": 1}
    assert kept()[1][2] == 4


@pytest.mark.parametrize(
    ("line", "field", "value", "advice"),
    [
        ("Juggling;C1;2025-03-07;1", "Activity", "Juggling", "Activities and costs"),
        ("Delivery;C1;2025-03-07;1", "Activity", "Delivery", "Activities and costs"),
        ("Reminders;C9;2025-03-07;1", "Customer number", "C9", "Correct the number"),
        ("Reminders;C1;2099-03-07;1", "Day", "2099-03-07", "Check the year"),
        ("Reminders;C1;soon;1", "Day", "soon", "2025-12-31"),
        ("Reminders;C1;2025-03-07;-1", "Quantity", "-1", "digits too many"),
        ("Reminders;C1;2025-03-07;many", "Quantity", "many", "1234.50"),
        ("Reminders;;2025-03-07;1", "Customer number", "", "Fill it in"),
    ],
)
def test_each_refused_row_is_told_and_the_others_are_written(
    imported: Importer, line: str, field: str, value: str, advice: str
) -> None:
    row = imported("quantities", FILE + line + "\n")

    ((number, _column, told, shown, _reason, what_to_do),) = refused(row)
    assert (number, told, shown.lstrip("'")) == ("5", field, value)
    assert advice in what_to_do
    assert len(kept()) == 2


def test_a_dry_run_writes_nothing(imported: Importer) -> None:
    row = imported("quantities", FILE, dry_run=True)

    assert row.counts["quantities"]["new"] == 2
    assert kept() == []
