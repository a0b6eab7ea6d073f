"""One stream of everything that happened with a customer, newest first, a page at a time.

Each source is asked for one page below the cursor, along its own index; the pages are merged.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers import queries as customers
from mainstay.orders import queries as orders
from mainstay.records import queries as records
from mainstay.shared.templatetags.figures import money

PAGE = 20
_LARGEST = 2**63 - 1
INTERACTION_ICONS = {
    "call": "phone",
    "visit": "map-pin",
    "meeting": "handshake",
    "email": "mail",
    "letter": "mail-open",
    "note": "sticky-note",
}
# Changes of single fields stand in the history; the stream tells what happened to the customer.
TOLD = {
    "customer.added": ("user-plus", gettext_lazy("Added by hand")),
    "customer.imported": ("file-input", gettext_lazy("Came with an import")),
    "customer.archived": ("archive", gettext_lazy("Archived")),
    "customer.restored": ("archive-restore", gettext_lazy("Brought back")),
}


@dataclass(frozen=True)
class Entry:
    at: datetime
    rank: int
    pk: int
    icon: str
    title: str
    text: str
    url: str
    detail: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Below:
    """Where a page begins: below this moment, and there below this source and number."""

    at: datetime
    rank: int
    pk: int

    def encoded(self) -> str:
        plain = json.dumps([self.at.isoformat(), self.rank, self.pk])
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def decoded(text: str) -> Below | None:
    """Return where the page begins; None for the first page and for a damaged address."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        at, rank, pk = json.loads(raw)
        found = Below(datetime.fromisoformat(at), int(rank), int(pk))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None
    usable = found.at.tzinfo is not None and 0 <= found.pk <= _LARGEST
    return found if usable else None


def page(user: Any, customer: Any, below: Below | None) -> tuple[list[Entry], str]:
    """Return the entries of one page, and the cursor of the next ("" at the end)."""
    found = [
        entry
        for rank, source in enumerate(SOURCES)
        for entry in source(user, customer, below, rank)
    ]
    found.sort(key=lambda entry: (entry.at, -entry.rank, entry.pk), reverse=True)
    shown = found[:PAGE]
    more = len(found) > PAGE
    last = shown[-1] if shown else None
    return shown, Below(last.at, last.rank, last.pk).encoded() if more and last else ""


def _below(rows: "QuerySet[Any]", field: str, below: Below | None, rank: int) -> "QuerySet[Any]":
    """Return a page and one row more, as an index on (customer, field, id) serves it."""
    ordered = rows.order_by(f"-{field}", "-pk")
    if below is None:
        return ordered[: PAGE + 1]
    earlier = Q(**{f"{field}__lt": below.at})
    if rank > below.rank:
        return ordered.filter(**{f"{field}__lte": below.at})[: PAGE + 1]
    if rank == below.rank:
        same = Q(pk__lt=below.pk)
        return ordered.filter(Q(**{f"{field}__lte": below.at}) & (earlier | same))[: PAGE + 1]
    return ordered.filter(earlier)[: PAGE + 1]


def _orders(user: Any, customer: Any, below: Below | None, rank: int) -> list[Entry]:
    rows = _below(orders.visible_to(user).filter(customer=customer), "ordered_at", below, rank)
    return [
        Entry(
            at=row.ordered_at,
            rank=rank,
            pk=row.pk,
            icon="undo-2" if row.is_return else "shopping-cart",
            title=(_("Return %(number)s") if row.is_return else _("Order %(number)s"))
            % {"number": row.external_id},
            text="",
            url=reverse("orders:page", args=[row.pk]),
            detail=money(row.amount_minor, row.currency),
            tone="amber" if row.is_return else "",
        )
        for row in rows
    ]


def _interactions(user: Any, customer: Any, below: Below | None, rank: int) -> list[Entry]:
    listed = customers.interactions_listed(user).filter(customer=customer)
    return [
        Entry(
            at=row.occurred_at,
            rank=rank,
            pk=row.pk,
            icon=INTERACTION_ICONS.get(row.channel, "message-square"),
            title=row.subject,
            text=row.body,
            url=reverse("customers:interaction", args=[row.pk]),
            detail=" · ".join(
                str(part)
                for part in (
                    row.get_channel_display(),
                    row.get_purpose_display() if row.purpose != "talk" else "",
                    row.contact or "",
                    row.user or "",
                )
                if part
            ),
            tone="red" if row.purpose == "complaint" else "",
        )
        for row in _below(listed, "occurred_at", below, rank)
    ]


def _events(user: Any, customer: Any, below: Below | None, rank: int) -> list[Entry]:
    told = records.history_of(customer).filter(verb__in=list(TOLD))
    return [
        Entry(
            at=row.at,
            rank=rank,
            pk=row.pk,
            icon=TOLD[row.verb][0],
            title=str(TOLD[row.verb][1]),
            text="",
            url="",
            detail=row.actor,
        )
        for row in _below(told, "at", below, rank)
    ]


Source = Callable[[Any, Any, Below | None, int], list[Entry]]
SOURCES: tuple[Source, ...] = (_orders, _interactions, _events)
