"""The states of scans and pairs, what a scan compares, and the zones of pairs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    COMPLETE = "complete", _("Complete")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (ScanState.WAITING, ScanState.RUNNING)


class Reach(models.TextChoices):
    EVERYTHING = "everything", _("All customers")
    CHANGED = "changed", _("New and changed customers")


class PairState(models.TextChoices):
    OPEN = "open", _("To be decided")
    MERGED = "merged", _("Merged")
    DISTINCT = "distinct", _("Kept apart")


class Zone(models.TextChoices):
    MERGE = "merge", _("Merge by rule")
    ASK = "ask", _("Ask a person")
