"""A review meeting: who takes part, its agenda, what was said and decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped


class Meeting(Archivable, Stamped):
    """A review with the customer's people; held once somebody says so."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    held_on = models.DateField(_("day"))
    place = Text(_("place"), max_length=120, blank=True, default="")
    minutes = LongText(_("minutes"), blank=True, default="", max_length=20_000)
    held_at = models.DateTimeField(null=True, editable=False)  # when it was noted as held
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["customer", "-held_on", "-id"], name="review_of_customer")]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.held_on:%Y-%m-%d}"


class Participant(models.Model):
    """Somebody at a meeting, ours or theirs; the name stays when the person leaves."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    is_ours = models.BooleanField(default=False)
    user = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.SET_NULL, null=True, related_name="+")
    name = Text(_("name"), max_length=150)


class Point(models.Model):
    """A point of the agenda: proposed from the data under a key, or the team's own without one.

    `basis` is what was proposed, in English whatever the reader's language: where the data propose
    something else now, the point is out of date. Without text, a proposed point is left out.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    key = Text(max_length=60, blank=True, default="")
    text = LongText(_("point"), blank=True, default="", max_length=1000)
    basis = LongText(blank=True, default="")
    is_edited = models.BooleanField(default=False)
    is_inside = models.BooleanField(_("among us only"), default=False)
    note = LongText(_("what was said"), blank=True, default="", max_length=3000)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "key"],
                condition=~models.Q(key=""),
                name="agenda_point_once",
            )
        ]


class Decision(models.Model):
    """What was decided, with owner and day as they were then; how it goes on is the task's."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    text = Text(_("decision"), max_length=200)
    owner = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    due_date = models.DateField(_("until"))
    task = models.OneToOneField("todo.Task", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text
