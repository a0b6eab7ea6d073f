"""Days are the company's, however the file states its times: offsets, zones, summer time."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mainstay.project.analyse import command

# How a file writes a moment, and the day it was in Warsaw.
WRITTEN = [
    ("2025-03-30T01:30:00+02:00", date(2025, 3, 30)),  # 00:30 in Warsaw, the night of the change
    ("2025-03-29T22:30:00Z", date(2025, 3, 29)),
    ("2025-03-29T23:30:00Z", date(2025, 3, 30)),
    ("2025-10-25T21:30:00+00:00", date(2025, 10, 25)),
    ("2025-10-25 22:30:00+0000", date(2025, 10, 26)),
    ("2025-10-26 02:30:00 +02:00", date(2025, 10, 26)),  # the hour that comes twice
    ("2025-10-26 02:30:00 +01:00", date(2025, 10, 26)),
    ("2025-06-30 22:15:00 UTC", date(2025, 7, 1)),
    ("2025-06-30 18:15:00 America/New_York", date(2025, 7, 1)),
    ("2025-06-30T16:15:00.123-06", date(2025, 7, 1)),
    ("2025-07-01 00:15", date(2025, 7, 1)),  # no offset: the company's clock
    ("2025-07-01 23:45", date(2025, 7, 1)),
    ("2025-03-30 02:30", date(2025, 3, 30)),  # an hour that Warsaw skipped
    ("2025-07-01", date(2025, 7, 1)),
]


def days(path: Path, zone: str) -> dict[str, date]:
    """Return each customer's day of purchase."""
    out = path.parent / "out"
    assert command.run([str(path), "--out", str(out), "--zone", zone]) == 0
    table = pq.read_table(out / "customers.parquet", columns=["customer_id", "last_day"])
    return {row["customer_id"]: row["last_day"] for row in table.to_pylist()}


def test_text_with_offsets(tmp_path: Path) -> None:
    rows = [f"c{place},{written},5" for place, (written, _day) in enumerate(WRITTEN)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["customer,date,amount", *rows]))

    found = days(path, "Europe/Warsaw")

    assert {WRITTEN[int(name[1:])][0]: day for name, day in found.items()} == dict(WRITTEN)


def test_a_zone_that_nobody_knows_is_not_read_as_the_companys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "customer,date,amount\n"
        "a,2025-06-30 22:15:00 Mars/Olympus,5\nb,2025-06-30 22:15:00,5\nc,2025-07-02 22:15:00,5\n"
    )

    assert days(path, "Europe/Warsaw").keys() == {"b", "c"}
    assert "1 cell of “date” makes no sense" in (tmp_path / "out" / "report.html").read_text()


@pytest.mark.parametrize("written_in", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_parquet_with_a_time_zone(tmp_path: Path, written_in: str) -> None:
    moments = [
        datetime(2025, 3, 29, 22, 30, tzinfo=UTC),
        datetime(2025, 3, 29, 23, 30, tzinfo=UTC),
        datetime(2025, 10, 25, 21, 59, 59, 999999, tzinfo=UTC),
        datetime(2025, 10, 25, 22, 0, tzinfo=UTC),
        datetime(2025, 7, 1, 0, 15, tzinfo=timezone(timedelta(hours=2))),
    ]
    stamps = pa.array(moments, pa.timestamp("us", tz=written_in))
    table = pa.table({"customer": list("abcde"), "date": stamps, "amount": [5.0] * 5})
    pq.write_table(table, tmp_path / "orders.parquet")

    assert days(tmp_path / "orders.parquet", "Europe/Warsaw") == {
        "a": date(2025, 3, 29),
        "b": date(2025, 3, 30),
        "c": date(2025, 10, 25),
        "d": date(2025, 10, 26),
        "e": date(2025, 7, 1),
    }


def test_parquet_without_a_time_zone_shows_the_companys_clock(tmp_path: Path) -> None:
    moments = [datetime(2025, 7, 1, 0, 15), datetime(2025, 3, 30, 2, 30)]  # noqa: DTZ001
    table = pa.table({"customer": list("ab"), "date": moments, "amount": [5.0] * 2})
    pq.write_table(table, tmp_path / "orders.parquet")

    found = days(tmp_path / "orders.parquet", "Europe/Warsaw")

    assert found == {"a": date(2025, 7, 1), "b": date(2025, 3, 30)}


def test_midnight_that_summer_time_skips_keeps_its_day(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("customer,date,amount\na,2018-11-04,5\nb,2018-11-05,5\n")

    found = days(path, "America/Sao_Paulo")

    assert found == {"a": date(2018, 11, 4), "b": date(2018, 11, 5)}
