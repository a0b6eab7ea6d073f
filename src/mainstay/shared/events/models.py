"""Endpoints, what waits for them, and what was sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text


class EndpointState(models.TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")


class Endpoint(models.Model):
    """An address outside that is told of events, with the rights of its owner."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="endpoints")
    name = Text(_("name"), max_length=80)
    url = Text(_("address"), max_length=500)
    # The secret is derived from this and the site's key, so that no copy of the base holds it.
    salt = models.CharField(max_length=64)
    # The secret before it signs as well until then, so that the receiver can change over in peace.
    previous_salt = models.CharField(max_length=64, blank=True, default="")
    previous_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=EndpointState, default=EndpointState.ACTIVE)
    paused_because = Text(max_length=300, blank=True, default="")
    given_up_in_a_row = models.PositiveSmallIntegerField(default=0)
    # Until then a worker is sending to it; nobody else may, so that the order holds.
    held_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Endpoint"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=EndpointState.values), name="endpoint_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """An event that the endpoint wants."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="subscriptions")
    event = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "endpoint"], name="subscribed_once")
        ]

    def __str__(self) -> str:
        return self.event


class Event(models.Model):
    """A row of the outbox: what happened to up to a hundred subjects, for one endpoint."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="events", db_index=False)
    name = models.CharField(max_length=80)
    # [number of the subject, what is told of the change], in the order of happening
    items = models.JSONField(default=list)
    at = models.DateTimeField()
    packed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index("endpoint", "id", name="event_waiting", condition=models.Q(packed=False)),
            models.Index("endpoint", "at", name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Accepted")
    DEAD = "dead", _("Given up")


class Delivery(models.Model):
    """One message to an endpoint: events in their order, tried until accepted or given up."""

    endpoint = models.ForeignKey(
        Endpoint, models.CASCADE, related_name="deliveries", db_index=False
    )
    # Numbers of the rows of the outbox; empty for a test.
    events = models.JSONField(default=list)
    replay = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("endpoint", models.F("id").desc(), name="delivery_by_endpoint"),
            models.Index(
                "endpoint", "id", name="delivery_waiting", condition=models.Q(state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint_id}: {self.pk}"


class Attempt(models.Model):
    """One try: what was asked and answered, without the particulars of any subject."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    request = LongText(blank=True, default="")
    response = LongText(blank=True, default="", max_length=4000)
    problem = Text(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status}"
