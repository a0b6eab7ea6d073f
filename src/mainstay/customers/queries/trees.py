"""Organisations that stand below one another: whole trees in one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from mainstay.customers import queries
from mainstay.customers.models import Customer
from mainstay.shared.text import sort_name

DEEPEST = 20
MOST_MEMBERS = 2000
_BELOW = """
WITH RECURSIVE below(id, parent_id, depth) AS (
  SELECT id, parent_id, 0 FROM customers_customer WHERE id = %s
  UNION ALL
  SELECT c.id, c.parent_id, b.depth + 1 FROM customers_customer c
  JOIN below b ON c.parent_id = b.id
  WHERE b.depth < %s AND c.archived_at IS NULL
) SELECT id, parent_id, depth FROM below LIMIT %s
"""
_TOPS = """
WITH RECURSIVE above(start, id, parent_id, depth) AS (
  SELECT id, id, parent_id, 0 FROM customers_customer WHERE id IN ({marks})
  UNION ALL
  SELECT a.start, c.id, c.parent_id, a.depth + 1 FROM customers_customer c
  JOIN above a ON c.id = a.parent_id WHERE a.depth < %s
) SELECT start, id FROM above WHERE parent_id IS NULL AND depth > 0
"""
# UNION, not UNION ALL: whatever stands in the table, it comes to an end.
_WITHIN = """
WITH RECURSIVE within(id) AS (
  SELECT id FROM customers_customer WHERE id IN ({marks})
  UNION
  SELECT c.id FROM customers_customer c JOIN within w ON c.parent_id = w.id
) SELECT id FROM within
"""
MOST_NAMED = 50


@dataclass(frozen=True)
class Member:
    """An organisation of a group, with its place in the tree."""

    customer: Customer
    parent: int | None
    depth: int


@dataclass(frozen=True)
class Tree:
    """Those of a group that the user may see, each behind its parent; how many are hidden."""

    members: list[Member]
    hidden: int
    # There are more than a page can show, or the tree is deeper.
    cut: bool


def within(tops: Sequence[int]) -> Q:
    """Return the condition to be one of these customers, or below one of them at any depth."""
    if not tops:
        return Q(pk__in=[])
    marks = ", ".join(["%s"] * len(tops))
    return Q(pk__in=RawSQL(_WITHIN.format(marks=marks), list(tops)))  # noqa: S611  marks only


def within_named(rows: QuerySet[Customer], name: str) -> Q:
    """Return the condition to be, or to stand below, one of the rows that has exactly this name."""
    named = rows.filter(sort_name=sort_name(name), name=name.strip()).order_by("pk")
    return within(list(named.values_list("pk", flat=True)[:MOST_NAMED]))


def top_of(customer: Customer) -> Customer:
    """Return the ultimate parent; the customer itself where nothing stands above it."""
    return [customer, *queries.ancestors(customer)][-1]


def in_group(customer: Customer) -> bool:
    """Answer whether somebody stands above or below the customer."""
    below = Customer.objects.filter(parent=customer, archived_at=None)
    return customer.parent_id is not None or below.exists()


def tree_below(user: Any, top: int) -> Tree:
    """Return the customer and everybody below it, down to a depth of 20."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [top, DEEPEST, MOST_MEMBERS + 1])
        rows = cursor.fetchall()
    seen = queries.visible_to(user).in_bulk([pk for pk, _parent, _depth in rows[:MOST_MEMBERS]])
    places = {pk: Member(seen[pk], parent, d) for pk, parent, d in rows if pk in seen}
    cut = len(rows) > MOST_MEMBERS or any(depth == DEEPEST for _p, _q, depth in rows)
    return Tree(_in_order(places), min(len(rows), MOST_MEMBERS) - len(places), cut)


def _in_order(places: dict[int, Member]) -> list[Member]:
    """Return parents before what stands below them, siblings by name."""
    below: dict[int | None, list[Member]] = {}
    for member in places.values():
        above = member.parent if member.parent in places else None
        below.setdefault(above, []).append(member)
    found: list[Member] = []
    waiting = _by_name(below.get(None, []))
    while waiting:
        found.append(waiting.pop())
        waiting += _by_name(below.get(found[-1].customer.pk, []))
    return found


def _by_name(members: list[Member]) -> list[Member]:
    return sorted(members, key=lambda m: (m.customer.sort_name, m.customer.pk), reverse=True)


def tops_of(customer_ids: list[int]) -> dict[int, str]:
    """Return the name of the ultimate parent of each customer that has one above it."""
    if not customer_ids:
        return {}
    marks = ", ".join(["%s"] * len(customer_ids))
    with connection.cursor() as cursor:
        cursor.execute(_TOPS.format(marks=marks), [*customer_ids, DEEPEST])
        tops = dict(cursor.fetchall())
    names = dict(Customer.objects.filter(pk__in=set(tops.values())).values_list("pk", "name"))
    return {start: names[top] for start, top in tops.items()}
