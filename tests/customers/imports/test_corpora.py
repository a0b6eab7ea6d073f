"""Files that were made to break importers: a full import or a sentence, never a dead worker."""

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

from mainstay.customers.imports.models import State
from mainstay.customers.models import Customer
from mainstay.engine import files
from mainstay.engine.files import Inspection, Limits, Unreadable
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.shared_data

Shared = Callable[[str], Path]
# Set it to read all files of the large corpora, not one in four.
EVERY = "MAINSTAY_ALL_CORPORA"
TIGHT = Limits(silent_seconds=8, cpu_seconds=8, rows=200_000)
SPECTRUM = [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines",
    "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
]  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    """Return all rows of a text as its headings name them."""
    layout = files.inspect(path, TIGHT).layout
    rows = pa.Table.from_batches(files.stream(path, layout, TIGHT)).to_pylist()
    return [{name: row[f"c{number}"] for number, name in enumerate(layout.columns)} for row in rows]


def test_spectrum_means_what_its_json_says(shared_file: Shared) -> None:
    folder = shared_file("corpora/csv-spectrum")

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(read, [folder / "csvs" / f"{name}.csv" for name in SPECTRUM]))

    wanted = [json.loads((folder / "json" / f"{name}.json").read_text()) for name in SPECTRUM]
    # The reader hands line ends on as the file has them.
    assert [json.loads(json.dumps(rows).replace("\\r\\n", "\\n")) for rows in found] == [
        json.loads(json.dumps(rows).replace("\\r\\n", "\\n")) for rows in wanted
    ]


def outcome(path: Path) -> str:
    """Read a file to its end: "rows", or the sentence that refuses it."""
    try:
        found: Inspection = files.inspect(path, TIGHT)
        for _batch in files.stream(path, found.layout, TIGHT):
            pass
    except Unreadable as refusal:
        sentence = str(refusal)
        assert sentence.endswith("."), sentence
        assert "Traceback" not in sentence
        return sentence
    return "rows"


@pytest.mark.parametrize(
    ("folder", "pattern", "step", "at_least"),
    [
        ("corpora/calamine-xlsx/tests", "*.xls*", 4, 15),
        ("corpora/parquet-testing/data", "*.parquet", 4, 8),
        ("corpora/parquet-testing/bad_data", "*.parquet", 1, 0),
        ("corpora/bombs", "*.*", 1, 2),
    ],
)
def test_every_file_gives_rows_or_a_sentence(
    shared_file: Shared, folder: str, pattern: str, step: int, at_least: int
) -> None:
    paths = sorted(shared_file(folder).glob(pattern))[:: 1 if os.environ.get(EVERY) else step]

    with ThreadPoolExecutor(3) as pool:
        outcomes = dict(zip([p.name for p in paths], pool.map(outcome, paths), strict=True))

    assert sum(1 for said in outcomes.values() if said == "rows") >= at_least, outcomes


@pytest.mark.django_db
def test_naughty_strings_come_in_whole_or_are_refused_by_name(
    imported: Importer, shared_file: Shared
) -> None:
    strings = json.loads(shared_file("corpora/blns/blns.json").read_text())
    lines = [f'{n};"{text.replace(chr(34), chr(34) * 2)}"' for n, text in enumerate(strings)]
    content = "number;name\n" + "\n".join(lines) + "\n"

    row = imported("customers", content.encode("utf-8", "surrogatepass"))

    assert row.state == State.DONE
    assert row.rows == len(strings)
    assert Customer.objects.count() + row.refused == len(strings)
    assert Customer.objects.count() > 0.9 * len(strings)
    kept = dict(Customer.objects.values_list("references__external_id", "name"))
    blanks = " \t\r\n\u00a0\u2007\u202f\u3000\ufeff"
    for number, name in kept.items():
        given = strings[int(number)].strip(blanks)
        assert name == given.replace("\n", " ").replace("\t", " ").replace("\r", " ")
