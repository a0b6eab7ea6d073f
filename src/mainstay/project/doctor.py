"""What a healthy installation looks like, one check each."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

SAFE_SQLITE = (3, 51, 3)  # older ones can damage the file: two connections and a WAL reset
OLDEST_POSTGRESQL = 140_000
ENOUGH_SPACE = 1024**3
PATIENCE_MS = 20_000
KEY_LENGTH = 50


@dataclass(frozen=True)
class Finding:
    """One line of the report; `advice` is empty when all is well."""

    subject: str
    fact: str
    advice: str = ""

    @property
    def healthy(self) -> bool:
        return not self.advice


def examine() -> Iterator[Finding]:
    """Run every check that fits this installation; a check that breaks is a finding itself."""
    for check in [*_COMMON, *(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)]:
        try:
            yield check()
        except (DatabaseError, OSError) as problem:
            subject = check.__name__.replace("_", " ")
            yield Finding(
                subject, str(problem).strip(), "Repair what this line names, then ask again."
            )


def python() -> Finding:
    return Finding("Python", ".".join(map(str, sys.version_info[:3])))


def data_folder() -> Finding:
    folder = Path(settings.DATA_DIR)
    free = shutil.disk_usage(folder).free
    fact = f"{folder}, {free / 1024**3:.1f} GiB free"
    if not os.access(folder, os.W_OK):
        return Finding("data folder", fact, "Let the user who runs Mainstay write there.")
    advice = "" if free >= ENOUGH_SPACE else "Make room: imports and runs need at least 1 GiB."
    return Finding("data folder", fact, advice)


def secret_key() -> Finding:
    path = Path(settings.DATA_DIR, "secret_key")
    if len(settings.SECRET_KEY) < KEY_LENGTH:
        return Finding("secret key", "too short", "Use 50 random characters or more.")
    if os.environ.get("MAINSTAY_SECRET_KEY"):
        return Finding("secret key", "from MAINSTAY_SECRET_KEY")
    mode = path.stat().st_mode & 0o777
    advice = f"Run: chmod 600 {path}" if mode & 0o077 else ""
    return Finding("secret key", f"{path}, mode {mode:o}", advice)


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding("migrations", f"{len(waiting)} not applied", "Run: mainstay migrate")
    return Finding("migrations", "all applied")


def shared_cache() -> Finding:
    """The limits on sign-in live there, so they must hold across processes."""
    cache.set("doctor", "here", 60)
    if cache.get("doctor") != "here":
        return Finding("shared cache", "forgets", "Run: mainstay migrate")
    return Finding("shared cache", "remembers")


def assets() -> Finding:
    folder = Path(settings.PACKAGE, "shared", "static", "vendor")
    count = sum(1 for path in folder.rglob("*") if path.suffix in {".css", ".js"})
    advice = "" if count else "Run: make assets"
    return Finding("front-end parts", f"{count} files" if count else "missing", advice)


def languages() -> Finding:
    stale = [po for po in _catalogues() if not _compiled(po)]
    if stale:
        names = ", ".join(sorted({po.parent.parent.name for po in stale}))
        return Finding("languages", f"not compiled: {names}", "Run: make languages")
    return Finding("languages", ", ".join(code for code, _ in settings.LANGUAGES))


def _catalogues() -> list[Path]:
    return sorted(Path(settings.PACKAGE).glob("**/locale/*/LC_MESSAGES/*.po"))


def _compiled(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime


def hosts() -> Finding:
    names = ", ".join(settings.ALLOWED_HOSTS)
    if settings.DEBUG:
        return Finding("mode", "debugging", "Unset MAINSTAY_DEBUG: it shows settings to visitors.")
    return Finding("mode", f"{'https' if settings.HTTPS else 'plain http'} for {names}")


def sqlite_version() -> Finding:
    from sqlite3 import sqlite_version, sqlite_version_info

    safe = sqlite_version_info >= SAFE_SQLITE
    advice = "" if safe else "Install the pysqlite3 wheel: this version can damage its file."
    return Finding("SQLite", sqlite_version, advice)


def sqlite_journal() -> Finding:
    mode = _pragma("journal_mode")
    advice = "" if mode == "wal" else "Keep the file on a local disk that allows WAL."
    return Finding("SQLite journal", mode, advice)


def sqlite_transactions() -> Finding:
    options = connection.settings_dict["OPTIONS"]
    mode, timeout = options.get("transaction_mode"), int(_pragma("busy_timeout"))
    fact = f"{mode}, waits {timeout / 1000:.0f} s for a lock"
    good = mode == "IMMEDIATE" and timeout >= PATIENCE_MS
    return Finding("SQLite transactions", fact, "" if good else "Use IMMEDIATE and 20 s.")


def sqlite_foreign_keys() -> Finding:
    on = _pragma("foreign_keys") == "1"
    return Finding("SQLite foreign keys", "on" if on else "off", "" if on else "Switch them on.")


def sqlite_keys() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        wrong = cursor.fetchone()
    if wrong is None:
        return Finding("SQLite keys", "each leads to a row", "")
    fact = f"a row of {wrong[0]} leads to no row of {wrong[2]}"
    return Finding("SQLite keys", fact, "Restore the last backup.")


def sqlite_file() -> Finding:
    answer = _pragma("quick_check(1)")
    return Finding("SQLite file", answer, "" if answer == "ok" else "Restore the last backup.")


def _pragma(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def postgresql_version() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, version()")
        number, text = cursor.fetchone()
    advice = "" if number >= OLDEST_POSTGRESQL else "Upgrade to PostgreSQL 14 or newer."
    return Finding("PostgreSQL", text.split(" on ")[0], advice)


def postgresql_encoding() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding')")
        (encoding,) = cursor.fetchone()
    advice = "" if encoding == "UTF8" else "Create the database anew with ENCODING 'UTF8'."
    return Finding("PostgreSQL encoding", encoding, advice)


def postgresql_search() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        (count,) = cursor.fetchone()
    fact = "pg_trgm" if count else "without pg_trgm: searching inside words is slower"
    return Finding("PostgreSQL search", fact)


Check = Callable[[], Finding]
_COMMON: list[Check] = [
    python,
    data_folder,
    secret_key,
    hosts,
    assets,
    languages,
    migrations,
    shared_cache,
]
_SQLITE: list[Check] = [
    sqlite_version,
    sqlite_journal,
    sqlite_transactions,
    sqlite_foreign_keys,
    sqlite_keys,
    sqlite_file,
]
_POSTGRESQL: list[Check] = [postgresql_version, postgresql_encoding, postgresql_search]
