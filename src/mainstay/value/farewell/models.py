"""Rules that propose to part with a customer, and what was decided about each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped


class FarewellRule(Archivable, Stamped):
    """Whoever is in one segment is proposed, unless another holds him: parting is never blind."""

    name = Text(_("name"), max_length=120, unique=True)
    proposed = models.ForeignKey(
        "segments.Segment", models.PROTECT, related_name="+", verbose_name=_("who is proposed")
    )
    spared = models.ForeignKey(
        "segments.Segment", models.PROTECT, related_name="+", verbose_name=_("never")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(proposed=models.F("spared")), name="farewell_spares_others"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Decision(models.TextChoices):
    KEEP = "keep", _("Keep as it is")
    TERMS = "terms", _("Change terms, serve more cheaply")
    GOODBYE = "goodbye", _("Say goodbye")
    LATER = "later", _("Decide later")


class FarewellDecision(Stamped):
    """What was decided about a customer, and the money at stake that day, in minor units."""

    customer = models.OneToOneField(
        "customers.Customer", models.CASCADE, related_name="farewell_decision"
    )
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    reason = LongText(_("reason"), max_length=2000)
    review_on = models.DateField(_("look again on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    net_profit_minor = models.BigIntegerField(null=True, blank=True)
    clv_minor = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__in=Decision.values), name="farewell_decision_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.decision}"
