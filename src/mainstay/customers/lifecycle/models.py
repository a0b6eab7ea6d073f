"""Where each customer stands, how it came there, what people decided, and the rules in force."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text

from .rules import Reason, Stage

STAGES = [
    (Stage.SUSPECT, _("Suspect")),
    (Stage.PROSPECT, _("Prospect")),
    (Stage.DISQUALIFIED, _("Disqualified prospect")),
    (Stage.FIRST_TIME, _("First-time customer")),
    (Stage.REPEAT, _("Repeat customer")),
    (Stage.CLIENT, _("Client")),
    (Stage.MEMBER, _("Member")),
    (Stage.ADVOCATE, _("Advocate")),
    (Stage.PARTNER, _("Partner")),
    (Stage.INACTIVE, _("Inactive")),
    (Stage.FORMER, _("Former customer")),
]
REASONS = [(each, each) for each in Reason]


def _number(label: Any, default: int, most: int) -> "models.PositiveIntegerField[int, int]":
    checks = [MinValueValidator(1), MaxValueValidator(most)]
    return models.PositiveIntegerField(label, default=default, validators=checks)


class Thresholds(models.Model):
    """From when a customer counts as what: one row for the company."""

    client_orders = _number(_("orders that make a client"), 5, 1000)
    client_months = _number(_("months after which a repeat customer is a client"), 24, 600)
    advocate_recommendations = _number(_("recommendations that make an advocate"), 1, 1000)
    partner_recommendations = _number(_("recommendations of a partner"), 2, 1000)
    inactive_intervals = _number(_("own intervals without an order"), 3, 100)
    inactive_days = _number(_("days without an order, where no interval is known"), 365, 10_000)
    former_days = _number(_("days without an order"), 1095, 20_000)
    window_months = _number(_("months given to reach the next stage"), 12, 120)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, null=True, editable=False)

    def __str__(self) -> str:
        return "thresholds"


class Standing(models.Model):
    """The stage of a customer now."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, related_name="standing")
    stage = models.CharField(_("stage"), max_length=12, choices=STAGES)
    since = models.DateField(_("since"))
    reason = models.CharField(max_length=20, choices=REASONS)
    figure = models.IntegerField(null=True)
    by_hand = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["stage", "customer"], name="standing_by_stage"),
            models.Index(fields=["since", "customer"], name="standing_by_day"),
        ]


class StageChange(models.Model):
    """A step from one stage to another; never changed afterwards."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="stage_changes", db_index=False
    )
    day = models.DateField(_("day"))
    from_stage = models.CharField(max_length=12, choices=STAGES, blank=True, default="")
    to_stage = models.CharField(max_length=12, choices=STAGES)
    reason = models.CharField(max_length=20, choices=REASONS)
    figure = models.IntegerField(null=True)
    # The person's words where a person decided, with their name: a name, never a key.
    note = Text(max_length=500, blank=True, default="")
    by_name = Text(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["customer", "-day", "-id"], name="stage_change_timeline")]


class Override(models.Model):
    """A person's decision that a customer stands in a stage, until a day or until it is ended."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="stage_overrides", db_index=False
    )
    stage = models.CharField(_("stage"), max_length=12, choices=STAGES)
    reason = Text(_("reason"), max_length=500)
    from_date = models.DateField(_("from"))
    until_date = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_override",
            )
        ]


class Snapshot(models.Model):
    """One computation of all stages: when, by which thresholds, and what the funnel page shows."""

    as_of = models.DateField()
    made_at = models.DateTimeField(db_index=True)
    customers = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    thresholds = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    seconds = models.FloatField(default=0.0)
