"""How a column is written is decided over the whole column."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from mainstay.engine.staging import stage, styles
from mainstay.engine.staging.bench import Bench
from mainstay.engine.staging.fields import Bound, Field, Style, Type


def read(folder: Path, kind: Type, values: list[str], delimiter: str = ",") -> tuple[Style, list]:
    """Return the style decided for the values, and what each was read as."""
    with Bench(folder) as bench:
        lines = list(range(2, len(values) + 2))
        bench.take("raw", pa.table({"line": pa.array(lines, pa.int64()), "c0": values}))
        bounds = [Bound(Field("x", kind), "c0")]
        found = styles.decide(bench, bounds, table="raw", delimiter=delimiter, chosen={})
        stage.stage(bench, stage.Plan(bounds, found, "UTC", 0, {}))
        return found.get("x", Style()), [
            r[0] for r in bench.rows("SELECT x FROM typed ORDER BY line")
        ]


@pytest.mark.parametrize(
    ("values", "decimal", "numbers"),
    [
        (["1 234,50", "7"], ",", [1234.5, 7.0]),
        (["1.234,50", "-2,5"], ",", [1234.5, -2.5]),
        (["1,234.50", "(3.00)"], ".", [1234.5, -3.0]),
        (["1'234.50", "12-"], ".", [1234.5, -12.0]),
        (["zł 1\u00a0234,50", "5 zł"], ",", [1234.5, 5.0]),
        (["1.5", "abc"], ".", [1.5, None]),
        (["1,23,456.78", "1e3"], ".", [123456.78, 1000.0]),
        (["12.34.56", "1.5"], ".", [None, 1.5]),
        (["nan", "1_000"], ".", [None, None]),
    ],
)
def test_numbers(tmp_path: Path, values: list[str], decimal: str, numbers: list[Any]) -> None:
    style, found = read(tmp_path, Type.NUMBER, values)

    assert (style.decimal, found) == (decimal, numbers)


def test_a_number_that_can_be_either_is_marked(tmp_path: Path) -> None:
    style, found = read(tmp_path, Type.NUMBER, ["1,234", "2,345"])
    german, theirs = read(tmp_path, Type.NUMBER, ["1,234", "2,345"], delimiter=";")

    assert (style.doubtful, found) == (True, [1234.0, 2345.0])
    assert (german.doubtful, theirs) == (True, [1.234, 2.345])


@pytest.mark.parametrize(
    ("values", "order", "first"),
    [
        (["31.12.2025", "1.2.2025 08:15"], "dmy", "2025-12-31 00:00:00"),
        (["12/31/2025", "1/2/2025"], "mdy", "2025-12-31 00:00:00"),
        (["03/04/2025", "31/04/2025", "30/04/2025"], "dmy", "2025-04-03 00:00:00"),
        (["2025-12-31T10:00:00+02:00"], "iso", "2025-12-31 08:00:00"),
        (["20251231"], "compact", "2025-12-31 00:00:00"),
        (["2025年12月31日"], "ymd", "2025-12-31 00:00:00"),
        (["31 Dec 2025"], "names", "2025-12-31 00:00:00"),
        (["46022.5"], "serial", "2025-12-31 12:00:00"),
        (["31/12/25"], "dmy", "2025-12-31 00:00:00"),
    ],
)
def test_dates(tmp_path: Path, values: list[str], order: str, first: str) -> None:
    style, found = read(tmp_path, Type.MOMENT, values)

    assert (style.order, str(found[0])) == (order, first)


def test_day_and_month_that_can_be_either_follow_the_order_of_the_file(tmp_path: Path) -> None:
    style, found = read(tmp_path, Type.MOMENT, ["01/02/2025", "01/05/2025", "02/01/2025"])

    assert (style.order, style.doubtful) == ("mdy", True)
    assert str(found[2]) == "2025-02-01 00:00:00"


def test_references_lose_the_decimals_a_data_frame_gave_them(tmp_path: Path) -> None:
    assert read(tmp_path, Type.KEY, ["17850.0", "nan", "3.0"])[1] == ["17850", None, "3"]
    assert read(tmp_path, Type.KEY, ["17850.0", "A1"])[1] == ["17850.0", "A1"]
