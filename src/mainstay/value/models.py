"""Value runs: a run is a snapshot, and a page always shows one complete run."""

from django.db import models

from .acquisition.models import ChannelCost
from .board.models import BoardPack
from .churn.models import LossNote, LossReason, LossRule, LostCustomer, RetentionCase
from .cohorts.models import OwnCohort
from .gaps.models import CustomerGap, ProductMarket, WalletEstimate
from .movements.models import CustomerMove
from .net_value.models import NetValue
from .profitability.models import CustomerProfit, ProfitCell, ProfitRun, TreatmentDecision
from .states import RunState, Snapshot, shown_once
from .what_if.models import Scenario

__all__ = [
    "AbcClass",
    "BoardPack",
    "ChannelCost",
    "CustomerGap",
    "CustomerMove",
    "CustomerProfit",
    "CustomerValue",
    "LossNote",
    "LossReason",
    "LossRule",
    "LostCustomer",
    "NetValue",
    "OwnCohort",
    "ProductMarket",
    "ProfitCell",
    "ProfitRun",
    "RetentionCase",
    "RunPart",
    "RunState",
    "Scenario",
    "TreatmentDecision",
    "ValueRun",
    "WalletEstimate",
]


class ValueRun(Snapshot):
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    timings = models.JSONField(default=dict)
    # Since when it no longer says anything of single customers; its sums stay.
    forgotten_at = models.DateTimeField(null=True)
    customers_dropped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            *shown_once("run"),
            models.CheckConstraint(
                condition=models.Q(is_current=False) | models.Q(forgotten_at=None),
                name="current_run_knows_customers",
            ),
        ]


class AbcClass(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


def _largest_first(*fields: str, of: str, name: str) -> models.Index:
    """Return an index in the order of lists: ties go the same way as the values, or every list
    would sort all customers that are worth the same."""
    order = (models.F(each).desc() for each in (of, "customer"))
    return models.Index(*fields, *order, name=name)


class CustomerValue(models.Model):
    """What one run says of one customer; money in minor units of the company's currency."""

    run = models.ForeignKey(ValueRun, models.CASCADE, related_name="customers", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="values")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    occasions = models.PositiveIntegerField(default=0)
    revenue_minor = models.BigIntegerField(default=0)
    margin_minor = models.BigIntegerField(null=True)
    recency_days = models.PositiveIntegerField(null=True)
    tenure_days = models.PositiveIntegerField(null=True)
    trend = models.FloatField(null=True)
    r = models.PositiveSmallIntegerField(null=True)
    f = models.PositiveSmallIntegerField(null=True)
    m = models.PositiveSmallIntegerField(null=True)
    rfm = models.CharField(max_length=3, blank=True, default="")
    segment = models.CharField(max_length=20, blank=True, default="")
    abc_class = models.CharField(max_length=1, choices=AbcClass, blank=True, default="")
    revenue_rank = models.PositiveIntegerField(null=True)
    revenue_share_cum = models.FloatField(null=True)
    p_alive = models.FloatField(null=True)
    expected_12m = models.FloatField(null=True)
    expected_12m_low = models.FloatField(null=True)
    expected_12m_high = models.FloatField(null=True)
    expected_average_minor = models.BigIntegerField(null=True)
    clv_minor = models.BigIntegerField(null=True)
    clv_low_minor = models.BigIntegerField(null=True)
    clv_high_minor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "customer"], name="customer_value_once_per_run")
        ]
        indexes = [
            _largest_first("run", of="clv_minor", name="value_by_clv"),
            _largest_first("run", "abc_class", of="clv_minor", name="value_by_class"),
            _largest_first("run", "segment", of="clv_minor", name="value_by_segment"),
            models.Index("run", "p_alive", "customer", name="value_by_p_alive"),
            _largest_first("run", of="revenue_minor", name="value_by_revenue"),
            models.Index("run", "first_day", "customer", name="value_by_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.clv_minor}"


class RunPart(models.Model):
    """What a run says of one topic, apart from its summary: only the topic's pages read it."""

    run = models.ForeignKey(ValueRun, models.CASCADE, related_name="parts", db_index=False)
    key = models.CharField(max_length=20)
    content = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="part_once_per_run")]

    def __str__(self) -> str:
        return self.key
