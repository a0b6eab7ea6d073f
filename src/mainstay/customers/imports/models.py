"""Imports of files, and the mapping of columns that each source keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Stamped


class State(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


RUNNING = (State.CHECKING, State.IMPORTING)


class Import(Stamped):
    """One file on its way in: what it is, how it is read, how far it got, what came of it."""

    kind = models.CharField(_("what"), max_length=20)
    source = models.ForeignKey("customers.Source", models.PROTECT, related_name="+")
    file_name = Text(_("file"), max_length=255)
    # A random name of the folder that keeps the file, or the path of a file an administrator named.
    folder = models.CharField(max_length=40, unique=True, editable=False)
    path = models.CharField(max_length=1000, blank=True, default="", editable=False)
    size = models.BigIntegerField(default=0)
    layout = models.JSONField(default=dict)
    sample = models.JSONField(default=list)
    sheets = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    chosen_styles = models.JSONField(default=dict)
    styles = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    dry_run = models.BooleanField(default=False)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    rows = models.BigIntegerField(_("rows"), default=0)
    refused = models.BigIntegerField(_("refused"), default=0)
    counts = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    left_out = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    reason = LongText(blank=True, default="")
    job = models.BigIntegerField(null=True, editable=False)
    started_by = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    finished_at = models.DateTimeField(null=True)
    # Since when neither the upload nor the list of refused rows is kept.
    files_deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(models.F("id").desc(), "kind", name="import_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="import_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ColumnMapping(Stamped):
    """How a source names its columns: offered again with its next file."""

    source = models.ForeignKey("customers.Source", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    mapping = models.JSONField(default=dict)
    styles = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind"], name="mapping_once_per_source")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source_id}"
