"""Where an export is written: a folder or a ZIP file, there complete or not at all."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from django.utils.translation import gettext as _

from mainstay.engine.atomic import appearing

from .refusals import Refused

EARLIEST = (1980, 1, 1, 0, 0, 0)  # in a ZIP file: equal content makes equal files


@dataclass
class Sink:
    """A file being written, and what is told of it in the manifest."""

    to: IO[bytes]
    size: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    closed: bool = False

    def write(self, content: bytes | memoryview) -> int:
        self.digest.update(content)
        self.size += len(memoryview(content).cast("B"))
        self.to.write(content)
        return len(content)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def told(self) -> dict[str, object]:
        return {"bytes": self.size, "sha256": self.digest.hexdigest()}


class Target(Protocol):
    def open(self, name: str) -> IO[bytes]: ...


@contextmanager
def sink(target: Target, name: str) -> Iterator[Sink]:
    """Yield the file of this name, to be written from its beginning to its end."""
    with target.open(name) as to:
        yield Sink(to)


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, name: str) -> IO[bytes]:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


class Packed:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def open(self, name: str) -> IO[bytes]:
        entry = zipfile.ZipInfo(name, EARLIEST)
        text = name.endswith((".csv", ".json"))  # all else is packed already
        entry.compress_type = zipfile.ZIP_DEFLATED if text else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        return self.archive.open(entry, "w", force_zip64=True)


@contextmanager
def target(path: Path) -> Iterator[Target]:
    """Yield where to write; after a failure nothing is left at the path."""
    try:
        if path.suffix.lower() == ".zip":
            _refuse_existing(path.exists(), path)
            with appearing(path) as unfinished, zipfile.ZipFile(unfinished, "x") as archive:
                unfinished.chmod(0o600)
                yield Packed(archive)
        else:
            _refuse_existing(path.exists() and not _is_empty(path), path)
            yield from _folder(path)
    except OSError as error:
        text = _("“%(path)s” cannot be written (%(why)s). Name another place.")
        raise Refused(text % {"path": path, "why": error.strerror or error}) from error


def _folder(path: Path) -> Iterator[Target]:
    unfinished = path.with_name(f".{path.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        yield Folder(unfinished)
        unfinished.replace(path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _refuse_existing(is_there: bool, path: Path) -> None:
    if is_there:
        text = _("There is something at “%(path)s” already; name a new file or folder.")
        raise Refused(text % {"path": path})
