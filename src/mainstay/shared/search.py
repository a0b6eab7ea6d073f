"""Finding rows by their `search` column, quickly on every database.

SQLite keeps an FTS5 index beside the table (external content, three triggers). PostgreSQL keeps a
trigram index where pg_trgm is available, else an index of `to_tsvector('simple', search)`.
Every way means the same: each term is the beginning of a word.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from operator import and_
from typing import Any

from django.db import connections, models
from django.db.migrations.operations.base import Operation
from django.db.models import Q
from django.db.models.expressions import RawSQL

from mainstay.shared import fts5
from mainstay.shared.conditions import Condition, among, gathered, in_order
from mainstay.shared.text import search_terms, sort_name

MOST_TERMS = 8
# So many hits are gathered and sorted; more are met soon when the sorted index is read.
GATHERED_MOST = 5000
# Rows of a sorted index among which a page of hits is looked for, and whether they are walked: a
# walk reads every row on its way, a longer stretch is left to the index of the words.
STRETCHES = ((2_000, True), (30_000, False))
# Estimates may be wrong by so much before they mislead.
FAR = 4
_TRIGGERS = ("insert", "delete", "update")


def matching(queryset: "models.QuerySet[Any]", typed: str) -> "models.QuerySet[Any]":
    """Return the rows that hold every term, found through the search index."""
    terms = search_terms(typed)[:MOST_TERMS]
    if not terms:
        return queryset.none()
    connection = connections[queryset.db]
    table = queryset.model._meta.db_table
    if connection.vendor == "sqlite":
        return queryset.filter(_fts5(table, terms))
    if _has_trigrams(connection, table):
        return queryset.filter(holding(typed))
    return queryset.filter(_tsvector(table, terms))


def words(queryset: "models.QuerySet[Any]", typed: str) -> Condition:
    """Return the condition that a row holds every term."""
    terms = search_terms(typed)[:MOST_TERMS]
    if not terms:
        return Condition(ids=lambda most: [], some=lambda most: [], asked=Q(pk__in=[]))
    sql, parameters = _hits(queryset, terms)

    def some(most: int | None) -> RawSQL:
        limited = sql if most is None else f"{sql} LIMIT {most}"
        return RawSQL(limited, parameters)  # noqa: S611  only names of our own tables

    return Condition(
        ids=lambda most: _ids(connections[queryset.db], sql, parameters, most),
        some=some,
        asked=holding(typed),
        in_row=_is_in_row(queryset),
    )


def _is_in_row(queryset: "models.QuerySet[Any]") -> bool:
    connection = connections[queryset.db]
    return connection.vendor == "postgresql" and _has_trigrams(
        connection, queryset.model._meta.db_table
    )


def first_by_name(rows: "models.QuerySet[Any]", typed: str, number: int) -> list[Any]:
    """Return the first rows by name that hold every term; names that begin so come first."""
    found = words(rows, typed)
    if not search_terms(typed):
        return []
    begins = beginning(sort_name(typed))
    first = list(rows.filter(begins).order_by("sort_name", "pk")[:number])
    if len(first) == number:
        return first
    ids = found.ids(GATHERED_MOST)
    wanted = number - len(first)
    if ids is not None:
        hits = gathered(rows.filter(among(rows.db, ids)))
        return [*first, *in_order(hits.exclude(begins), "sort_name", "pk")[:wanted]]
    others = rows.filter(found.asked).exclude(begins)
    return [*first, *_met(rows, others, wanted, found.in_row)]


def _met(
    rows: "models.QuerySet[Any]", hits: "models.QuerySet[Any]", wanted: int, apart: bool
) -> list[Any]:
    """Return the first hits by name; one of many hits is met soon, but not where all stand
    together: a stretch of the names is then looked through by the index of the words (`apart`)."""
    for stretch, walked in STRETCHES if apart else ():
        names = rows.order_by("sort_name", "pk").values_list("sort_name", flat=True)
        if not (ends := list(names[stretch : stretch + 1])):
            break
        within = hits.filter(sort_name__lt=ends[0])
        near = list(in_order(within if walked else gathered(within), "sort_name", "pk")[:wanted])
        if len(near) == wanted:
            return near
    return list(in_order(hits, "sort_name", "pk")[:wanted])


def beginning(words: str, path: str = "sort_name") -> Q:
    """Return the condition that the text begins so, as a range that an index serves."""
    return Q(**{f"{path}__gte": words, f"{path}__lt": words + fts5.LAST_SIGN})


def holding(typed: str, path: str = "search") -> Q:
    """Return the condition on the column itself: for walks that meet a hit every few rows."""
    terms = search_terms(typed)[:MOST_TERMS]
    every = (Q(**{f"{path}__contains": f" {term}"}) for term in terms)
    return reduce(and_, every) if terms else Q(pk__in=[])


def install(connection: Any, table: str) -> None:
    """Make the search index of a table and fill it."""
    remove(connection, table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE VIRTUAL TABLE {table}_fts USING fts5(search, content='{table}',"
                " content_rowid='id', tokenize='unicode61 remove_diacritics 0',"
                " prefix='2 3', columnsize=0)"
            )
            _make_triggers(cursor, table)
            cursor.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
        elif _may_use_trigrams(cursor):
            cursor.execute(f"CREATE INDEX {table}_trgm ON {table} USING gin (search gin_trgm_ops)")
        else:
            cursor.execute(
                f"CREATE INDEX {table}_lexemes ON {table} USING gin (to_tsvector('simple', search))"
            )


def remove(connection: Any, table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _drop_triggers(cursor, table)
            cursor.execute(f"DROP TABLE IF EXISTS {table}_fts")
        else:
            cursor.execute(f"DROP INDEX IF EXISTS {table}_trgm, {table}_lexemes")
    _trigrams.pop((connection.alias, table), None)


@contextmanager
def bulk_writing(connection: Any, table: str) -> Iterator[None]:
    """Leave the index alone while many rows are written, and rebuild it once at the end.

    SQLite's triggers make 100,000 inserts twenty times slower; PostgreSQL's index needs no help.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        _drop_triggers(cursor, table)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            _drop_triggers(cursor, table)
            cursor.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
            _make_triggers(cursor, table)


