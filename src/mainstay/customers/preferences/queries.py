"""Reads of preferences; who sees the customer or contact sees what they prefer."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from mainstay.customers import queries as customers
from mainstay.customers.preferences.models import Answer, AskingLink, Topic
from mainstay.customers.preferences.rules import Touches
from mainstay.people import rules as tokens

YEAR = timedelta(days=365)


def kind_of(about: Any) -> str:
    """Return "customer" or "contact"."""
    return str(about._meta.model_name)


def answers(about: Any) -> dict[str, Answer]:
    """Return what holds now, by question."""
    rows = Answer.objects.filter(**{kind_of(about): about}, replaced_at=None)
    return {row.question: row for row in rows.select_related("noted_by")}


def history(about: Any) -> QuerySet[Answer]:
    rows = Answer.objects.filter(**{kind_of(about): about})
    return rows.select_related("noted_by").order_by("-at", "-pk")


def of_all(customer: Any, contacts: Iterable[int]) -> list[Answer]:
    """Return what holds now for a customer and these contacts."""
    theirs = Q(customer=customer) | Q(contact__in=list(contacts))
    return list(Answer.objects.filter(theirs, replaced_at=None).select_related("contact"))


def touches(user: Any, about: Any, now: datetime) -> Touches:
    """Return how often and how lately somebody was in contact, notes and missed calls apart."""
    rows = customers.interactions_visible_to(user).filter(
        archived_at=None, occurred_at__gt=now - YEAR, occurred_at__lte=now
    )
    rows = rows.exclude(channel="note").exclude(outcome="missed")
    if kind_of(about) == "customer":
        rows = rows.filter(customer=about)
    else:
        beside = rows.filter(participants__contact=about).order_by()
        rows = rows.filter(Q(contact=about) | Q(pk__in=beside.values("pk")))
    found = rows.order_by().aggregate(number=Count("pk"), latest=Max("occurred_at"))
    latest = found["latest"]
    return Touches(found["number"], None if latest is None else (now - latest).days)


def links(about: Any, now: datetime) -> QuerySet[AskingLink]:
    """Return the links that open now."""
    rows = AskingLink.objects.filter(**{kind_of(about): about}, revoked_at=None)
    return rows.filter(expires_at__gt=now).order_by("-made_at", "-pk")


def link_of(user: Any, pk: int) -> AskingLink | None:
    """Return a link about a customer or contact that the user may see."""
    row = AskingLink.objects.select_related("customer", "contact").filter(pk=pk).first()
    if row is None:
        return None
    seen = (
        customers.visible_to(user).filter(pk=row.customer_id)
        if row.customer_id
        else customers.contacts_visible_to(user).filter(pk=row.contact_id or 0)
    )
    return row if seen.exists() else None


def link_for(token: str, now: datetime) -> AskingLink | None:
    """Return the link that the token opens, if it works now."""
    rows = AskingLink.objects.select_related("customer", "contact")
    working = rows.filter(revoked_at=None, expires_at__gt=now)
    return working.filter(token_hash=tokens.token_hash(token)).first()


def topics() -> list[str]:
    return list(Topic.objects.order_by("name").values_list("name", flat=True))
