"""Lost customers: the rule, the reasons, what each run found, and cases for better retention."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .choices import LossKind, Typical


class LossRule(Stamped):
    """Who counts as lost, chosen by the company; one row."""

    kind = models.CharField(
        _("a customer is lost by"), max_length=12, choices=LossKind, default=LossKind.SILENCE
    )
    k = models.FloatField(_("intervals"), default=3.0)
    typical = models.CharField(_("interval"), max_length=6, choices=Typical, default=Typical.MEDIAN)
    floor_days = models.PositiveIntegerField(_("shortest interval in days"), default=30)
    grace_days = models.PositiveIntegerField(_("days of grace"), default=30)
    threshold = models.FloatField(_("bound of P(alive)"), default=0.2)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return str(LossKind(self.kind).label)


class LossReason(Archivable):
    """A reason of one's own, or another name for a shipped one of the same key."""

    key = models.CharField(max_length=40, unique=True)
    name = Text(_("reason"), max_length=200)

    def __str__(self) -> str:
        return self.name


class LossNote(models.Model):
    """Why a customer was lost, as somebody found out."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="loss_notes", db_index=False
    )
    reason = models.CharField(_("reason"), max_length=40)
    noted_on = models.DateField(_("found out on"))
    text = LongText(_("what was said"), blank=True, default="", max_length=2000)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-noted_on", "-id"], name="loss_note_latest"),
            models.Index(fields=["reason", "customer"], name="loss_note_by_reason"),
        ]

    def __str__(self) -> str:
        return self.reason


class LostCustomer(models.Model):
    """A time as a customer that ended, as one run found it; who came back may be lost again."""

    run = models.ForeignKey("value.ValueRun", models.CASCADE, related_name="losses", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="losses")
    first_day = models.DateField(_("customer since"))
    last_day = models.DateField(_("last purchase"))
    lost_on = models.DateField(_("lost on"))
    came_back_on = models.DateField(_("came back on"), null=True)
    yearly_minor = models.BigIntegerField(_("yearly value"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "customer", "last_day"], name="loss_once_per_run"
            )
        ]
        indexes = [
            # A year's losses are added up out of the index.
            models.Index("run", "lost_on", "customer", "yearly_minor", name="loss_by_day"),
            models.Index("run", models.F("yearly_minor").desc(), "customer", name="loss_by_value"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.lost_on}"


class RetentionCase(Archivable, Stamped):
    """An investment in retention that somebody weighs; money in minor units."""

    name = Text(_("name"), max_length=120, unique=True)
    note = LongText(_("what is to be done"), blank=True, default="", max_length=2000)
    cost_once_minor = models.BigIntegerField(_("cost once"), default=0)
    cost_yearly_minor = models.BigIntegerField(_("cost a year"), default=0)
    points_low = models.FloatField(_("effect at least"), default=0.0)
    points = models.FloatField(_("effect expected"), default=0.0)
    points_high = models.FloatField(_("effect at most"), default=0.0)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cost_once_minor__gte=0) & models.Q(cost_yearly_minor__gte=0),
                name="case_cost_not_negative",
            )
        ]

    def __str__(self) -> str:
        return self.name
