"""What somebody knows of a customer's wallet, how product markets grow, and a run's gaps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text
from mainstay.shared.models import Stamped

from .choices import Confidence, Origin


class ProductMarket(Stamped):
    """A product category seen as a market: how much it grows in the next twelve months."""

    category = models.OneToOneField(
        "orders.ProductCategory", models.CASCADE, related_name="market", verbose_name=_("market")
    )
    growth = models.FloatField(_("growth in 12 months"))
    source = Text(_("source"), max_length=200)
    known_on = models.DateField(_("known on"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(growth__gte=-1), name="market_growth_floor")
        ]

    def __str__(self) -> str:
        return str(self.category)


class WalletEstimate(models.Model):
    """What a customer buys of a product market in a year; the latest known one counts."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="wallet_estimates", db_index=False
    )
    category = models.ForeignKey(
        "orders.ProductCategory", models.PROTECT, related_name="+", verbose_name=_("market")
    )
    wallet_minor = models.BigIntegerField(_("bought in a year"))
    low_minor = models.BigIntegerField(null=True, blank=True)
    high_minor = models.BigIntegerField(null=True, blank=True)
    # The customer's own share of the market it sells in, from 0 to 1: now, and in twelve months.
    share_now = models.FloatField(null=True, blank=True)
    share_then = models.FloatField(null=True, blank=True)
    origin = models.CharField(_("source"), max_length=8, choices=Origin)
    note = Text(_("note"), max_length=500, blank=True, default="")
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    known_on = models.DateField(_("known on"))
    noted_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wallet_minor__gte=0), name="wallet_not_negative"
            )
        ]
        indexes = [models.Index("customer", "category", "known_on", "id", name="wallet_latest")]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.wallet_minor}"


class CustomerGap(models.Model):
    """A run's gap of one customer in one market; without a market: the sum of them all."""

    run = models.ForeignKey("value.ValueRun", models.CASCADE, related_name="gaps", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="gaps")
    category = models.ForeignKey("orders.ProductCategory", models.CASCADE, null=True)
    estimate = models.ForeignKey(WalletEstimate, models.CASCADE, null=True)
    wallet_minor = models.BigIntegerField()
    sales_minor = models.BigIntegerField()
    current_minor = models.BigIntegerField()
    future_minor = models.BigIntegerField(null=True)
    share_of_wallet = models.FloatField(null=True)

    class Meta:
        indexes = [
            models.Index("run", "category", models.F("current_minor").desc(), name="gap_current"),
            models.Index("run", "category", "customer", name="gap_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.current_minor}"
