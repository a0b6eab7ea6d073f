"""How accounts are scored, and by what they are compared."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scale(models.TextChoices):
    RANK = "rank", _("By rank: of n candidates the best gets n")
    VALUE = "value", _("By value: from 0 for the lowest to 1 for the highest")
    DEVIATION = "deviation", _("By distance from the mean, in standard deviations")


class Nature(models.TextChoices):
    MEASURED = "measured", _("Measured from the data")
    RATED = "rated", _("Rated by people, 0 to 10")
    GATE = "gate", _("Must be met: yes or no")


class Measure(models.TextChoices):
    CURRENT_GAP = "current_gap", _("Current gap")
    FUTURE_GAP = "future_gap", _("Future gap")
    CLV = "clv", _("Lifetime value")
    NET_PROFIT = "net_profit", _("Net profit of 12 months")
    REVENUE = "revenue", _("Revenue up to the run")
    TENURE = "tenure", _("Years as a customer")
