"""The empty base of SQLite, made by the migrations once and copied from then on.

Making it takes ten seconds of each process that tests. The copy is kept under a name that tells the
migrations, and what they import, by their contents; `--create-db` makes it anew.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

import django
from django.db.backends.base.base import BaseDatabaseWrapper

SOURCE = Path(__file__).resolve().parent.parent / "src"
OURS = re.compile(r"^\s*(?:from|import) (mainstay[\w.]*)", re.MULTILINE)


def kept() -> Path:
    """Return where the base of these migrations is, or would be, kept."""
    own = sorted(SOURCE.rglob("migrations/*.py"))
    named = {name for path in own for name in OURS.findall(path.read_text())}
    told = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for path in own + sorted(file for name in named for file in _files(name)):
        told.update(f"{path.relative_to(SOURCE)}\n".encode() + path.read_bytes())
    return Path(tempfile.gettempdir(), f"mainstay-{os.getuid()}-{told.hexdigest()[:32]}.sqlite3")


def _files(module: str) -> list[Path]:
    place = SOURCE.joinpath(*module.split("."))
    return sorted(place.glob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def begin_with(copy: Path) -> bool:
    """Put the kept base there; return whether there is one."""
    if found := kept().exists():
        shutil.copyfile(kept(), copy)
    return found


def keep(connection: BaseDatabaseWrapper) -> None:
    """Keep a base that the migrations have just made."""
    place = kept()
    if place.exists():
        return
    with tempfile.TemporaryDirectory(dir=place.parent) as folder, connection.cursor() as cursor:
        whole = Path(folder, "base.sqlite3")
        cursor.execute("VACUUM INTO %s", [str(whole)])
        whole.replace(place)
