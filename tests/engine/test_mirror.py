"""The mirror: what is put in comes out, whole changes at a time."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from ibis import _

from mainstay.engine import connect, mirror
from mainstay.engine.mirror_parts import LINES


def batch(*rows: tuple[int, int, int, str, int]) -> pa.RecordBatch:
    """Draw lines: customer, order, line, day, amount."""
    columns = {
        "customer_id": [r[0] for r in rows],
        "order_id": [r[1] for r in rows],
        "line": [r[2] for r in rows],
        "ordered_at": [dt.datetime.fromisoformat(r[3] + "T12:00:00+00:00") for r in rows],
        "day": [dt.date.fromisoformat(r[3]) for r in rows],
        "product_id": [None] * len(rows),
        "quantity": [1.0] * len(rows),
        "amount_minor": [r[4] for r in rows],
        "cost_minor": [None] * len(rows),
        "kind": ["goods"] * len(rows),
    }
    return pa.RecordBatch.from_pydict(columns, schema=LINES)


FIRST = batch(
    (1, 10, 1, "2025-01-31", 100),
    (1, 10, 2, "2025-01-31", 50),
    (2, 11, 1, "2025-02-01", 70),
    (1, 12, 1, "2025-02-03", -50),
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"parquet:{tmp_path / 'mirror'}"


def lines(url: str) -> list[tuple[int, int, int]]:
    engine = connect(url)
    found = engine.run(engine.table("order_lines").select("order_id", "line", "amount_minor"))
    engine.close()
    return sorted(tuple(row.values()) for row in found.to_pylist())


def orders(url: str) -> dict[int, tuple[int, int]]:
    engine = connect(url)
    found = engine.run(engine.table("orders").order_by(_.order_id))
    engine.close()
    return {row["order_id"]: (row["lines"], row["amount_minor"]) for row in found.to_pylist()}


def test_appended_lines_come_out_by_month_with_one_row_per_order(url: str) -> None:
    assert mirror.append(url, [FIRST]) == 4
    assert mirror.append(url, [batch((3, 13, 1, "2025-02-28", 5))]) == 1

    assert lines(url) == [(10, 1, 100), (10, 2, 50), (11, 1, 70), (12, 1, -50), (13, 1, 5)]
    assert orders(url) == {10: (2, 150), 11: (1, 70), 12: (1, -50), 13: (1, 5)}
    assert len(mirror.files(mirror.folder_of(url), "orders")) == 2


def test_a_corrected_order_replaces_even_into_another_month(url: str) -> None:
    mirror.append(url, [FIRST])

    for _again in range(2):
        mirror.replace(url, [batch((1, 10, 1, "2025-03-01", 90))])

    assert orders(url) == {10: (1, 90), 11: (1, 70), 12: (1, -50)}


def test_removed_orders_and_months_without_lines_are_gone(url: str) -> None:
    mirror.append(url, [FIRST])

    mirror.remove(url, [10])

    assert orders(url) == {11: (1, 70), 12: (1, -50)}


def test_rebuilding_forgets_what_was(url: str) -> None:
    mirror.append(url, [FIRST])

    mirror.rebuild(url, [batch((9, 99, 1, "2024-12-31", 1))])

    assert orders(url) == {99: (1, 1)}


def test_erasing_leaves_no_file_that_held_the_person(url: str) -> None:
    mirror.append(url, [FIRST])
    held = set(mirror.folder_of(url).iterdir())

    mirror.erase(url, [1])

    assert orders(url) == {11: (1, 70)}
    left = {path for path in mirror.folder_of(url).iterdir() if path.suffix == ".parquet"}
    assert not left & held


def test_a_failure_in_the_middle_leaves_the_mirror_as_it_was(url: str) -> None:
    def breaks() -> Iterator[pa.RecordBatch]:
        yield batch((5, 50, 1, "2025-05-05", 5))
        raise OSError("the disk is full")

    mirror.append(url, [FIRST])
    before = sorted(path.name for path in mirror.folder_of(url).iterdir())

    with pytest.raises(OSError, match="disk is full"):
        mirror.replace(url, breaks())

    assert sorted(path.name for path in mirror.folder_of(url).iterdir()) == before
    assert 50 not in orders(url)


def test_a_reader_of_the_contents_before_finds_its_files(url: str) -> None:
    mirror.append(url, [FIRST])
    held = mirror.files(mirror.folder_of(url), "order_lines")

    mirror.replace(url, [FIRST])

    assert all(path.exists() for path in held)


def test_nothing_to_append_changes_nothing(url: str) -> None:
    mirror.append(url, [FIRST])

    assert mirror.append(url, []) == 0
    assert len(lines(url)) == 4
