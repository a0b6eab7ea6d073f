"""`mainstay analyse` on drawn and real files: outputs, sentences, exit codes."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from mainstay.project.analyse import command

Files = Callable[[str], Path]
TINY = """customer_id,order_id,date,amount
ann,1,2025-01-01,10.00
ann,2,2025-02-01,20.00
bob,3,2025-01-15,5.50
"""


def analyse(path: Path, *more: str) -> dict[str, Any]:
    """Run the command and return the summary with the customers as rows beside it."""
    out = path.parent / "out"
    assert command.run([str(path), "--out", str(out), *more]) == 0
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    summary["customers"] = pq.read_table(out / "customers.parquet").to_pylist()
    summary["report"] = (out / "report.html").read_text("utf-8")
    return summary


def drawn(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "orders.csv"
    path.write_bytes(text.encode(encoding))
    return path


def by_customer(summary: dict[str, Any], *columns: str) -> dict[Any, tuple[Any, ...]]:
    return {c["customer_id"]: tuple(c[name] for name in columns) for c in summary["customers"]}


def test_a_small_file_gives_three_complete_outputs(tmp_path: Path) -> None:
    summary = analyse(drawn(tmp_path, TINY), "--currency", "eur", "--as-of", "2025-03-01")

    assert by_customer(summary, "occasions", "revenue_minor", "recency_days") == {
        "ann": (2, 3000, 28),
        "bob": (1, 550, 45),
    }
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "customers.parquet",
        "report.html",
        "summary.json",
    ]
    assert "30.00\u00a0EUR" in summary["report"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("klient;data;wartość\nŁęcki;31.12.2025;1 234,50\nŻak;30.12.2025;2,00\n", "cp1250"),
        ("клиент;дата;сумма\nИванов;31.12.2025;1 234,50\nПётр;30.12.2025;2,00\n", "cp1251"),
        ("客户,日期,金额\n王伟公司,2025/12/31,1234.50\n李娜,2025/12/30,2.00\n", "gb18030"),
        ("customer\tdate\tamount\nMüller\t2025-12-31\t1234.50\nJosé\t2025-12-30\t2.00\n", "utf-16"),
    ],
)  # fmt: skip
def test_columns_numbers_and_days_are_understood_as_written(
    tmp_path: Path, text: str, encoding: str
) -> None:
    summary = analyse(drawn(tmp_path, text, encoding))

    assert [c["revenue_minor"] for c in summary["customers"]] in ([123450, 200], [200, 123450])
    assert summary["parameters"]["as_of"] == "2025-12-31"


def test_a_workbook_is_read_like_a_text(tmp_path: Path) -> None:
    book = Workbook()
    for line in TINY.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "orders.xlsx")

    summary = analyse(tmp_path / "orders.xlsx")

    assert by_customer(summary, "revenue_minor") == {"ann": (3000,), "bob": (550,)}


def test_small_whole_numbers_do_not_overflow(tmp_path: Path) -> None:
    days = [dt.date(2025, 1, 1), dt.date(2025, 2, 1)]
    columns = {"customer": pa.array([1, 1], pa.int8()), "date": days}
    columns["amount"] = pa.array([100, 120], pa.int8())
    pq.write_table(pa.table(columns), tmp_path / "orders.parquet")

    assert by_customer(analyse(tmp_path / "orders.parquet"), "revenue_minor") == {1: (22000,)}


@pytest.mark.shared_data
def test_parquet_that_the_engine_cannot_read_gets_a_sentence(
    shared_file: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("bad_data/ARROW-GH-41317", "data/byte_stream_split_extended.gzip"):
        path = shared_file(f"corpora/parquet-testing/{name}.parquet")
        columns = [
            f"--column={role}={n}" for n, role in enumerate(("customer", "moment", "amount"), 1)
        ]

        assert command.run([str(path), "--out", str(tmp_path / "out"), *columns]) == command.FAILED
        assert "cannot be worked on" in capsys.readouterr().err


DEGENERATE = {
    "only a header": "customer,date,amount\n",
    "one order": "customer,date,amount\na,2025-01-01,5\n",
    "one customer": "customer,date,amount\na,2025-01-01,5\na,2025-02-01,7\na,2025-03-01,7\n",
    "all on one day": "customer,date,amount\na,2025-01-01,5\nb,2025-01-01,7\nc,2025-01-01,1\n",
    "nobody returns": "customer,date,amount\na,2025-01-01,5\nb,2025-02-01,7\nc,2025-03-01,1\n",
    "negative totals": "customer,date,amount\na,2025-01-01,5\na,2025-02-01,-9\nb,2025-02-01,-3\n",
    "only returns": "customer,date,amount\na,2025-01-01,-5\nb,2025-02-01,-7\n",
    "nothing known": "customer,date,amount\n,2025-01-01,5\nb,,7\nc,2025-01-01,\n",
    "nothing paid": "customer,date,amount\na,2025-01-01,0\nb,2025-02-01,0\n",
    "equal spend": "customer,date,amount\n" + "".join(
        f"c{n},2025-0{m}-01,5\n" for n in range(9) for m in range(1, 4)
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DEGENERATE)
def test_a_degenerate_file_says_what_cannot_be_computed(
    tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = analyse(drawn(tmp_path, DEGENERATE[case]))

    assert summary["cannot"]
    assert all(reason["why"].endswith(".") for reason in summary["cannot"])
    assert summary["cannot"][0]["why"] in capsys.readouterr().out
    assert not re.search(r"\b(nan|inf|None)\b", re.sub(r"<[^>]*>", " ", summary["report"]))


def test_what_is_left_out_is_counted_with_its_reason(tmp_path: Path) -> None:
    text = (
        "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
        "1,A,2,12/1/2010 8:26,2.50,17850.0\n"
        "1,POST,1,12/1/2010 8:26,18.00,17850.0\n"
        "C2,A,-1,12/13/2010 9:00,2.50,17850.0\n"
        "3,A,1,12/14/2010 9:00,2.50,\n"
        "4,A,1,12/15/2010 9:00,free,17850.0\n"
    )
    summary = analyse(drawn(tmp_path, text))

    counts = summary["counts"]
    assert by_customer(summary, "revenue_minor", "occasions") == {"17850": (250, 1)}
    assert (counts["no_customer_lines"], counts["not_goods_lines"]) == (1, 1)
    assert counts["no_amount_lines"] == 1
    assert summary["source"]["cancellations"] == 1
    assert summary["source"]["unread"] == {"price": 1}


@pytest.mark.parametrize(
    ("text", "more", "sentence"),
    [
        ("a,b\n1,2\n", [], "No column says who the customer is"),
        ("customer,b\n1,2\n", [], "No column says when"),
        ("customer,date\n1,2025-01-01\n", [], "No column says what was paid"),
        (TINY, ["--column", "colour=x"], "is not understood"),
        (TINY, ["--column", "amount=x"], "no column “x”"),
        ("", [], "is empty"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence(
    tmp_path: Path,
    text: str,
    more: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = drawn(tmp_path, text)

    assert command.run([str(path), "--out", str(tmp_path / "out"), *more]) > 0

    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "wrong",
    [["--as-of", "31.12."], ["--currency", "euro"], ["--margin", "3"], ["--zone", "Mars"]],
)
def test_a_wrong_option_gets_a_sentence(
    tmp_path: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.run([str(drawn(tmp_path, TINY)), "--out", str(tmp_path / "out"), *wrong])

    assert stopped.value.code == command.WRONG_USE
    assert "write" in capsys.readouterr().err


def test_a_file_that_stands_where_the_folder_should_be_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("not a folder")

    assert command.run([str(drawn(tmp_path, TINY)), "--out", str(tmp_path / "out")]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_the_report_needs_nothing_from_elsewhere_and_escapes_names(tmp_path: Path) -> None:
    text = TINY.replace("ann", "<script>alert(1)</script>")
    report = analyse(drawn(tmp_path, text))["report"]

    assert "<script" not in report
    assert not re.findall(r"(?:src|href)=\"(?!#)", report)
    assert "url(" not in report


@pytest.mark.shared_data
def test_online_retail(shared_file: Files, tmp_path: Path) -> None:
    source = tmp_path / "online_retail.parquet"
    source.symlink_to(shared_file("data/online_retail.parquet"))

    summary = analyse(source, "--currency", "GBP")

    counts = summary["counts"]
    assert summary["source"]["lines"] == 541_909
    assert summary["source"]["cancellations"] == 9_288
    assert counts["no_customer_lines"] == 135_080
    assert counts["not_goods_lines"] == 1_839
    assert summary["n"] == 4_335
    assert summary["back_test"]["errors"][0]["model"] == "NBD"
    assert summary["models"]["purchases"]["log_likelihood"] > -61_600


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "customers"), [("master", 23_570), ("sample", 2_357)])
def test_cdnow(shared_file: Files, tmp_path: Path, name: str, customers: int) -> None:
    source = tmp_path / "cdnow.txt"
    source.symlink_to(shared_file(f"data/CDNOW_{name}.txt"))

    summary = analyse(source, "--currency", "USD")

    assert summary["n"] == customers
    assert summary["first_day"] == "1997-01-01"
    assert abs(summary["back_test"]["errors"][0]["bias"]) < 25
