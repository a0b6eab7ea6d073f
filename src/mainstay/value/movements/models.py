"""Customers who moved since the run before."""

from django.db import models


class CustomerMove(models.Model):
    """A customer whose class, segment or risk differs from the run before."""

    run = models.ForeignKey("value.ValueRun", models.CASCADE, related_name="moves", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="moves")
    class_steps = models.SmallIntegerField()  # +1: from C to B
    segment_changed = models.BooleanField()
    risk = models.SmallIntegerField()  # +1: newly at risk, −1: recovered
    clv_change_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "customer"], name="customer_moves_once_per_run")
        ]
        indexes = [
            models.Index("run", "clv_change_minor", name="move_by_change"),
            models.Index("run", "class_steps", "clv_change_minor", name="move_by_class"),
            models.Index("run", "risk", "clv_change_minor", name="move_by_risk"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.class_steps:+d}"
