"""What leaves in a file of ours comes back as it was, guarded cells included."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mainstay.customers.models import Customer
from mainstay.shared import sheets
from tests.customers.imports.conftest import Importer
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]

TEXTS = [
    "=1+1", "+48 Firma", "-5 %", "@home", "＝1", "'=1", "''=1", "'-'", "'Hertogenbosch", "Firma",
    "- -", "\u00a0=1", "'\u00a0=1", "−5", "5",
]  # fmt: skip


def names() -> dict[str, str]:
    return dict(Customer.objects.values_list("references__external_id", "name"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_texts_come_back(imported: Importer, tmp_path: Path, form: str) -> None:
    heads, rows = ["Customer number", "Name"], [[str(n), text] for n, text in enumerate(TEXTS)]
    path = tmp_path / f"customers.{form}"
    if form == "csv":
        path.write_text("".join(sheets.csv_lines(heads, rows)), newline="")
    else:
        with sheets.workbook(heads, rows) as file:
            path.write_bytes(file.read())

    imported("customers", path)

    assert names() == {str(n): text.strip() for n, text in enumerate(TEXTS)}


@pytest.mark.shared_data
def test_naughty_strings_leave_and_come_back(
    imported: Importer, shared_file: Callable[[str], Path], tmp_path: Path
) -> None:
    strings = json.loads(shared_file("corpora/blns/blns.json").read_text())
    lines = [[str(n), text] for n, text in enumerate(strings)]
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("".join(sheets.csv_lines(["number", "name"], lines)), newline="")
    imported("customers", first, source="First")
    before = names()

    second.write_text("".join(sheets.csv_lines(["number", "name"], before.items())), newline="")
    Customer.objects.all().delete()
    imported("customers", second, source="Second")

    assert names() == before
    assert len(before) > 480


def test_the_list_as_a_file_is_read_back_with_its_phones(
    imported: Importer, manager: Any, signed_in: SignedIn, tmp_path: Path
) -> None:
    for number in range(3):
        CustomerFactory(name=f"-Firma {number}", phone=f"+48 22 555 00 0{number}")
    client = signed_in(manager)
    path = tmp_path / "list.csv"
    answer = client.post("/customers/?columns=phone", {"export": "csv"})
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert b"'+48 22 555 00 01" in path.read_bytes()
    numbered = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join(f"{n or 'number'},{line}" for n, line in enumerate(numbered)))

    imported("customers", path)

    found = Customer.objects.exclude(references=None).order_by("name")
    assert list(found.values_list("name", "phone")) == [
        (f"-Firma {number}", f"+48 22 555 00 0{number}") for number in range(3)
    ]


def test_refused_values_are_guarded_in_their_file(
    imported: Importer, manager: Any, signed_in: SignedIn
) -> None:
    row = imported("customers", "number;name;e-mail\n1;Firma;=cmd()\n", by=manager)

    answer = signed_in(manager).get(f"/import/{row.pk}/refused/")

    assert "'=cmd()" in b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
