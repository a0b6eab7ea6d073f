from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    DEAD = "dead", _("Given up")


OPEN = (State.WAITING, State.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> "JobQuerySet":
        return self.filter(state__in=OPEN)

    def due(self, queues: tuple[str, ...]) -> "JobQuerySet":
        """Return waiting jobs whose time has come and running ones whose worker fell silent."""
        waiting = models.Q(state=State.WAITING, run_at__lte=Now())
        orphaned = models.Q(state=State.RUNNING, lease_until__lt=Now())
        return self.filter(waiting | orphaned, queue__in=queues).order_by(
            "-priority", "run_at", "id"
        )

    def held(self, *, pk: int, fence: int) -> "JobQuerySet":
        """Return the job only while the holder of this fence still owns it."""
        return self.filter(pk=pk, fence=fence, state=State.RUNNING)


class Job(models.Model):
    """One piece of work; it belongs to the worker whose fence number it carries."""

    func = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    enqueued_by = models.CharField(max_length=64, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    enqueued_at = models.DateTimeField(db_default=Now())
    run_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    fence = models.BigIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    cancel_requested = models.BooleanField(default=False)

    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    text = models.CharField(max_length=300, blank=True)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    failures = models.JSONField(default=list)

    objects: ClassVar[models.Manager["Job"]] = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                "queue", "state", "run_at", name="job_open", condition=models.Q(state__in=OPEN)
            ),
            models.Index("enqueued_by", models.F("id").desc(), name="job_mine"),
            models.Index("state", models.F("id").desc(), name="job_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="job_state_known"
            ),
            models.CheckConstraint(condition=models.Q(max_attempts__gte=1), name="job_attempts"),
            models.CheckConstraint(
                condition=~models.Q(state=State.RUNNING) | models.Q(lease_until__isnull=False),
                name="job_running_has_lease",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
