"""What every computation that ends as a snapshot has: its states, and one result that is shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText
from mainstay.shared.models import Stamped


class RunState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    COMPLETE = "complete", _("Complete")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Snapshot(Stamped):
    """A run as of a day: computed unseen, then shown everywhere instead of the earlier one."""

    as_of = models.DateField(_("as of"))
    source_url = models.CharField(_("source"), max_length=500)
    # Whose names the customers of the source carry; empty: our own numbers.
    source_name = models.CharField(max_length=80, blank=True, default="")
    parameters = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    reason = LongText(blank=True, default="")
    customer_count = models.PositiveIntegerField(default=0)
    job_id = models.CharField(max_length=64, blank=True, default="")
    started_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    is_current = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.as_of} #{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether the run is still to be computed."""
        return self.state in {RunState.WAITING, RunState.RUNNING}


def shown_once(name: str) -> list[models.BaseConstraint]:
    """Return the constraints that one complete run at most is shown."""
    return [
        models.UniqueConstraint(
            fields=["is_current"],
            condition=models.Q(is_current=True),
            name=f"one_current_{name}",
        ),
        models.CheckConstraint(
            condition=models.Q(is_current=False) | models.Q(state="complete"),
            name=f"current_{name}_is_complete",
        ),
    ]