class SearchIndex(Operation):
    """Migration operation: make the search index of a model's table.

    On SQLite a later migration that alters the table copies it and loses the triggers: such a
    migration ends with this operation again.
    """

    reversible = True
    reduces_to_sql = False

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        install(schema_editor.connection, f"{app_label}_{self.model_name.lower()}")

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        remove(schema_editor.connection, f"{app_label}_{self.model_name.lower()}")

    def describe(self) -> str:
        return f"Make the search index of {self.model_name}"


def _ids(connection: Any, sql: str, parameters: list[str], most: int) -> list[int] | None:
    """Return the numbers of the hits, None when there are more than `most`.

    PostgreSQL reads the row of each hit: where its planner expects many more, it is not asked.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
            [plan] = cursor.fetchone()
            if plan[0]["Plan"]["Plan Rows"] > FAR * most:
                return None
        cursor.execute(f"{sql} LIMIT {most + 1}", parameters)
        found = [row[0] for row in cursor.fetchall()]
    return found if len(found) <= most else None


def _hits(queryset: "models.QuerySet[Any]", terms: list[str]) -> tuple[str, list[str]]:
    """Return the query for the numbers of the hits, and its parameters."""
    connection, table = connections[queryset.db], queryset.model._meta.db_table
    if connection.vendor == "sqlite":
        return fts5.hits(connection, table, terms)
    if _has_trigrams(connection, table):
        every = " AND ".join(["search LIKE %s"] * len(terms))
        return f"SELECT id FROM {table} WHERE {every}", [f"% {term}%" for term in terms]
    query = " & ".join("(" + " <-> ".join(term.split()) + ":*)" for term in terms)
    words = "to_tsvector('simple', search) @@ to_tsquery('simple', %s)"
    return f"SELECT id FROM {table} WHERE {words}", [query]


def _fts5(table: str, terms: list[str]) -> Q:
    return _among(*fts5.matches(table, terms))


def _tsvector(table: str, terms: list[str]) -> Q:
    # Words of a term stand in a row; the last may be a beginning. Materialised: the planner
    # otherwise walks a sort index and makes the vector anew for each row.
    query = " & ".join("(" + " <-> ".join(term.split()) + ":*)" for term in terms)
    return _among(
        f"WITH hits AS MATERIALIZED (SELECT id FROM {table} WHERE"
        " to_tsvector('simple', search) @@ to_tsquery('simple', %s)) SELECT id FROM hits",
        query,
    )


def _among(sql: str, parameter: str) -> Q:
    return Q(pk__in=RawSQL(sql, [parameter]))  # noqa: S611  only names of our own tables


def _make_triggers(cursor: Any, table: str) -> None:
    fts = f"{table}_fts"
    gone = f"INSERT INTO {fts}({fts}, rowid, search) VALUES ('delete', old.id, old.search);"
    come = f"INSERT INTO {fts}(rowid, search) VALUES (new.id, new.search);"
    cursor.execute(f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {come} END")
    cursor.execute(f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {gone} END")
    cursor.execute(
        f"CREATE TRIGGER {fts}_update AFTER UPDATE OF search ON {table}"
        f" WHEN old.search IS NOT new.search BEGIN {gone} {come} END"
    )


def _drop_triggers(cursor: Any, table: str) -> None:
    for name in _TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_fts_{name}")


_trigrams: dict[tuple[str, str], bool] = {}


def _has_trigrams(connection: Any, table: str) -> bool:
    key = (connection.alias, table)
    if key not in _trigrams:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [f"{table}_trgm"])
            _trigrams[key] = cursor.fetchone() is not None
    return _trigrams[key]


def _may_use_trigrams(cursor: Any) -> bool:
    cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
    if cursor.fetchone() is None:
        return False
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    if cursor.fetchone():
        return True
    cursor.execute("SELECT has_database_privilege(current_database(), 'CREATE')")
    allowed = bool(cursor.fetchone()[0])
    if allowed:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    return allowed
