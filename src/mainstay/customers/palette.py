"""Customers and contacts in the command palette."""

from typing import Any

from django.urls import reverse

from mainstay.customers import pages, queries
from mainstay.people.permissions import can, kept_from, shown
from mainstay.shared import countries
from mainstay.shared.palette import HITS_PER_GROUP, Hit
from mainstay.shared.search import first_by_name
from mainstay.shared.spelling import Near, first_spelled_alike
from mainstay.shared.templatetags.figures import day
from mainstay.shared.text import plain

LONGEST_LABEL = 80


def customers(user: Any, term: str) -> list[Hit]:
    """Return the first customers by name that hold every word."""
    if not can(user, "customers.view"):
        return []
    known = found(queries.listed_along(user).filter(queries.searched(user, term)), term)
    return [
        Hit(
            row.name,
            ", ".join(part for part in (row.city, countries.name(row.country)) if part),
            pages.url(row.pk),
            "building-2" if row.kind == "organisation" else "user",
            known.meant,
        )
        for row in (shown(user, row) for row in known.rows)
    ]


def found(rows: Any, term: str, number: int = HITS_PER_GROUP) -> Near:
    """Return the first rows by name that hold every word, else those spelled alike."""
    if exact := first_by_name(rows, term, number):
        return Near(exact)
    return first_spelled_alike(rows, term, number)


def contacts(user: Any, term: str) -> list[Hit]:
    if not can(user, "customers.view"):
        return []
    rows = queries.contacts_listed(user).filter(queries.contacts_searched(user, term))
    known = found(rows, term)
    return [
        Hit(r.name, r.email, reverse("customers:contact", args=[r.pk]), "contact", known.meant)
        for r in (shown(user, row) for row in known.rows)
    ]


def tags(user: Any, term: str) -> list[Hit]:
    """Return the tags that begin so, each leading to the list of who carries it."""
    if not can(user, "customers.view") or "tags" in kept_from(user, "customers.customer"):
        return []
    wanted, listed = plain(term), reverse("customers:list")
    alike = [tag for tag in queries.tags() if plain(tag.name).startswith(wanted)]
    return [Hit(tag.name, "", f"{listed}?tag={tag.pk}", "tag") for tag in alike[:HITS_PER_GROUP]]


def interactions(user: Any, term: str) -> list[Hit]:
    """Return the latest noted conversations that hold every word, else one spelled alike."""
    if not can(user, "customers.view"):
        return []
    rows, meant = queries.said(user, term, HITS_PER_GROUP), ""
    for corrected in () if rows else queries.said_alike(term):
        if rows := queries.said(user, corrected, HITS_PER_GROUP):
            meant = corrected
            break
    return [
        Hit(
            row.subject or row.body[:LONGEST_LABEL],
            f"{row.customer.name}, {day(row.occurred_at)}",
            pages.url(row.customer_id),
            "message-square-text",
            meant,
        )
        for row in rows
    ]
