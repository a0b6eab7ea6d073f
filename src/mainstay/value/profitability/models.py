"""Runs of customer profitability: a snapshot like a value run, with a year of costs in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText
from mainstay.shared.models import Stamped
from mainstay.value.states import Snapshot, shown_once


class ProfitRun(Snapshot):
    """What customers earned us in the year up to a day, by the activities as they stood."""

    class Meta:
        constraints = shown_once("profit_run")


class TreatmentKind(models.TextChoices):
    RAISE_PRICE = "raise_price", _("Raise the price")
    LOWER_SERVICE_COST = "lower_service_cost", _("Lower the cost to serve")
    RENEGOTIATE = "renegotiate", _("Renegotiate or part")


class CustomerProfit(models.Model):
    """What one run says of one customer's year; money in minor units of the company's currency."""

    run = models.ForeignKey(ProfitRun, models.CASCADE, related_name="customers", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="profits")
    orders = models.PositiveIntegerField(default=0)
    returns = models.PositiveIntegerField(default=0)
    categories = models.PositiveIntegerField(default=0)
    products = models.PositiveIntegerField(default=0)
    revenue_minor = models.BigIntegerField(default=0)
    before_minor = models.BigIntegerField(default=0)  # revenue of the year before
    margin_minor = models.BigIntegerField(default=0)
    cost_to_serve_minor = models.BigIntegerField(default=0)
    net_profit_minor = models.BigIntegerField(default=0)
    # One cost for each activity of the run, in its order.
    costs = models.JSONField(default=list)
    # 1: the most profitable tenth; null: neither bought nor caused work in the year.
    tenth = models.PositiveSmallIntegerField(null=True)
    treatment = models.CharField(max_length=20, choices=TreatmentKind, blank=True, default="")
    change = models.FloatField(null=True)  # the share that the treatment asks for
    # Shares of customers with more revenue, and of the revenue that those bring; this year, the
    # year before, ever.
    sales_rank = models.FloatField(null=True)
    sales_through = models.FloatField(null=True)
    before_rank = models.FloatField(null=True)
    ever_rank = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "customer"], name="customer_profit_once_per_run")
        ]
        indexes = [
            models.Index("run", "net_profit_minor", "customer", name="profit_by_net"),
            models.Index(
                "run", models.F("cost_to_serve_minor").desc(), "customer", name="profit_by_service"
            ),
            models.Index(
                "run", "treatment", "net_profit_minor", "customer", name="profit_by_treatment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.net_profit_minor}"


class ProfitCell(models.Model):
    """One cell of the customer × product matrix of a run."""

    run = models.ForeignKey(ProfitRun, models.CASCADE, related_name="cells", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="profit_cells", db_index=False
    )
    # Null: products without a category.
    category = models.ForeignKey(
        "orders.ProductCategory", models.CASCADE, null=True, related_name="+", db_index=False
    )
    revenue_minor = models.BigIntegerField(default=0)
    margin_minor = models.BigIntegerField(default=0)
    cost_to_serve_minor = models.BigIntegerField(default=0)
    net_profit_minor = models.BigIntegerField(default=0)
    sign = models.SmallIntegerField(default=1)  # 2: ++, 1: +, -1: −

    class Meta:
        indexes = [
            models.Index("customer", "run", name="profit_cell_by_customer"),
            models.Index("run", "category", "sign", "customer", name="profit_cell_by_sign"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} × {self.category_id}: {self.net_profit_minor}"


class DecisionState(models.TextChoices):
    OPEN = "open", _("Open")
    AGREED = "agreed", _("Agreed")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined")


class TreatmentDecision(Stamped):
    """What was decided about an unprofitable customer; it outlives the run that suggested it."""

    customer = models.OneToOneField(
        "customers.Customer", models.CASCADE, related_name="treatment_decision"
    )
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.OPEN)
    assignee = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = LongText(_("note"), max_length=2000, blank=True, default="")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.state}"
