"""Scenarios: where somebody would set the levers; what comes of them is computed when read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped


class Scenario(Archivable, Stamped):
    """Levers by name; one that is not set stays where the current runs have it."""

    name = Text(_("name"), max_length=120)
    note = LongText(_("what is to be done"), blank=True, default="", max_length=2000)
    retention = models.FloatField(_("retention a year"), null=True, blank=True)
    margin = models.FloatField(_("gross margin"), null=True, blank=True)
    discount_rate = models.FloatField(_("discount rate a year"), null=True, blank=True)
    # Yearly cost in minor units by the number of the activity.
    costs = models.JSONField(_("costs of activities"), default=dict, blank=True)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(archived_at=None), name="scenario_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
