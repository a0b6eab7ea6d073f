"""What a table of results tells of the database, and the processor time it takes."""

import sqlite3
from pathlib import Path
from typing import Any

from django.db import connection

from mainstay.orders.models import OrderLine


def described() -> dict[str, Any]:
    """Return what a table of results says of the database."""
    if connection.vendor == "sqlite":
        name, version = "SQLite", f"SQLite {sqlite3.sqlite_version}"
    else:
        name, version = "PostgreSQL", f"PostgreSQL, {_settings()}"
    return {"name": name, "version": version, "lines": OrderLine.objects.count()}


def server_process() -> Path | None:
    """Return where the kernel tells the processor time of PostgreSQL's process, if it is here."""
    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return path if path.exists() else None


def _settings() -> str:
    """Return the version and the settings that decide how fast pages are."""
    asked = ("server_version", "shared_buffers", "random_page_cost", "jit")
    with connection.cursor() as cursor:
        found = []
        for name in asked:
            cursor.execute(f"SHOW {name}")
            found.append(f"{name} {cursor.fetchone()[0]}")
    return ", ".join(found)
