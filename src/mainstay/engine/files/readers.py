"""Turn a file into rows of cells. Runs in the child process only; see `child`."""

import csv
import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from mainstay.engine.files import detect, packed
from mainstay.engine.files.layout import Format, Inspection, Layout
from mainstay.engine.files.limits import MIB, Limits
from mainstay.engine.files.unreadable import Unreadable, gettext_noop

Rows = Iterator[tuple[int, list[str]]]
SAMPLE_BYTES = 256 * 1024
PREVIEW_ROWS = 20
EXACT = 1e15  # beyond, a float is no whole number anyone typed


def inspect(path: Path, limits: Limits, chosen: Layout | None = None) -> Inspection:
    """Find the layout of the file and its first rows; `chosen` settles encoding, delimiter, sheet
    and heading."""
    kind = detect.format_of(_head(path, limits))
    if kind is Format.PARQUET:
        from mainstay.engine.files import parquet

        return parquet.inspect(path, limits)
    if kind is Format.WORKBOOK:
        return _inspect_workbook(path, limits, chosen)
    return _inspect_text(path, limits, chosen)


def rows(path: Path, layout: Layout, limits: Limits) -> Rows:
    """Yield (line number, cells) of every row that is not blank, the header row left out."""
    found = (
        _workbook_rows(path, layout.sheet, limits)[0]
        if layout.format is Format.WORKBOOK
        else text_rows(path, layout, limits)
    )
    if layout.header:
        next(found, None)
    for count, (line, cells) in enumerate(found, start=1):
        if count > limits.rows:
            raise too_many_rows(limits)
        yield line, cells


def too_many_rows(limits: Limits) -> Unreadable:
    """Return the sentence for a file with more rows than are read."""
    return Unreadable(
        gettext_noop("The file has more than %(rows)s rows. Split it and import the parts."),
        {"rows": limits.rows},
    )


