"""What may stand in an export's row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("under way")
    COMPLETE = "complete", _("ready")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    GONE = "gone", _("deleted")


class Format(models.TextChoices):
    PARQUET = "parquet", "Parquet"
    CSV = "csv", "CSV"
