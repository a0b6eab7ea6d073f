"""Files that were made to break importers go the whole way that a user takes them: upload, mapping,
check, import. The end is a full import or a sentence, never half of either.

A sample of the files in a usual run; MAINSTAY_ALL_CORPORA=1 takes all of them, as every kind.
"""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.customers.imports import kinds
from mainstay.customers.imports.models import Import, State
from mainstay.customers.models import Customer
from mainstay.orders.models import Order, OrderLine, Product
from mainstay.shared.jobs import schedule
from mainstay.shared.jobs.models import Job
from mainstay.shared.jobs.models import State as JobState
from mainstay.shared.jobs.worker import Pace, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.shared_data]

ALL = bool(os.environ.get("MAINSTAY_ALL_CORPORA"))
KINDS = ("customers", "products", "orders")
FOLDERS = {  # one file in so many is the sample
    "corpora/csv-spectrum/csvs": ("*.csv", 4),
    "corpora/calamine-xlsx/tests": ("*.*s*", 14),
    "corpora/parquet-testing/data": ("*.parquet", 14),
    "corpora/parquet-testing/bad_data": ("*.parquet", 5),
    "corpora/bombs": ("*.*", 3),
}
TABLES = (Customer, Product, Order, OrderLine)


@pytest.fixture(autouse=True)
def nothing_scheduled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_repeated", {})


class Way:
    """One file on its way through the pages."""

    def __init__(self, client: Client, kind: str) -> None:
        self.client, self.kind = client, kind

    def takes(self, name: str, content: bytes) -> str:
        """Return how it ended: the state of the import, or the sentence that refused the file."""
        file = SimpleUploadedFile(name, content)
        given = {"kind": self.kind, "source": "Strangers", "file": file}
        answer = self.client.post("/import/new/", given)
        if answer.status_code == 200:
            return self._sentence(answer.content.decode())
        assert answer.status_code == 302, (name, answer.status_code)
        row = Import.objects.latest("pk")
        self._step(row, "check", self._mapping(row))
        before = _counts()
        checked = dict(row.counts)
        if row.state == State.CHECKED:
            self._step(row, "run", {})
        if row.state == State.DONE:
            assert row.counts == checked, name
            _all_that_is_counted_is_there(row, before)
        else:
            assert _counts() == before, name
        return str(row.state) if row.state != State.FAILED else row.reason

    def _mapping(self, row: Import) -> dict[str, str]:
        """Fill what is asked for from whatever columns there are."""
        columns = list(row.layout["columns"])
        wanted = [field for field in kinds.known(self.kind).fields if field not in row.mapping]
        filled = dict(
            zip(wanted, [c for c in columns if c not in row.mapping.values()], strict=False)
        )
        return {f"map-{field}": column for field, column in (filled | row.mapping).items()}

    def _step(self, row: Import, step: str, given: dict[str, str]) -> None:
        self.client.post(f"/import/{row.pk}/{step}/", given)
        Worker(pace=Pace(backoff_seconds=-1)).drain()
        page = self.client.get(f"/import/{row.pk}/")
        row.refresh_from_db()
        assert page.status_code == 200
        assert not Job.objects.filter(state=JobState.DEAD).exists(), row.file_name

    def _sentence(self, page: str) -> str:
        found = re.search(r'id="id_file_error"[^>]*><p>([^<]+)</p>', page)
        assert found, "a refusal without a sentence"
        return found.group(1)


def _counts() -> list[int]:
    return [table.objects.count() for table in TABLES]  # type: ignore[attr-defined]


def _all_that_is_counted_is_there(row: Import, before: list[int]) -> None:
    names = ("customers", "products", "orders", "lines")
    grown = dict(zip(names, (a - b for a, b in zip(_counts(), before, strict=True)), strict=True))
    counted = {name: row.counts.get(name, {}).get("new", 0) for name in names}
    assert grown == counted, row.file_name


def _ends_well(end: str) -> bool:
    return end in {State.DONE, State.DRAFT} or (end.endswith(".") and "Traceback" not in end)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_imported_whole_or_refused_with_a_sentence(
    shared_file: Callable[[str], Path],
    administrator: Any,
    signed_in: Callable[[Any], Client],
    folder: str,
    kind: str,
) -> None:
    pattern, step = FOLDERS[folder]
    paths = sorted(shared_file(folder).glob(pattern))
    if not ALL:
        paths = paths[KINDS.index(kind) :: 3 * step]
    way = Way(signed_in(administrator), kind)

    ends = {path.name: way.takes(path.name, path.read_bytes()) for path in paths}

    assert ends
    assert {name: end for name, end in ends.items() if not _ends_well(end)} == {}


@pytest.mark.parametrize(
    ("corpus", "column"), [("isemail", "email"), ("phonenumbers", "phone"), ("dompurify", "name")]
)
def test_collections_of_values_come_in_or_are_refused_by_line(
    shared_file: Callable[[str], Path],
    administrator: Any,
    signed_in: Callable[[Any], Client],
    corpus: str,
    column: str,
) -> None:
    values = _values(shared_file, corpus)[:: 1 if ALL else 4]
    rows = [["number", column, *(["name"] if column != "name" else [])]]
    rows += [[str(n), value, f"Firma {n}"][: len(rows[0])] for n, value in enumerate(values)]
    text = "\n".join(";".join('"' + c.replace('"', '""') + '"' for c in cells) for cells in rows)
    way = Way(signed_in(administrator), "customers")

    end = way.takes("values.csv", text.encode("utf-8", "surrogatepass"))

    row = Import.objects.get()
    assert end == State.DONE
    assert (row.rows, Customer.objects.count() + row.refused) == (len(values), len(values))
    assert Customer.objects.exists()


def _values(shared_file: Callable[[str], Path], corpus: str) -> list[str]:
    import xml.etree.ElementTree as ET

    match corpus:
        case "isemail":
            tree = ET.parse(shared_file("corpora/isemail/test/tests.xml"))  # noqa: S314
            return [case.findtext("address") or "" for case in tree.iter("test")]
        case "phonenumbers":
            cases = json.loads(shared_file("corpora/phonenumbers/examples.json").read_text())
            return [each[form] for each in cases for form in ("e164", "national") if form in each]
    files = sorted(shared_file("corpora/dompurify-xss").rglob("*.json"))
    return [each["payload"] for path in files for each in json.loads(path.read_text())]
