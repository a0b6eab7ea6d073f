"""Look into the zip of a workbook before its reader opens it. Runs in the child process only."""

import re
import zipfile
from pathlib import Path

from mainstay.engine.files.limits import MIB, Limits
from mainstay.engine.files.unreadable import Unreadable, gettext_noop

# A sheet whose text is small but whose cells lie far apart costs its reader one place for each
# cell between them; in a larger text the limit on memory sees it.
LOOKED_THROUGH = 4 * MIB
# Programs exaggerate: a claim is believed of a sheet that is too small to show otherwise.
BELIEVED = MIB // 16
RATIO_COUNTS_FROM = 10 * MIB
SHEET = re.compile(r"(^|[/\\])sheet[^/\\]*\.xml$", re.IGNORECASE)
CLAIM = re.compile(rb'<dimension[^>]*?\sref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>'
)  # empty ones cost nothing
WORKBOOK = {"[content_types].xml", "content.xml", "mimetype"}


def refuse_a_bomb(path: Path, limits: Limits) -> None:
    """Raise the sentence for a workbook that would unpack to more than anybody wants to read."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _refuse_many_parts(parts, limits)
        _refuse_other_archives(parts)
        _refuse_size(sum(part.file_size for part in parts), path.stat().st_size, limits)
        for part in parts:
            if SHEET.search(part.filename):
                _refuse_wide_sheet(archive, part, limits)


def _refuse_many_parts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise Unreadable(
            gettext_noop(
                "The workbook is packed of %(found)s parts; at most %(most)s are read."
                " Save it as CSV and choose that."
            ),
            {"found": len(parts), "most": limits.parts},
        )


def _refuse_other_archives(parts: list[zipfile.ZipInfo]) -> None:
    """A zip around a table is not opened: nested archives are how small files become huge."""
    if not WORKBOOK & {part.filename.lower() for part in parts}:
        raise Unreadable(
            gettext_noop("This is a ZIP archive. Unpack it and choose the file that lies in it.")
        )


def _refuse_size(unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.unpacked_bytes:
        raise Unreadable(
            gettext_noop(
                "The workbook unpacks to more than %(size)s MB. Save it as CSV and choose that."
            ),
            {"size": limits.unpacked_bytes // MIB},
        )
    if unpacked > max(RATIO_COUNTS_FROM, limits.unpacked_ratio * packed):
        raise Unreadable(
            gettext_noop(
                "The workbook unpacks to %(found)s times its size; at most %(most)s times is read."
                " Save it as CSV and choose that."
            ),
            {"found": unpacked // packed, "most": limits.unpacked_ratio},
        )


def _refuse_wide_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    """Compare what the sheet claims, and in a small one where its cells lie, with the limits."""
    if part.file_size > LOOKED_THROUGH:
        return
    text = archive.read(part)
    if part.file_size <= BELIEVED:
        _refuse_reach(CLAIM.findall(text), limits.claimed_cells)
    _refuse_reach(CELL.findall(text), limits.spanned_cells)


def _refuse_reach(found: list[tuple[bytes, bytes]], most: int) -> None:
    columns = max((_number(letters) for letters in {letters for letters, _ in found}), default=0)
    rows = max((int(row) for _, row in found), default=0)
    if rows * columns > most:
        raise Unreadable(
            gettext_noop(
                "A sheet reaches over %(rows)s rows and %(columns)s columns, which is more than"
                " %(most)s cells. Delete the empty rows and columns behind your data, or save"
                " the sheet as CSV."
            ),
            {"rows": rows, "columns": columns, "most": most},
        )


def _number(letters: bytes) -> int:
    """Return the number of a column: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
