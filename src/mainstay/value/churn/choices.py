"""By what a customer counts as lost, and which of a customer's intervals is the usual one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LossKind(TextChoices):
    SILENCE = "silence", _("No order for so many of the customer's own intervals")
    CONTRACT = "contract", _("Contract ended without another")
    PROBABILITY = "probability", _("Probability of still being a customer under a bound")


class Typical(TextChoices):
    MEDIAN = "median", _("median")
    MEAN = "mean", _("mean")
