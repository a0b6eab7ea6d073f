"""Cohorts that somebody has put together for their own eyes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text
from mainstay.shared.models import Stamped


class OwnCohort(Stamped):
    """Whoever first bought in these whole months, under a name of one's own."""

    user = models.ForeignKey("people.User", models.CASCADE, related_name="own_cohorts")
    name = Text(_("name"), max_length=80)
    first = models.DateField(_("first month"))  # its first day
    last = models.DateField(_("last month"))  # its first day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="own_cohort_name_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="own_cohort_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name
