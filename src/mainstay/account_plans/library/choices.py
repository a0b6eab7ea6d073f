"""What the library is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    TACTIC = "tactic", _("Tactics for certainty")
    ORGANISATION = "organisation", _("Organisational forms")
    STRATEGIC = "strategic", _("Strategic actions")
    OPERATIONAL = "operational", _("Operational actions")
    PRICE = "price", _("Price strategies")
    VALUE = "value", _("Ways to deliver value")
    SKILL = "skill", _("Skills of a key account manager")
