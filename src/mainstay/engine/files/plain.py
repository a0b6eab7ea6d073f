"""Read delimited text in pieces that hold whole, simple rows; the `csv` module reads all others.

Python's `csv` decides what a row is and what is refused. A piece is simple if nothing in it could
be read in two ways: every row has as many cells as the heading, none is blank, quotation marks
stand only around whole cells. There Arrow finds the same rows, several times as fast. Runs in the
child process only; see `child`.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.csv as pc

from mainstay.engine.files import cells, detect, readers
from mainstay.engine.files.layout import Layout
from mainstay.engine.files.limits import MIB, Limits

PIECE = MIB
# Encodings in which no byte of another character looks like a delimiter, quote or line end.
ENCODINGS = ("utf-8", "utf-8-sig", "cp1250", "cp1251", "cp1252")
BOM = codecs.BOM_UTF8


def batches(path: Path, layout: Layout, limits: Limits) -> Iterator[pa.RecordBatch]:
    """Yield all rows of a text as batches; see `child.stream`."""
    seen = 0
    for batch in _batches(path, layout, limits):
        seen += batch.num_rows
        if seen > limits.rows:
            raise readers.too_many_rows(limits)
        for start in range(0, batch.num_rows, limits.batch_rows):
            yield batch.slice(start, limits.batch_rows)


def _batches(path: Path, layout: Layout, limits: Limits) -> Iterator[pa.RecordBatch]:
    if not _is_simple(layout, limits):
        yield from cells.batches(readers.rows(path, layout, limits), layout, limits)
        return
    with path.open("rb") as file:
        place = len(BOM) if layout.encoding == "utf-8-sig" and file.read(3) == BOM else 0
        line, header = 0, layout.header
        later = replace(layout, encoding=layout.encoding.removesuffix("-sig"), header=False)
        while piece := _piece(file, place):
            found = _simple_rows(piece, layout)
            if found is not None:
                first = 1 if header else 0
                yield _numbered(found.slice(first), line + first)
            elif header or not _stands_alone(piece, layout):
                yield from _others(file, place, line, replace(later, header=header), limits)
                return
            else:
                yield from _others(io.BytesIO(piece), 0, line, later, limits)
            line, place, header = line + _lines(piece), place + len(piece), False


def _is_simple(layout: Layout, limits: Limits) -> bool:
    """Tell whether pieces can be read at all: a row of one cell may be blank, and no cell may be
    longer than allowed."""
    return (
        layout.encoding in ENCODINGS
        and layout.delimiter != detect.BLANKS
        and len(layout.columns) > 1
        and limits.cell_characters >= PIECE
    )


def _piece(file: IO[bytes], place: int) -> bytes:
    """Return the next piece, up to the end of a line if it has one."""
    file.seek(place)
    piece = file.read(PIECE)
    return piece[: piece.rfind(b"\n") + 1] or piece if len(piece) == PIECE else piece


def _lines(piece: bytes) -> int:
    return piece.count(b"\n")


def _others(
    file: IO[bytes], place: int, line: int, layout: Layout, limits: Limits
) -> Iterator[pa.RecordBatch]:
    """Yield the rows from this place on as the `csv` module reads them."""
    file.seek(place)
    rows = readers.rows_in(file, layout, limits, line=line)
    if layout.header:
        next(rows, None)
    yield from cells.batches(rows, layout, limits)


def _stands_alone(piece: bytes, layout: Layout) -> bool:
    """Tell whether the piece begins and ends with a row, whatever is in it."""
    if len(piece) == PIECE and not piece.endswith(b"\n"):
        return False
    if piece.startswith(BOM) or piece.count(b"\r") != piece.count(b"\r\n"):
        return False
    return b'"' not in piece or _quotes_are_plain(piece, layout.delimiter)


def _quotes_are_plain(piece: bytes, delimiter: str) -> bool:
    """Tell whether every quotation mark stands around a whole cell of one line, or doubled in
    one."""
    mark = re.escape(delimiter.encode())
    cell = rb'(?:"(?:[^"\r\n]|"")*+"|[^"\r\n' + mark + rb"]*+)"
    ended = piece if piece.endswith(b"\n") else piece + b"\n"
    return re.fullmatch(rb"(?:" + cell + rb"(?:" + mark + rb"|\r?\n))*+", ended) is not None


def _simple_rows(piece: bytes, layout: Layout) -> pa.Table | None:
    """Return the rows of a piece, header too, or None where only the `csv` module may say."""
    if not _stands_alone(piece, layout) or _has_blank_line(piece):
        return None
    names = [f"c{number}" for number in range(len(layout.columns))]
    try:
        if not layout.encoding.startswith("utf-8"):
            piece = piece.decode(layout.encoding).encode()
        found = pc.read_csv(
            pa.BufferReader(piece),
            pc.ReadOptions(use_threads=False, block_size=4 * PIECE, column_names=names),
            pc.ParseOptions(
                delimiter=layout.delimiter,
                quote_char='"' if b'"' in piece else False,
                ignore_empty_lines=False,
            ),
            pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None
    rows = _lines(piece) + (not piece.endswith(b"\n"))
    return found if found.num_rows == rows else None


def _has_blank_line(piece: bytes) -> bool:
    return piece[:1] in b"\r\n" or b"\n\n" in piece or b"\n\r" in piece


def _numbered(found: pa.Table, before: int) -> pa.RecordBatch:
    """Put line and number of cells before the columns."""
    count, width = found.num_rows, found.num_columns
    lines = pa.arange(before + 1, before + count + 1)
    texts = [column.combine_chunks() for column in found.columns]
    arrays = [lines, pa.repeat(pa.scalar(width, pa.int32()), count), *texts]
    return pa.RecordBatch.from_arrays(arrays, schema=cells.schema(width))
