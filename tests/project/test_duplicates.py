"""`mainstay duplicates FILE`: pairs of a file without a site, and what it says to bad input."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from mainstay.project.duplicates import run

FILE = """id,kind,name,phone,tax_number
A-1,organisation,Nova Logistyka Sp. z o.o.,,526-000-12-46
A-2,organisation,NOVA LOGISTYKA,+48 22 100 20 30,PL5260001246
A-3,organisation,Huta Katowice S.A.,,6340000001
A-4,person,Jan Kowalski,,
"""


def test_the_pairs_of_a_file_are_told_by_its_own_numbers(tmp_path: Path, capsys: Any) -> None:
    given, out = tmp_path / "customers.csv", tmp_path / "pairs.csv"
    given.write_text(FILE)

    assert run([str(given), "--out", str(out)]) == 0

    [[left, right, probability, steps]] = csv.reader(out.read_text("utf-8").splitlines())
    assert {left, right} == {"A-1", "A-2"}
    assert float(probability) > 0.9
    assert {"name", "tax"} <= {step["field"] for step in json.loads(steps)}
    assert "organisation: 3 records" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "more", "sentence"),
    [
        (FILE, ["--least", "2"], "Give --least a probability between 0 and 1, such as 0.9."),
        ("a,b\n1,2\n", [], "has no column to compare. Name its columns:"),
        ("", [], "cannot be read as Parquet or CSV"),
        (None, [], "cannot be read as Parquet or CSV"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_sentence(
    content: str | None, more: list[str], sentence: str, tmp_path: Path, capsys: Any
) -> None:
    given = tmp_path / "customers.csv"
    if content is not None:
        given.write_text(content)

    assert run([str(given), *more]) == 2

    assert sentence in capsys.readouterr().err
