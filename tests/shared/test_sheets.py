import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from mainstay.shared.sheets import csv_lines, unformula, workbook

ROW = ["=1+1", 'Łódź, "x"\n2', 5, Decimal("1.50"), dt.date(2026, 3, 5), None, "a\x01b"]


@pytest.mark.parametrize("text", ["=1", "+48 22", "-5", "@x", "\t=1", " =1", "＝1", "\r=1", "'=1"])
def test_what_a_spreadsheet_would_calculate_is_escaped(text: str) -> None:
    assert unformula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Firma", "a=b", "", "5"])
def test_other_texts_stay(text: str) -> None:
    assert unformula(text) == text


def test_csv_reads_back() -> None:
    text = "".join(csv_lines(["Name", "=Head"], [ROW]))

    head, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == ["Name", "'=Head"]
    assert row[:5] == ["'=1+1", 'Łódź, "x"\n2', "5", "1.50", "2026-03-05"]


def test_a_workbook_reads_back_with_texts_as_texts() -> None:
    with workbook(["Name"], [ROW]) as file:
        sheet = openpyxl.load_workbook(file).active

    assert sheet is not None
    values = [cell.value for cell in sheet[2]]
    assert values == ["=1+1", 'Łódź, "x"\n2', 5, 1.5, "2026-03-05", None, "ab"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix
