"""Imports, in the register: samples of rows, uploads and lists of refused rows name people."""

import re
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.customers.imports import storage
from mainstay.customers.imports.models import RUNNING, Import
from mainstay.customers.imports.retention.actions import delete_files
from mainstay.shared.personal_data import (
    Erasing,
    Impersonal,
    Personal,
    Place,
    blank,
    publish,
    publish_place,
)

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "iso8859-2", "gb18030")
# Packed files (XLSX, Parquet) cannot be searched byte by byte.
_PACKED = (b"PK", b"PAR1")
_CHUNK = 1 << 20
_SHORTEST = 4


def _delete_files(erasing: Erasing) -> int:
    """Delete the files of each import that may name the person: packed ones are not looked into."""
    needles = _needles(erasing.words)
    held = Import.objects.filter(files_deleted_at=None).exclude(state__in=RUNNING)
    named = [row for row in held if _may_name(storage.folder(row.folder), needles)]
    for row in named:
        delete_files(row=row, by=erasing.by, now=timezone.now())
    return len(named)


def _may_name(folder: Path, needles: set[bytes]) -> bool:
    files = folder.rglob("*") if folder.is_dir() else ()
    return any(_holds(path, needles) for path in files if path.is_file())


def _holds(path: Path, needles: set[bytes]) -> bool:
    """Tell whether one of the needles stands in the file, read in overlapping pieces."""
    overlap = max((len(needle) for needle in needles), default=0)
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not tail and chunk.startswith(_PACKED):
                return True
            piece = tail + chunk
            if any(needle in piece for needle in needles):
                return True
            tail = piece[-overlap:]
    return False


def _needles(words: tuple[str, ...]) -> set[bytes]:
    """Return every part of the words: a refused cell is rarely a whole one."""
    parts = {part for word in words for part in re.findall(r"\w+", word)}
    return {
        needle
        for part in parts
        if len(part) >= _SHORTEST
        for encoding in _ENCODINGS
        if len(needle := part.encode(encoding, errors="ignore")) >= _SHORTEST
    }


def publish_entries() -> None:
    publish(
        Personal(
            "imports.Import",
            _("Imports"),
            words_in=("sample", "notes", "left_out", "reason", "file_name"),
            erasure=blank(
                _("that a file was imported, and with what result, stays"),
                sample=[],
                notes={},
                left_out={},
                reason="",
                file_name="–",
            ),
        ),
        Impersonal("imports.ColumnMapping", "names of columns"),
    )
    publish_place(
        Place(
            "import_files",
            _("Uploads and lists of refused rows"),
            _("Files that name the person, or are packed, are deleted; choose them again"),
            empty=_delete_files,
        )
    )
