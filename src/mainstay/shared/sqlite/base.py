"""SQLite as Django speaks it, except that a migration checks only the keys it may have broken.

Django reads every foreign key of the database after each migration, which is long with ten million
rows, and for most migrations to no use. Here SQLite says which tables a migration's statements
wrote to (its authorizer is asked whenever a statement is compiled), and the keys of those are
checked, with the keys that lead to what was deleted or renumbered.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.sqlite3 import base, schema

_KEYS = (
    'SELECT m.name, k."from", k."table", k."to" FROM sqlite_master m'
    " JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table'"
)


@dataclass
class Writes:
    """What a migration did: rows came or columns changed, rows went, values changed."""

    filled: set[str] = field(default_factory=set)
    emptied: set[str] = field(default_factory=set)
    updated: set[tuple[str, str]] = field(default_factory=set)

    def note(self, action: int, first: str | None, second: str | None, *_where: Any) -> int:
        """Note one step of a statement, and allow it."""
        match action:
            case sqlite3.SQLITE_INSERT:
                self.filled.add(str(first))
            case sqlite3.SQLITE_ALTER_TABLE:
                self.filled.add(str(second))
            case sqlite3.SQLITE_DELETE | sqlite3.SQLITE_DROP_TABLE:
                self.emptied.add(str(first))
            case sqlite3.SQLITE_UPDATE:
                self.updated.add((str(first), str(second)))
        return sqlite3.SQLITE_OK

    def concern(self, child: str, column: str, parent: str, key: str | None) -> bool:
        """Answer whether rows may now lead nowhere by this key."""
        return (
            child in self.filled
            or (child, column) in self.updated
            or parent in self.emptied
            or (parent, key or "id") in self.updated
        )


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    connection: "DatabaseWrapper"

    def __enter__(self) -> "DatabaseSchemaEditor":
        super().__enter__()
        self.connection.watch()
        return self

    def __exit__(self, *failure: Any) -> None:
        """Django leaves its transaction open over a broken key; here that rolls it back."""
        try:
            if failure[0] is None:
                self.connection.check_constraints()
        except DatabaseError as broken:
            failure = (type(broken), broken, broken.__traceback__)
            raise
        finally:
            self.connection.unwatch()
            BaseDatabaseSchemaEditor.__exit__(self, *failure)
            self.connection.enable_constraint_checking()


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor
    _writes: Writes | None = None

    def watch(self) -> None:
        self._writes = Writes()
        self.connection.set_authorizer(self._writes.note)

    def unwatch(self) -> None:
        self._writes = None
        self.connection.set_authorizer(None)

    def check_constraints(self, table_names: Iterable[str] | None = None) -> None:
        """Check the keys of the tables; by default of all, in a migration of those it wrote to."""
        if table_names is None and (writes := self._writes) is not None:
            with self.cursor() as cursor:
                keys = cursor.execute(_KEYS).fetchall()
            table_names = sorted({key[0] for key in keys if writes.concern(*key)})
        super().check_constraints(table_names)
