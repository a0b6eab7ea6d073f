"""Reads of endpoints and of what is sent to them."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from mainstay.shared import access
from mainstay.shared.events.models import (
    Attempt,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
    Event,
    Subscription,
)


def subscribed(event: str) -> list[int]:
    """Return the endpoints that want the event."""
    wanting = Subscription.objects.filter(event=event)
    return list(wanting.order_by("endpoint").values_list("endpoint", flat=True))


def visible_to(user: Any) -> QuerySet[Endpoint]:
    """Return the user's own endpoints, everybody's for administrators."""
    if not access.can(user, "api.use"):
        return Endpoint.objects.none()
    rows = Endpoint.objects.all().select_related("owner")
    rows = rows.prefetch_related("subscriptions").order_by("name", "pk")
    return rows if access.can(user, "people.admin") else rows.filter(owner=user.pk)


def deliveries(endpoint: Endpoint) -> QuerySet[Delivery]:
    """Return what was and will be sent to the endpoint, the latest first."""
    return Delivery.objects.filter(endpoint=endpoint).order_by("-pk")


def log_of(delivery: Delivery) -> QuerySet[Attempt]:
    return Attempt.objects.filter(delivery=delivery).order_by("-pk")


def rows_of(delivery: Delivery) -> list[Event]:
    """Return the rows of the outbox that the delivery carries, in their order."""
    return list(Event.objects.filter(pk__in=delivery.events).order_by("pk"))


def owner_of(delivery: Delivery) -> Any:
    return get_user_model()._default_manager.get(pk=delivery.endpoint.owner_id)


def waiting(endpoint: int) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING)
    return rows.select_related("endpoint").order_by("pk")


def unpacked(endpoint: int) -> QuerySet[Event]:
    return Event.objects.filter(endpoint=endpoint, packed=False).order_by("pk")


def with_work() -> list[int]:
    """Return the active endpoints for which something waits."""
    active = Endpoint.objects.filter(state=EndpointState.ACTIVE)
    events = Event.objects.filter(packed=False).values("endpoint")
    messages = Delivery.objects.filter(state=DeliveryState.WAITING).values("endpoint")
    busy = Q(pk__in=events) | Q(pk__in=messages)
    return list(active.filter(busy).order_by("pk").values_list("pk", flat=True))


def happened(endpoint: Endpoint, *, since: datetime, until: datetime) -> QuerySet[Event]:
    """Return the rows of the outbox for the endpoint from then until before then."""
    rows = Event.objects.filter(endpoint=endpoint, at__gte=since, at__lt=until)
    return rows.order_by("pk")


def paused(user: Any) -> list[Endpoint]:
    """Return the user's endpoints that the program has paused."""
    rows = Endpoint.objects.filter(owner=user.pk, state=EndpointState.PAUSED)
    return list(rows.exclude(paused_because="").order_by("name"))


def wanted(endpoint: Endpoint) -> list[str]:
    rows = Subscription.objects.filter(endpoint=endpoint).order_by("event")
    return list(rows.values_list("event", flat=True))
