"""The single e-mails of a file: an .eml holds one, an .mbox one after the other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from mainstay.engine.files.unreadable import Unreadable, gettext_noop

LARGEST = 30 << 20
LONGEST_LINE = 1 << 20
_BEGINS = re.compile(rb"From \S.{0,200}\d:\d\d.{0,40}\d{4}( [+-]\d{4})?\s*$")
_ESCAPED = re.compile(rb">+From ")
_OUTLOOK = b"\xd0\xcf\x11\xe0"
_PACKED = b"PK\x03\x04"
_MARK = b"\xef\xbb\xbf"


def messages(path: Path) -> Iterator[bytes | None]:
    """Yield each e-mail as it stands in the file; None for one that is too large to be read."""
    with path.open("rb") as file:
        start = file.read(8)
        _check(start)
        file.seek(len(_MARK) if start.startswith(_MARK) else 0)
        if start.removeprefix(_MARK).startswith(b"From "):
            yield from _many(file)
        else:
            yield _one(file)


def _check(start: bytes) -> None:
    if not start:
        raise Unreadable(gettext_noop("The file is empty. Choose another file."))
    if start.startswith(_OUTLOOK):
        raise Unreadable(
            gettext_noop("This is an Outlook file. Save the e-mail as .eml and choose it again.")
        )
    if start.startswith(_PACKED):
        raise Unreadable(gettext_noop("This file is packed. Unpack it and choose what is inside."))


def _one(file: IO[bytes]) -> bytes | None:
    content = file.read(LARGEST + 1)
    return content if len(content) <= LARGEST else None


def _many(file: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the e-mails of an mbox: a line “From …” after an empty one begins the next."""
    pieces: list[bytes] = []
    size, after_empty, begun = 0, True, False
    while line := file.readline(LONGEST_LINE):
        if after_empty and _BEGINS.match(line):
            if begun:
                yield b"".join(pieces) if size <= LARGEST else None
            pieces, size, begun = [line], len(line), True
        else:
            size += len(line)
            if size <= LARGEST:
                pieces.append(line[1:] if _ESCAPED.match(line) else line)
        after_empty = line in (b"\n", b"\r\n")
    yield b"".join(pieces) if size <= LARGEST else None
