"""An export that comes in: opened with suspicion, every file compared with the table of contents.

Nothing but what the manifest names is taken, at most as many bytes as it says, and no name leads
out of the folder.
"""

import hashlib
import json
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from . import files, manifest
from .refusals import Refused
from .tables import TABLES, Table

CHUNK = 1024 * 1024
LONGEST_MANIFEST = 256 * 1024 * 1024
# Beyond this a file unpacks to so many times its size that it means harm.
MOST_UNPACKED = 100
_TABLE = re.compile(r"tables/[a-z_]{1,60}\.(parquet|csv)")


@dataclass(frozen=True)
class Source:
    """A checked export in a folder, and what its manifest says."""

    root: Path
    told: dict[str, Any]

    @property
    def form(self) -> str:
        return str(self.told["files_are"])

    @property
    def tables(self) -> Iterator[tuple[Table, dict[str, Any]]]:
        """Yield our tables that stand in it, with what the manifest says of each."""
        found = {each["name"]: each for each in self.told["tables"]}
        yield from ((table, found[table.name]) for table in TABLES if table.name in found)

    @property
    def fingerprint(self) -> str:
        """Return what is the same for the same rows and files."""
        every = [each["sha256"] for each in (*self.told["tables"], *self.told["files"])]
        return hashlib.sha256("".join(every).encode()).hexdigest()

    def path(self, name: str) -> Path:
        return self.root / name


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Yield the checked export; what was unpacked for it is gone afterwards.

    Raises:
        Refused: it is not an export, or not as it was written.
    """
    if path.is_dir():
        yield _checked(path, _from_folder(path))
        return
    if not zipfile.is_zipfile(path):
        text = _("“%(path)s” is neither the folder nor the ZIP file of an export.")
        raise Refused(text % {"path": path})
    with zipfile.ZipFile(path) as archive, _beside() as root:
        names = _names(archive, path)
        yield _checked(root, _unpacking(archive, names, root))


def is_export(path: Path) -> bool:
    """Tell whether this looks like an export of everything."""
    if path.is_dir():
        return True
    return path.suffix.lower() == ".zip" and zipfile.is_zipfile(path)


Take = Callable[[str, int], IO[bytes]]


def _from_folder(root: Path) -> Take:
    def take(name: str, size: int) -> IO[bytes]:
        path = root / name
        if path.is_symlink() or not path.is_file():
            raise _missing(name)
        return path.open("rb")

    return take


def _unpacking(archive: zipfile.ZipFile, names: set[str], root: Path) -> Take:
    """Return what unpacks one file, never further than its promised size."""

    def take(name: str, size: int) -> IO[bytes]:
        if name not in names:
            raise _missing(name)
        to = root / name
        to.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as packed, to.open("xb") as out:
            left = size + 1
            while left and (chunk := packed.read(min(CHUNK, left))):
                out.write(chunk)
                left -= len(chunk)
        return to.open("rb")

    return take


def _names(archive: zipfile.ZipFile, path: Path) -> set[str]:
    """Return the names in a ZIP file, or refuse one that is made to do harm."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    for entry in entries:
        link = stat.S_ISLNK(entry.external_attr >> 16)
        if link or not (entry.filename == manifest.NAME or _may_be(entry.filename)):
            text = _("The file holds “%(name)s”, which no export holds; nothing was imported.")
            raise Refused(text % {"name": entry.filename[:200]})
    unpacked = sum(entry.file_size for entry in entries)
    size = path.stat().st_size
    if len(names) < len(entries) or unpacked > MOST_UNPACKED * size:
        text = _("The file would unpack to %(times)d times its size; no export does that.")
        raise Refused(text % {"times": unpacked // max(size, 1)})
    _refuse_too_large(unpacked)
    return names


def _refuse_too_large(size: int) -> None:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if size > free:
        text = _("The export needs %(need)d MB of free disk, and there are %(free)d MB.")
        raise Refused(text % {"need": size // 10**6, "free": free // 10**6})


def _checked(root: Path, take: Take) -> Source:
    told = _manifest(take)
    for name, each in _promised(told):
        digest, size = hashlib.sha256(), 0
        with _reading(take, name, each["bytes"]) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
        if size != each["bytes"] or digest.hexdigest() != each["sha256"]:
            text = _("“%(name)s” is not as it was written: fetch or copy the export again.")
            raise Refused(text % {"name": name})
    return Source(root, told)


@contextmanager
def _reading(take: Take, name: str, size: int) -> Iterator[IO[bytes]]:
    try:
        with take(name, size) as file:
            yield file
    except (OSError, zipfile.BadZipFile, EOFError, ValueError, RuntimeError) as error:
        text = _("“%(name)s” cannot be read (%(why)s): fetch or copy the export again.")
        raise Refused(text % {"name": name, "why": str(error)[:200]}) from error


def _manifest(take: Take) -> dict[str, Any]:
    with _reading(take, manifest.NAME, LONGEST_MANIFEST) as file:
        try:
            told = json.loads(file.read(LONGEST_MANIFEST))
        except (ValueError, RecursionError):
            told = None
    if not isinstance(told, dict) or told.get("format") != manifest.FORMAT:
        raise Refused(_("manifest.json is not that of an export of Mainstay."))
    if told.get("version") != manifest.VERSION:
        text = _(
            "The export is of version %(theirs)s of the format, and this installation reads"
            " version %(ours)d. Update the older of the two installations."
        )
        raise Refused(text % {"theirs": str(told.get("version"))[:20], "ours": manifest.VERSION})
    return told


def _promised(told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return each file that the manifest names, or refuse a manifest that makes no sense."""
    try:
        every = [*told["tables"], *told["files"]]
        found = [(each["file"], each) for each in every]
        sane = told["files_are"] in ("parquet", "csv") and all(map(_is_sane, every))
        twice = len({name for name, _each in found}) < len(found)
    except (KeyError, TypeError):
        sane, found, twice = False, [], False
    if not sane or twice:
        raise Refused(_("manifest.json is damaged: fetch or copy the export again."))
    return found


def _is_sane(each: dict[str, Any]) -> bool:
    counts = (each["bytes"], each.get("rows", 0))
    numbers = all(isinstance(n, int) and 0 <= n < 2**62 for n in counts)
    return numbers and isinstance(each["sha256"], str) and _may_be(each["file"])


def _may_be(name: str) -> bool:
    folder, _slash, rest = name.partition("/")
    return bool(_TABLE.fullmatch(name)) or (folder == files.FOLDER and files.may_be(rest))


def _missing(name: str) -> Refused:
    text = _("“%(name)s” is missing: fetch or copy the export again.")
    return Refused(text % {"name": name})


@contextmanager
def _beside() -> Iterator[Path]:
    """Yield a folder of its own on the disk of the data."""
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".import-") as name:
        yield Path(name)
