"""Workbooks that are small on disk and huge inside are refused before anything is unpacked."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from mainstay.engine.files import Limits, Unreadable
from mainstay.engine.files.packed import refuse_a_bomb

LIMITS = Limits()


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheet(reference: str, claim: str = "A1:B2") -> dict[str, bytes]:
    cells = f'<c r="A1"/><c s="1" r="{reference}"><v>1</v></c>'
    text = f'<worksheet><dimension ref="{claim}"/><sheetData><row>{cells}'
    return {"[Content_Types].xml": b"", "xl/worksheets/sheet1.xml": text.encode()}


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            {"[Content_Types].xml": b""} | {f"xl/{n}.xml": b"" for n in range(1000)},
            "The workbook is packed of 1001 parts; at most 1000 are read.",
        ),
        (
            {"[Content_Types].xml": b"", "xl/sharedStrings.xml": bytes(20 << 20)},
            "times its size; at most 100 times is read. Save it as CSV and choose that.",
        ),
        ({"orders.xlsx": b"PK"}, "This is a ZIP archive. Unpack it and choose the file"),
        (sheet("XFD1048576"), "reaches over 1048576 rows and 16384 columns"),
        (sheet("B2", claim="A1:XFD1048576"), "which is more than 2000000000 cells. Delete the"),
    ],
)
def test_each_kind_of_bomb_has_its_sentence(
    tmp_path: Path, parts: dict[str, bytes], sentence: str
) -> None:
    path = packed(tmp_path / "bomb.xlsx", parts)

    with pytest.raises(Unreadable) as refusal:
        refuse_a_bomb(path, LIMITS)

    assert sentence in str(refusal.value)


def test_what_people_save_passes(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    rows = book.create_sheet("Orders")
    for number in range(20_000):
        rows.append([number, "the same text in each row", 12.5])
    book.save(tmp_path / "orders.xlsx")
    (tmp_path / "orders.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

    refuse_a_bomb(tmp_path / "orders.xlsx", LIMITS)
    refuse_a_bomb(tmp_path / "orders.xls", LIMITS)
    refuse_a_bomb(packed(tmp_path / "a.xlsx", sheet("AA9000", claim="A1:AMJ1048576")), LIMITS)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["dim.xlsx", "sparse.xlsx", "rows300k.xlsx", "sst1g.xlsx"])
def test_the_bombs_of_the_corpus_never_reach_the_reader(
    shared_file: Callable[[str], Path], name: str
) -> None:
    with pytest.raises(Unreadable):
        refuse_a_bomb(shared_file(f"corpora/bombs/{name}"), LIMITS)


@pytest.mark.shared_data
def test_odd_workbooks_are_left_to_the_reader(shared_file: Callable[[str], Path]) -> None:
    refused = {}
    for path in sorted(shared_file("corpora/calamine-xlsx/tests").glob("*.xls[xm]")):
        try:
            refuse_a_bomb(path, LIMITS)
        except (Unreadable, zipfile.BadZipFile) as reason:
            refused[path.name] = str(reason)

    assert refused == {}
