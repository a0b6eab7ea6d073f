"""What was meant by a word that nobody is called: asked only where the exact search found nothing.

Every word one mistake away is looked up among the words there are, a few hundred at once. SQLite's
search index is such a list by itself; PostgreSQL keeps one beside the table (see `wordlist`).
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.db.models.expressions import RawSQL

from mainstay.shared import fts5, near
from mainstay.shared.search import first_by_name
from mainstay.shared.text import search_terms

MOST_TERMS = 4
MEANT_AT_MOST = 3
MOST_SIGNS = 8


@dataclass(frozen=True)
class Near:
    """The first rows of what may have been meant, and the words that find them."""

    rows: list[Any]
    meant: str = ""


def first_spelled_alike(rows: "models.QuerySet[Any]", typed: str, number: int) -> Near:
    """Return the first rows of the likeliest correction of one word that finds any."""
    terms = search_terms(typed)
    if not 0 < len(terms) <= MOST_TERMS:
        return Near([])
    for place, term in enumerate(terms):
        if near.is_ideograms(term) and len(terms) == 1:
            return Near(_of_signs(rows, term, number))
        for word in _meant(rows, term):
            corrected = " ".join([*terms[:place], word, *terms[place + 1 :]])
            if found := first_by_name(rows, corrected, number):
                return Near(found, corrected)
    return Near([])


def _meant(rows: "models.QuerySet[Any]", term: str) -> list[str]:
    """Return the words there are that are one mistake away, the likeliest first."""
    if not near.can_be_mistyped(term):
        return []
    wanted = near.neighbours(term)
    there = _known(rows, wanted)
    return [word for word in wanted if word in there][:MEANT_AT_MOST]


def _known(rows: "models.QuerySet[Any]", words: list[str]) -> set[str]:
    connection, table = connections[rows.db], rows.model._meta.db_table
    if connection.vendor == "sqlite":
        return fts5.known(connection, table, words)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word FROM {table}_words WHERE word = ANY(%s)", [words])
        return {row[0] for row in cursor.fetchall()}


def _of_signs(rows: "models.QuerySet[Any]", term: str, number: int) -> list[Any]:
    """Return rows that hold the signs with one mistake, pattern by pattern."""
    connection, table = connections[rows.db], rows.model._meta.db_table
    found: dict[Any, Any] = {}
    if len(term.split()) > MOST_SIGNS:
        return []
    for pattern, signs in near.patterns(term):
        sql, parameters = f"SELECT id FROM {table} WHERE search LIKE %s", [pattern]
        if connection.vendor == "sqlite":
            inner, match = fts5.matches(table, list(dict.fromkeys(signs)))
            sql, parameters = f"{sql} AND id IN ({inner})", [pattern, match]
        hits = rows.filter(pk__in=RawSQL(sql, parameters))  # noqa: S611  as above
        found |= {row.pk: row for row in hits.order_by("sort_name", "pk")[:number]}
        if len(found) >= number:
            break
    return list(found.values())[:number]
