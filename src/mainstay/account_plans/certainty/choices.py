"""Kinds and levels of certainty."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    NEED = "need", _("Need")
    MARKET = "market", _("Market")
    TRANSACTION = "transaction", _("Transaction")


class Level(models.IntegerChoices):
    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


ASKED = {
    Kind.NEED: _("Does the customer know what it needs, and that it needs it?"),
    Kind.MARKET: _("Is it sure of us against the other offers, which may change?"),
    Kind.TRANSACTION: _("Does it trust that we deliver as agreed: quality, time, price?"),
}