def _head(path: Path, limits: Limits) -> bytes:
    """Return the first bytes of a file that is fit to be opened at all."""
    if not path.is_file():
        raise Unreadable(gettext_noop("There is no file “%(name)s”."), {"name": path.name})
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable(
            gettext_noop("The file is larger than %(size)s MB. Split it and import the parts."),
            {"size": limits.file_bytes // MIB},
        )
    with path.open("rb") as file:
        head = file.read(16)
    if not head:
        raise Unreadable(gettext_noop("The file is empty."))
    return head


def _named(cells: list[str], header: bool, limits: Limits) -> tuple[str, ...]:
    """Return the column names: the header's, or numbered ones where there is none."""
    if len(cells) > limits.columns:
        raise Unreadable(
            gettext_noop(
                "The file has %(found)s columns; at most %(most)s can be read."
                " Leave out what is not needed."
            ),
            {"found": len(cells), "most": limits.columns},
        )
    names = [cell.strip() for cell in cells] if header else [""] * len(cells)
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        wanted = name or f"column {number}"
        found.append(wanted if wanted not in found else f"{wanted} ({number})")
    return tuple(found)


# -- text


def _inspect_text(path: Path, limits: Limits, chosen: Layout | None) -> Inspection:
    encoding = chosen.encoding if chosen else detect.encoding_of(_telling_bytes(path))
    text = _first_text(path, encoding)
    delimiter = chosen.delimiter if chosen else detect.delimiter_of(text)
    layout = Layout(format=Format.TEXT, encoding=encoding, delimiter=delimiter)
    found = [
        cells for _, cells in itertools.islice(text_rows(path, layout, limits), PREVIEW_ROWS + 1)
    ]
    if not found:
        raise Unreadable(gettext_noop("The file is empty."))
    header = chosen.header if chosen else detect.has_header(found)
    columns = _named(found[0], header, limits)
    layout = Layout(Format.TEXT, encoding, layout.delimiter, header, columns)
    return Inspection(layout=layout, rows=found[1:] if header else found[:PREVIEW_ROWS])


def _telling_bytes(path: Path) -> bytes:
    """Return the beginning of the file, then lines beyond ASCII: they tell the encoding."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
        while len(sample) < 8 * SAMPLE_BYTES and (piece := file.read(4 * MIB)):
            if not piece.isascii():
                sample += b"".join(
                    line for line in piece.splitlines(keepends=True)[1:-1] if not line.isascii()
                )
    return sample[: 8 * SAMPLE_BYTES]


def _first_text(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return file.read(SAMPLE_BYTES)


def text_rows(path: Path, layout: Layout, limits: Limits) -> Rows:
    """Yield (line number, cells) of a delimited text."""
    with path.open("rb") as file:
        yield from rows_in(file, layout, limits)


def rows_in(source: IO[bytes], layout: Layout, limits: Limits, *, line: int = 0) -> Rows:
    """Yield (line number, cells) of the text from here on; a row counts where it starts, `line`
    lines went before."""
    csv.field_size_limit(limits.cell_characters)
    before = line
    try:
        with io.TextIOWrapper(source, encoding=layout.encoding, newline="") as file:
            if layout.delimiter == detect.BLANKS:
                yield from (
                    (number, cells)
                    for number, text in enumerate(file, 1)
                    if (cells := text.split())
                )
                return
            reader = csv.reader(file, delimiter=layout.delimiter, strict=True)
            for cells in reader:
                if cells and (len(cells) > 1 or cells[0]):
                    yield line + 1, cells
                line = before + reader.line_num
    except UnicodeDecodeError as error:
        raise Unreadable(
            gettext_noop(
                "After line %(line)s the text is not valid %(encoding)s."
                " Choose another encoding, or save the file as UTF-8."
            ),
            {"line": line, "encoding": layout.encoding.upper()},
        ) from error
    except csv.Error as error:
        raise Unreadable(
            gettext_noop(
                "The row that starts in line %(line)s cannot be told from the next: a "
                "quotation mark"
                " is not closed or stands alone in a quoted cell, or a cell is longer than"
                " %(most)s characters. Correct the line, or choose another delimiter."
            ),
            {"line": line + 1, "most": limits.cell_characters},
        ) from error


# -- workbooks


def _inspect_workbook(path: Path, limits: Limits, chosen: Layout | None) -> Inspection:
    found, sheet, sheets = _workbook_rows(path, chosen.sheet if chosen else "", limits)
    first = [cells for _, cells in itertools.islice(found, PREVIEW_ROWS + 1)]
    if not first:
        raise Unreadable(gettext_noop("The sheet “%(sheet)s” is empty."), {"sheet": sheet})
    header = chosen.header if chosen else detect.has_header(first)
    layout = Layout(
        Format.WORKBOOK, header=header, columns=_named(first[0], header, limits), sheet=sheet
    )
    return Inspection(
        layout=layout, rows=first[1:] if header else first[:PREVIEW_ROWS], sheets=sheets
    )


def _workbook_rows(path: Path, sheet: str, limits: Limits) -> tuple[Rows, str, list[str]]:
    """Return the rows, the sheet they come from (the first one with rows), and all sheets."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        packed.refuse_a_bomb(path, limits)
        book = CalamineWorkbook.from_path(str(path))
        names = list(book.sheet_names)
        for name in [sheet] if sheet else names:
            opened = book.get_sheet_by_name(name)
            if opened.total_height or name == (sheet or names[-1]):
                return _cells(opened.iter_rows(), (opened.start or (0, 0))[0] + 1), name, names
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise _broken_workbook() from error
    raise Unreadable(gettext_noop("The workbook has no sheet with rows."))


def _broken_workbook() -> Unreadable:
    return Unreadable(
        gettext_noop(
            "The workbook cannot be read: it is damaged, protected by a password,"
            " or not a workbook. Open it and save it as XLSX or CSV."
        )
    )


def _cells(found: Iterator[list[Any]], first: int) -> Rows:
    for number, values in enumerate(found, start=first):
        cells = [_text(value) for value in values]
        if any(cells):
            yield number, cells


def _text(value: object) -> str:
    """Write a workbook's value the way a person would type it, dates as ISO."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return "" if value is None else str(value)
