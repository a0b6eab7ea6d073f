"""What we offer to an account, and how certain it is of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .choices import Kind, Level


class Offering(Archivable, Stamped):
    """A service or product as it is offered to this account."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    name = Text(_("service or product"), max_length=120)

    class Meta:
        indexes = [models.Index(fields=["customer", "id"], name="offering_of_customer")]

    def __str__(self) -> str:
        return self.name


class CertaintyRating(models.Model):
    """What somebody judged on a day; the latest counts, all are kept."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="ratings")
    kind = models.CharField(_("certainty of"), max_length=12, choices=Kind)
    present = models.PositiveSmallIntegerField(_("now"), choices=Level, null=True, blank=True)
    wanted = models.PositiveSmallIntegerField(_("wanted"), choices=Level, null=True, blank=True)
    evidence = LongText(_("evidence"), blank=True, default="", max_length=1000)
    rated_on = models.DateField(_("judged on"))
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["offering", "kind", "-id"], name="certainty_latest")]
