"""A migration on SQLite checks the keys it may have broken, and no others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.db.utils import ConnectionHandler

from mainstay.project import environment

BASE = """
CREATE TABLE firm (id integer PRIMARY KEY);
CREATE TABLE visit (id integer PRIMARY KEY, note text, firm_id integer REFERENCES firm (id)
 DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE other (id integer PRIMARY KEY, firm_id integer REFERENCES firm (id));
INSERT INTO firm VALUES (1), (2);
INSERT INTO visit VALUES (1, '', 1);
"""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Any]:
    monkeypatch.setenv("MAINSTAY_DATABASE_URL", f"sqlite:///{tmp_path / 'small.sqlite3'}")
    asked = {**settings.DATABASES["default"], **environment.database(tmp_path)}
    small = ConnectionHandler({"default": asked})["default"]
    with small.cursor() as cursor:
        for statement in BASE.strip().split(";\n"):
            cursor.execute(statement)
    yield small
    small.close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO visit VALUES (2, '', 9)",
        "UPDATE visit SET firm_id = 9",
        "DELETE FROM firm WHERE id = 1",
        "DELETE FROM firm",
        "UPDATE firm SET id = 7 WHERE id = 1",
        "DROP TABLE firm",
    ],
)
def test_a_migration_that_breaks_a_key_fails(database: Any, statement: str) -> None:
    with pytest.raises(IntegrityError), database.schema_editor(atomic=True) as editor:
        editor.execute(statement)

    assert not connection.savepoint_ids[1:], "the transaction is over"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE fresh (id integer PRIMARY KEY)",
        "INSERT INTO firm VALUES (3)",
        "DELETE FROM visit",
        "UPDATE visit SET note = 'x'",
    ],
)
def test_what_a_migration_left_alone_is_not_read(database: Any, statement: str) -> None:
    database.disable_constraint_checking()
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO other VALUES (1, 9)")  # was broken before

    with database.schema_editor(atomic=True) as editor:
        editor.execute(statement)
    with pytest.raises(IntegrityError):
        database.check_constraints()


def test_after_a_migration_statements_are_no_longer_noted(database: Any) -> None:
    with database.schema_editor(atomic=True):
        pass

    assert database._writes is None
