"""Segments, who belonged to them from when to when, and how many that were each day."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped


class SegmentKind(models.TextChoices):
    LIVE = "live", _("Live: whoever meets the rule")
    STATIC = "static", _("Fixed list")


class Sharing(models.TextChoices):
    PRIVATE = "private", _("Only me")
    TEAM = "team", _("My team")
    ALL = "all", _("Everybody")


class Segment(Archivable, Stamped):
    """A group of customers: a fixed list, or a rule."""

    name = Text(_("name"), max_length=120)
    description = LongText(_("what it is for"), max_length=1000, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=6, choices=SegmentKind, default=SegmentKind.LIVE)
    sharing = models.CharField(
        _("who sees it"), max_length=7, choices=Sharing, default=Sharing.PRIVATE
    )
    # Null: it came with the program.
    owner = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="segments"
    )
    team = models.ForeignKey(
        "people.Team", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The rule as `tree.read` takes it; empty for a fixed list.
    definition = models.JSONField(default=dict, blank=True)
    # The key of a segment that comes with the program; empty for all others.
    preset = models.CharField(max_length=40, blank=True, default="", editable=False)
    # The rights that asking its rule needs, its nested segments' too: " money.view value.view ".
    rights = models.CharField(max_length=300, blank=True, default=" ", editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    # Members when they were last counted, how long that took, and whether lists ask the rule
    # itself: where it is too slow for a page, they read the members as they were stored.
    members = models.PositiveIntegerField(null=True, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)
    # What a large segment adds up to, and when: {"at": …, "told": {teller: …}} (`facts.Teller`).
    facts = models.JSONField(default=dict, blank=True, db_default={}, editable=False)
    took_ms = models.PositiveIntegerField(null=True, editable=False)
    direct = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["preset"], condition=~models.Q(preset=""), name="segment_preset_once"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="segment_has_name"),
        ]

    def __str__(self) -> str:
        # A segment that comes with the program has its name in the reader's language.
        return gettext(self.name) if self.preset else self.name


class Membership(models.Model):
    """One stay of a customer in a segment."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="memberships", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="memberships")
    entered_on = models.DateField(_("entered"))
    left_on = models.DateField(_("left"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "customer"],
                condition=models.Q(left_on=None),
                name="member_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["segment", "-entered_on", "customer"], name="member_by_entering"),
            models.Index(
                fields=["segment", "-left_on", "customer"],
                condition=models.Q(left_on__isnull=False),
                name="member_by_leaving",
            ),
        ]

    def __str__(self) -> str:
        return str(self.segment)


class SegmentDay(models.Model):
    """How large a segment was at the end of a day, and how many came and went on it."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    members = models.PositiveIntegerField()
    entered = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "day"], name="segment_day_once")]

    def __str__(self) -> str:
        return f"{self.segment_id} {self.day}: {self.members}"
