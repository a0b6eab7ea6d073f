from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from mainstay.project import doctor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installation(settings: LazySettings, tmp_path: Path) -> None:
    """An installation with its front-end parts, so that only the broken thing shows."""
    vendor = tmp_path / "package" / "shared" / "static" / "vendor"
    vendor.mkdir(parents=True)
    (vendor / "page.css").touch()
    settings.PACKAGE = tmp_path / "package"
    settings.SECRET_KEY = "k" * 64
    (tmp_path / "secret_key").touch(mode=0o600)


def sick() -> dict[str, str]:
    return {finding.subject: finding.advice for finding in doctor.examine() if not finding.healthy}


def test_a_fresh_installation_is_healthy() -> None:
    answer = StringIO()

    call_command("doctor", stdout=answer)

    assert answer.getvalue().endswith("all well\n")


def test_a_key_others_can_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret_key").chmod(0o644)

    assert sick() == {"secret key": f"Run: chmod 600 {tmp_path / 'secret_key'}"}


def test_a_short_key_is_named(settings: LazySettings) -> None:
    settings.SECRET_KEY = "secret"

    assert "secret key" in sick()


def test_missing_front_end_parts_fail_the_command(settings: LazySettings, tmp_path: Path) -> None:
    settings.PACKAGE = tmp_path / "elsewhere"
    answer = StringIO()

    with pytest.raises(CommandError, match="1 to repair"):
        call_command("doctor", stdout=answer)

    assert "FIX front-end parts" in answer.getvalue()


def test_debugging_is_named(settings: LazySettings) -> None:
    settings.DEBUG = True

    assert list(sick()) == ["mode"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="this version question is SQLite's")
def test_a_sqlite_with_the_journal_bug_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))

    assert list(sick()) == ["SQLite"]


def test_a_database_without_its_tables_is_sent_to_migrate(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    class Waiting:
        loader: Any = None

        def __init__(self, _: object) -> None:
            self.loader = self
            self.graph = self

        def leaf_nodes(self) -> list[str]:
            return []

        def migration_plan(self, _: list[str]) -> list[str]:
            return ["one"]

    monkeypatch.setattr(doctor, "MigrationExecutor", Waiting)

    assert sick() == {"migrations": "Run: mainstay migrate"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL checks every key itself")
def test_a_row_that_leads_nowhere_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys=ON")
        cursor.execute("INSERT INTO customers_externalreference VALUES (1, 'x', 98, 99)")
        assert sick() == {"SQLite keys": "Restore the last backup."}
        cursor.execute("DELETE FROM customers_externalreference")
