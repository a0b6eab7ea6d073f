"""Conversations found by their words."""

from typing import Any

from django.db import connection

from mainstay.customers import queries
from mainstay.customers.models import Interaction
from mainstay.shared import near, texts
from mainstay.shared.text import search_terms

# Of so many of the latest hits the visible ones are taken; who sees few customers may miss older.
LOOKED_THROUGH = 500
MEANT_AT_MOST = 3
_TABLE = Interaction._meta.db_table


def said(user: Any, typed: str, number: int) -> list[Interaction]:
    """Return the visible conversations that hold every word, the latest noted first."""
    found = texts.newest(connection, _TABLE, typed, LOOKED_THROUGH)
    rows = queries.interactions_listed(user).filter(pk__in=found)
    return list(rows.order_by("-pk")[:number])


def said_alike(typed: str) -> list[str]:
    """Return what may have been meant, one word corrected in each."""
    found: list[str] = []
    terms = search_terms(typed)
    for place, term in enumerate(terms):
        if near.can_be_mistyped(term):
            wanted = near.neighbours(term)
            there = texts.known(connection, _TABLE, wanted)
            some = [word for word in wanted if word in there][:MEANT_AT_MOST]
            found += [" ".join([*terms[:place], word, *terms[place + 1 :]]) for word in some]
    return found[: 2 * MEANT_AT_MOST]
