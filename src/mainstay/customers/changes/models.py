"""What a change of many customers found and what it left, so that it can be undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text


class ChangeKind(models.TextChoices):
    TAG = "tag", _("Tagged")
    UNTAG = "untag", _("Tag taken off")
    OWNER = "owner", _("Owner changed")
    TEAM = "team", _("Team changed")
    FIELD = "field", _("Field filled in")


class ManyChange(models.Model):
    """One change to many customers: what, to which value, by whom, and whether it was undone."""

    kind = models.CharField(max_length=8, choices=ChangeKind)
    value = Text(max_length=200, blank=True)
    # Of a field: its key, and the value as programs write it.
    details = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    customer_count = models.PositiveIntegerField(default=0)
    # The job whose parts belong together; empty: made at once.
    job_id = models.CharField(max_length=64, blank=True, default="")
    undone_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-made_at", "-id"], name="many_change_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["job_id"], condition=~models.Q(job_id=""), name="many_change_once_per_job"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value or '–'}"


class ChangedCustomer(models.Model):
    """A customer of the change: what stood there before and after, while it is not undone."""

    change = models.ForeignKey(ManyChange, models.CASCADE, related_name="customers", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    old_owner = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    old_team = models.ForeignKey("people.Team", models.SET_NULL, null=True, related_name="+")
    new_owner = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    new_team = models.ForeignKey("people.Team", models.SET_NULL, null=True, related_name="+")
    old_value = models.JSONField(null=True, blank=True)
    # Somebody edited the same afterwards, so undoing left it alone.
    kept = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "customer"], name="changed_customer_once_per_change"
            )
        ]

    def __str__(self) -> str:
        return str(self.customer_id)
