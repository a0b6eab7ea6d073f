"""Where the files of imports live: generated names in one folder, or, for administrators, below an
allowed one."""

import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _


class NotAllowed(Exception):
    """The path may not be read; the text says why and what to do."""


def new_folder() -> str:
    return secrets.token_hex(16)


def folder(name: str) -> Path:
    """Return the folder of an import."""
    return Path(settings.MEDIA_ROOT) / "imports" / name


def keep(chunks: Iterable[bytes], name: str) -> Path:
    """Write an upload to its folder; the name the user gave it is never used as a path."""
    place = folder(name)
    place.mkdir(parents=True, mode=0o700)
    path = place / "upload"
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
    return path


def allowed(text: str) -> Path:
    """Return the file at a path that an administrator named, if it is below the allowed folder."""
    base = getattr(settings, "IMPORT_DIR", "")
    if not base:
        raise NotAllowed(
            _(
                "Files on the server cannot be imported here. Set MAINSTAY_IMPORT_DIR to a "
                "folder, or upload the file."
            )
        )
    root = Path(base).resolve()
    path = (root / text).resolve()
    if not path.is_relative_to(root):
        raise NotAllowed(_("The path leads outside the import folder. Name a file below it."))
    if not path.is_file():
        raise NotAllowed(_("There is no file “%(path)s” in the import folder.") % {"path": text})
    return path


def clear(name: str, *, keep_refused: bool) -> None:
    """Delete the upload and everything made of it; the list of refused rows may stay."""
    place = folder(name)
    for path in place.iterdir() if place.is_dir() else ():
        if keep_refused and path.name == "refused.csv":
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if place.is_dir() and not keep_refused:
        place.rmdir()
