"""Tables as files for spreadsheets; a text can never become a formula there."""

import csv
import datetime as dt
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any
from xml.sax.saxutils import escape

# What a spreadsheet may take for a formula, full-width forms included; with apostrophes before it,
# so that taking one off again always gives the text back.
_FORMULA = re.compile(r"^'*[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KEPT_IN_MEMORY = 8 * 1024 * 1024
LONGEST_CELL = 32_767
_STATIC = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxml'
        'formats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Mainstay" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/styles" Target="styles.xml"/></Relationships>'
    ),
    # Style 1 marks a text that begins like a formula as text, also when it is edited later.
    "xl/styles.xml": (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<fonts><font/></fonts><fills><fill><patternFill patternType='none'/></fill></fills>"
        "<borders><border/></borders>"
        "<cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf xfId="0"/><xf xfId="0" quotePrefix="1"/></cellXfs><cellStyles>'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def unformula(text: str) -> str:
    """Return the text with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if _FORMULA.match(text) else text


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a CSV file line by line, with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield "\ufeff" + writer.writerow([unformula(head) for head in heads])
    for row in rows:
        yield writer.writerow([_plain(value) for value in row])


def workbook(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """Return an XLSX file, written row by row; large ones lie on disk until they are sent."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY)  # noqa: SIM115  the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _STATIC.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for part in _sheet(heads, rows):
                sheet.write(part.encode())
    file.seek(0)
    return file


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _plain(value: Any) -> Any:
    match value:
        case str():
            return unformula(value.replace("\0", ""))
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return value


def _sheet(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns='
    yield '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    yield _row(heads)
    for row in rows:
        yield _row(row)
    yield "</sheetData></worksheet>"


def _row(values: Sequence[Any]) -> str:
    return f"<row>{''.join(_cell(value) for value in values)}</row>"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    text = _NOT_XML.sub("", str(_iso(value)))[:LONGEST_CELL]
    style = ' s="1"' if _FORMULA.match(text) else ""
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _iso(value: Any) -> Any:
    moment = isinstance(value, dt.datetime)
    return value.isoformat(sep=" ", timespec="seconds") if moment else value
