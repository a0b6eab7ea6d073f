"""What an estimate rests on, and how sure it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    CUSTOMER = "customer", _("The customer told us")
    REPORT = "report", _("Annual report or register")
    RESEARCH = "research", _("Market research")
    TENDER = "tender", _("Tender")
    ESTIMATE = "estimate", _("Our own estimate")


class Confidence(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
