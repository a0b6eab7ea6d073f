"""What people wrote into a plan, and its versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Stamped

from .choices import Part, State


class Passage(Stamped):
    """A sentence of a plan that somebody wrote, or wrote in place of a generated one.

    `basis` is what the data said when it was written, in English whatever the writer reads: where
    they say something else now, it is stale. `instead_of` is the same in the writer's language.
    Without text, the generated sentence is left out.
    """

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    part = models.CharField(max_length=12, choices=Part)
    key = Text(max_length=60, blank=True, default="")  # empty: the team's own sentence
    text = LongText(_("text"), blank=True, default="", max_length=3000)
    basis = LongText(blank=True, default="")
    instead_of = LongText(blank=True, default="")
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["customer", "id"], name="passage_of_customer")]


class PlanVersion(models.Model):
    """A plan as it was when it was put forward; never changed but for the decision on it."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    content = models.JSONField(default=dict)
    pages = models.PositiveSmallIntegerField()
    note = Text(_("what is new"), max_length=300, blank=True, default="")
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    made_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = Text(_("remark"), max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["customer", "-id"], name="plan_version_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_at=None)
                | (~models.Q(state="proposed") & models.Q(decided_at__isnull=False)),
                name="plan_version_decided_at",
            )
        ]
