"""Exports of everything that administrators order on the page."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text
from mainstay.shared.models import Stamped

from .choices import Format, State


class Export(Stamped):
    """One file of everything, kept for some days below a name that nobody guesses."""

    format = models.CharField(_("format"), max_length=8, choices=Format, default=Format.PARQUET)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = Text(_("reason"), max_length=300, blank=True, default="")
    place = models.CharField(max_length=64, blank=True, default="")
    size = models.BigIntegerField(_("size"), null=True)
    rows = models.BigIntegerField(_("rows"), null=True)
    kept_until = models.DateTimeField(_("kept until"), null=True)
    job_id = models.CharField(max_length=64, blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="export_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"
