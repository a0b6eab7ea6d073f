"""Tasks, and the links by which calendars read them."""

import uuid
from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.customers.todo import rules
from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Stamped

LONGEST_STEP = 99


class Priority(models.IntegerChoices):
    HIGH = 1, _("High")
    NORMAL = 5, _("Normal")
    LOW = 9, _("Low")


class State(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class Unit(models.TextChoices):
    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")


class Task(Stamped):
    """Something to be done until a day, or a time of a day in its own time zone."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = Text(_("title"), max_length=200)
    notes = LongText(_("notes"), blank=True, default="")
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, blank=True, related_name="tasks"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    interaction = models.ForeignKey(
        "customers.Interaction", models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    assignee = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("who does it"),
        db_index=False,
    )
    made_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    due_date = models.DateField(_("due"), null=True, blank=True)
    due_time = models.TimeField(_("at"), null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="UTC", editable=False)
    remind_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    repeat_every = models.PositiveSmallIntegerField(
        _("repeat every"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_STEP)],
    )
    repeat_unit = models.CharField(max_length=5, choices=Unit, blank=True, default="")
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.NORMAL
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["assignee", "state", "due_date", "id"], name="task_of_assignee"),
            models.Index(fields=["customer", "-done_at", "-id"], name="task_timeline"),
            models.Index(fields=["contact", "-done_at", "-id"], name="task_of_contact"),
            models.Index(
                fields=["remind_at"],
                condition=models.Q(state="open", reminded_at=None, remind_at__isnull=False),
                name="task_to_remind",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_time=None) | models.Q(due_date__isnull=False),
                name="task_time_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(repeat_every=None) | models.Q(due_date__isnull=False),
                name="task_repeats_from_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at=None)),
                name="task_done_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def remind(self) -> int | None:
        """Say how many minutes before it is due the task is reminded of; None: not at all."""
        if self.remind_at is None or self.due_date is None:
            return None
        due = rules.moment(self.due_date, self.due_time, self.time_zone)
        return (due - self.remind_at) // timedelta(minutes=1)


class Feed(models.Model):
    """The secret link of a person's calendar; only the hash of its token is kept."""

    user = models.OneToOneField("people.User", models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"
