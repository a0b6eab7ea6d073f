"""What one run of profitability makes of the current forecasts of each customer."""

from django.db import models


class NetValue(models.Model):
    """Money in minor units of the company's currency, at present value."""

    run = models.ForeignKey(
        "value.ProfitRun", models.CASCADE, related_name="net_values", db_index=False
    )
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="net_values")
    purchases_minor = models.BigIntegerField(default=0)
    recommended_minor = models.BigIntegerField(default=0)
    service_minor = models.BigIntegerField(default=0)
    net_minor = models.BigIntegerField(default=0)
    low_minor = models.BigIntegerField(default=0)
    high_minor = models.BigIntegerField(default=0)
    # What winning the customer cost, by its channel; spent, so not in the sum. Null: not known.
    acquisition_minor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "customer"], name="net_value_once_per_run")
        ]
        indexes = [
            models.Index("run", models.F("net_minor").desc(), "customer", name="net_value_largest")
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.net_minor}"
