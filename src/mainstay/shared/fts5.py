"""SQLite's search index, asked so that no word costs more than its first few thousand hits.

FTS5 puts the lists of all words that begin as typed together before it gives the first hit: for
"office" and a million addresses office1, office2 … 130 ms of CPU. Its table of words gives one hit
after the other.
"""

import json
from typing import Any

# More words than that begin so: their lists are not put together.
BROAD = 5000
LAST_SIGN = "\U0010ffff"
# A merge is done in so many steps at most, each a write of so many pages of the index.
STEPS_AT_MOST, PAGES = 2000, 500
# Each of them is asked for every word that is looked up.
FEW_SEGMENTS = 4


def hits(connection: Any, table: str, terms: list[str]) -> tuple[str, list[str]]:
    """Return a query for the numbers of the rows that hold every term, and its parameters."""
    if len(terms) == 1 and terms[0].isalnum():
        _open_words(connection, table)
        within = "term >= %s AND term < %s"
        return f"SELECT DISTINCT doc FROM temp.{table}_words WHERE {within}", _range(terms[0])  # noqa: S608  names are our own
    broad = _broad(connection, table, terms)
    rare = [term for term in terms if term not in broad] or terms
    sql, match = matches(table, rare)
    if len(rare) == len(terms):
        return sql, [match]
    asked = " AND ".join(["search LIKE %s"] * len(broad))
    held = [f"% {term}%" for term in terms if term in broad]
    return f"SELECT id FROM {table} WHERE id IN ({sql}) AND {asked}", [match, *held]  # noqa: S608  names are our own


def matches(table: str, terms: list[str]) -> tuple[str, str]:
    """Return a query for the rows that the index finds, and its parameter."""
    sql = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s"  # noqa: S608  names are our own
    return sql, " ".join(f'"{term}"*' for term in terms)


def _broad(connection: Any, table: str, terms: list[str]) -> set[str]:
    """Return the terms with which more than `BROAD` words begin."""
    single = [term for term in terms if term.isalnum()]
    if not single:
        return set()
    _open_words(connection, table)
    some = f"SELECT 1 FROM temp.{table}_terms WHERE term >= %s AND term < %s LIMIT {BROAD + 1}"  # noqa: S608  names are our own
    counts = ", ".join([f"(SELECT count(*) FROM ({some}))"] * len(single))  # noqa: S608  as above
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [end for term in single for end in _range(term)])
        return {t for t, n in zip(single, cursor.fetchone(), strict=True) if n > BROAD}


def _range(term: str) -> list[str]:
    return [term, term + LAST_SIGN]


def _open_words(connection: Any, table: str) -> None:
    """Let this connection read the index word by word; the views hold nothing themselves."""
    connection.ensure_connection()
    for name, kind in (("words", "instance"), ("terms", "row")):
        # Below Django's cursor, which would log it with every search.
        connection.connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_{name}"
            f" USING fts5vocab('main', '{table}_fts', '{kind}')"
        )


def known(connection: Any, table: str, words: list[str]) -> set[str]:
    """Return those of the words that stand in the index, looked up in one statement."""
    _open_words(connection, table)
    return standing(connection, f"{table}_terms", words)


def standing(connection: Any, view: str, words: list[str]) -> set[str]:
    """Return those of the words that a view of terms holds: hundreds, each a short look-up."""
    listed = "SELECT value FROM json_each(?)"
    asked = f"SELECT term FROM temp.{view} WHERE term IN ({listed})"  # noqa: S608  names are our own
    # Below Django's cursor, which would log hundreds of words with every search.
    return {row[0] for row in connection.connection.execute(asked, [json.dumps(words)])}


def merge(connection: Any, *, above: int = 0) -> int:
    """Merge every index of more than `above` segments into one; return how many those were.

    One that is whole is written anew as well where rows were deleted. It is done in small steps, so
    that nobody waits long for the database.
    """
    merged = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"SELECT count(DISTINCT segid) FROM {name}_idx")  # noqa: S608  names are our own
            if cursor.fetchone()[0] > above:
                _merge(cursor, name)
                merged += 1
    return merged


def _merge(cursor: Any, name: str) -> None:
    pages = -PAGES  # negative: begin to merge all segments into one
    for _step in range(STEPS_AT_MOST):
        cursor.execute("SELECT total_changes()")
        before = cursor.fetchone()[0]
        cursor.execute(f"INSERT INTO {name}({name}, rank) VALUES ('merge', {pages})")  # noqa: S608  as above
        cursor.execute("SELECT total_changes()")
        if cursor.fetchone()[0] - before < 2:  # noqa: PLR2004  the statement itself is one
            break
        pages = PAGES
