"""The people of a buying centre, who influences whom, and how complex the purchase is."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

WIDEST = 4000  # of the map


class RoleWording(Archivable):
    """A role as the company words it: a shipped one changed, or one of its own."""

    key = models.CharField(max_length=40, unique=True, editable=False)
    name = Text(_("name"), max_length=60)
    meaning = Text(_("what it means"), max_length=200, blank=True, default="")
    classic = models.CharField(_("stands for"), max_length=12)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Member(Archivable, Stamped):
    """A person's part in a buying centre; taken off, it stays with what was known.

    The contact may be deleted later: the part stays with the name it had.
    """

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    contact = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    name = Text(_("name"), max_length=150, blank=True, default="")
    position = Text(_("position"), max_length=120, blank=True, default="")
    roles = models.JSONField(_("roles"), default=list, blank=True)  # keys
    goals = LongText(_("goals"), blank=True, default="", max_length=1000)
    influence = models.PositiveSmallIntegerField(
        _("influence"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    support = models.SmallIntegerField(
        _("support"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-2), MaxValueValidator(2)],
    )
    reports_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    x = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(WIDEST)]
    )
    y = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(WIDEST)]
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return self.name


class Influence(models.Model):
    """One member influences another, beside the lines of reporting."""

    source = models.ForeignKey(Member, models.CASCADE, related_name="influences")
    target = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="influence_once")]


class Purchase(models.Model):
    """How complex the purchase is, as somebody judged it on a day; the latest counts."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    factors = models.JSONField(default=dict)  # factor → 1 to 5
    note = LongText(_("what is bought"), blank=True, default="", max_length=1000)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
