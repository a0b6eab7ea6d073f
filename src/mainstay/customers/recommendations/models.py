"""A recommendation: the customer who gave it, and the one who came by it."""

from django.db import models

from mainstay.shared.models import Stamped


class Recommendation(Stamped):
    customer = models.OneToOneField(
        "customers.Customer", models.CASCADE, related_name="recommendation"
    )
    given_by = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="recommendations"
    )
    noted_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(customer=models.F("given_by")), name="nobody_recommends_himself"
            )
        ]

    def __str__(self) -> str:
        return f"{self.given_by_id} → {self.customer_id}"
