"""Customers shared with a colleague or a team, until a day or until further notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Share(models.Model):
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="shares")
    user = models.ForeignKey(
        "people.User", models.CASCADE, null=True, related_name="shares", verbose_name=_("colleague")
    )
    team = models.ForeignKey(
        "people.Team", models.CASCADE, null=True, related_name="shares", verbose_name=_("team")
    )
    may_edit = models.BooleanField(_("may change it"), default=False)
    ends_at = models.DateTimeField(_("until"), null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True, team__isnull=False)
                | models.Q(user__isnull=False, team__isnull=True),
                name="shared_with_one",
            ),
            models.UniqueConstraint(
                fields=["customer", "user"],
                condition=models.Q(user__isnull=False),
                name="shared_once_with_user",
            ),
            models.UniqueConstraint(
                fields=["customer", "team"],
                condition=models.Q(team__isnull=False),
                name="shared_once_with_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.user_id or self.team_id}"
