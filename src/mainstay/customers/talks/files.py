"""Where the files of conversations lie: random names below the data folder, nowhere in the web."""

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

LARGEST = 20 * 1024 * 1024
MOST = 10
# What people send each other; nothing that a double click would run.
_DOCUMENTS = "pdf doc docx xls xlsx ppt pptx odt ods odp rtf txt md csv eml msg ics vcf"
_PICTURES = "png jpg jpeg gif webp heic tif tiff"
ALLOWED = frozenset(f"{_DOCUMENTS} {_PICTURES} mp3 m4a ogg wav zip".split())
LONGEST_NAME = 150


# What other capabilities keep here: each source gives the names that its rows claim.
_claims: dict[str, Callable[[], Iterable[str]]] = {}


def claim(key: str, source: Callable[[], Iterable[str]]) -> None:
    """Let the files that the source names stay."""
    _claims[key] = source


def claimed() -> set[str]:
    return {name for source in _claims.values() for name in source()}


class HasPlace(Protocol):
    place: str
    name: str


class NotKept(Exception):
    """The file is not kept; the text says why and what to do."""


def checked_name(name: str, size: int) -> str:
    """Return the name to keep, without folders; raise for a file that may not come in."""
    short = PurePath(name.replace("\\", "/")).name.strip()
    short = "".join(sign for sign in short if sign.isprintable()) or "file"
    ending = PurePath(short).suffix.lower().lstrip(".")
    if ending not in ALLOWED:
        text = _("“%(name)s” is of a kind that is not kept here; send a PDF, picture or document.")
        raise NotKept(text % {"name": short[:100]})
    if size > LARGEST:
        text = _("“%(name)s” is larger than %(mb)d MB; keep it elsewhere and write the link.")
        raise NotKept(text % {"name": short[:100], "mb": LARGEST // 1024 // 1024})
    if not size:
        raise NotKept(_("“%(name)s” is empty; choose another file.") % {"name": short[:100]})
    return short if len(short) <= LONGEST_NAME else f"{short[: LONGEST_NAME - 6]}.{ending}"


def path_of(place: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "attachments" / place[:2] / place


def keep(chunks: Iterable[bytes]) -> str:
    """Write the content under a new random name and return that name."""
    place = secrets.token_hex(32)
    path = path_of(place)
    path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    with path.open("xb") as file:
        path.chmod(0o600)
        for chunk in chunks:
            file.write(chunk)
    return place


def forget(places: Iterable[str]) -> None:
    for place in places:
        path_of(place).unlink(missing_ok=True)


def kept() -> Iterable[tuple[str, float]]:
    """Yield the name of every file there is, and when it was written."""
    root = Path(settings.MEDIA_ROOT) / "attachments"
    for path in root.glob("??/*"):
        yield path.name, path.stat().st_mtime
