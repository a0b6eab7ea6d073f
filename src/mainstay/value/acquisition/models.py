"""What the channels cost, month by month."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text
from mainstay.shared.models import Stamped


class ChannelCost(Stamped):
    """What a channel, or one campaign of it, cost in a month, in minor units."""

    channel = models.ForeignKey(
        "customers.AcquisitionChannel", models.CASCADE, related_name="costs", db_index=False
    )
    campaign = models.ForeignKey(
        "customers.AcquisitionCampaign",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="costs",
    )
    month = models.DateField(_("month"))  # its first day
    amount_minor = models.BigIntegerField(_("cost"))
    note = Text(_("for what"), max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "month"],
                condition=models.Q(campaign__isnull=True),
                name="channel_cost_once_a_month",
            ),
            models.UniqueConstraint(
                fields=["campaign", "month"],
                condition=models.Q(campaign__isnull=False),
                name="campaign_cost_once_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gte=0), name="channel_cost_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["-month", "-id"], name="channel_cost_newest")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
