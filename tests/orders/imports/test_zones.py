"""Moments with offsets are kept as moments, and counted on the company's days."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings

from mainstay.engine import mirror
from mainstay.orders.models import Order
from mainstay.people.actions import change_company
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db

# Order number: how the file writes its moment, the moment, the day in Warsaw.
MOMENTS: dict[str, tuple[str, datetime, date]] = {
    "1": (
        "2025-03-30T01:30:00+02:00",
        datetime(2025, 3, 29, 23, 30, tzinfo=UTC),
        date(2025, 3, 30),
    ),
    "2": ("2025-03-29T22:30:00Z", datetime(2025, 3, 29, 22, 30, tzinfo=UTC), date(2025, 3, 29)),
    "3": (
        "2025-10-26 02:30:00 +02:00",
        datetime(2025, 10, 26, 0, 30, tzinfo=UTC),
        date(2025, 10, 26),
    ),
    "4": (
        "2025-10-26 02:30:00 +01:00",
        datetime(2025, 10, 26, 1, 30, tzinfo=UTC),
        date(2025, 10, 26),
    ),
    "5": ("2025-07-01 00:15:00", datetime(2025, 6, 30, 22, 15, tzinfo=UTC), date(2025, 7, 1)),
    "6": ("2025-06-30 22:15:00 UTC", datetime(2025, 6, 30, 22, 15, tzinfo=UTC), date(2025, 7, 1)),
}


@pytest.fixture(autouse=True)
def warsaw(db: None, now: datetime) -> None:
    change_company(by=None, now=now, time_zone="Europe/Warsaw")


def kept() -> dict[str, datetime]:
    return dict(Order.objects.values_list("external_id", "ordered_at"))


def mirrored() -> dict[int, date]:
    files = mirror.files(mirror.folder_of(settings.MIRROR_URL), "order_lines")
    rows = [row for file in files for row in pq.read_table(file).to_pylist()]
    return {row["order_id"]: row["day"] for row in rows}


def check(row: Any) -> None:
    assert row.refused == 0
    assert kept() == {number: moment for number, (_text, moment, _day) in MOMENTS.items()}
    numbers = dict(Order.objects.values_list("pk", "external_id"))
    days = {numbers[pk]: day for pk, day in mirrored().items()}
    assert days == {number: day for number, (_text, _moment, day) in MOMENTS.items()}


def test_text_with_offsets(imported: Importer) -> None:
    rows = [f"{number},{text},c{number},5.00" for number, (text, _m, _d) in MOMENTS.items()]

    check(imported("orders", "\n".join(["order,date,customer,amount", *rows])))


def test_parquet_with_a_time_zone(imported: Importer, tmp_path: Path) -> None:
    moments = [moment for _text, moment, _day in MOMENTS.values()]
    table = pa.table(
        {
            "order": list(MOMENTS),
            "date": pa.array(moments, pa.timestamp("us", tz="America/New_York")),
            "customer": [f"c{number}" for number in MOMENTS],
            "amount": [5.0] * len(MOMENTS),
        }
    )
    pq.write_table(table, tmp_path / "orders.parquet")

    check(imported("orders", tmp_path / "orders.parquet"))


def test_a_zone_that_nobody_knows_refuses_the_row(imported: Importer) -> None:
    row = imported(
        "orders",
        "order,date,customer,amount\n1,2025-06-30 22:15:00 Mars/Olympus,a,5\n"
        "2,2025-06-30 22:15:00,a,5\n3,2025-06-30 22:16:00,a,5\n",
    )

    assert row.refused == 1
    assert kept().keys() == {"2", "3"}
