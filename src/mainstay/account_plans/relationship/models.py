"""What people on both sides rated of a relationship, what we take it for, and what we want."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable

from . import choices


class Wording(Archivable):
    """A criterion as the company words it: a shipped one changed, or one of its own."""

    key = models.CharField(max_length=40, unique=True, editable=False)
    name = Text(_("name"), max_length=120)
    question = Text(_("question to the customer"), max_length=300, blank=True, default="")
    low = Text(_("word for low"), max_length=60)
    middle = Text(_("word for medium"), max_length=60)
    high = Text(_("word for high"), max_length=60)
    direction = models.SmallIntegerField(
        _("more of it is"), default=0, validators=[MinValueValidator(-1), MaxValueValidator(1)]
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link by which one person of the customer answers once, without signing in."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10)
    nonce = models.CharField(max_length=32)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Rating(models.Model):
    """What somebody thought on a day; the latest of each person counts, all are kept."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    criterion = models.CharField(max_length=40)  # its key
    side = models.CharField(max_length=6, choices=choices.Side)
    value = models.PositiveSmallIntegerField(
        _("rating"),
        null=True,  # taken back
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    note = LongText(_("note"), blank=True, default="", max_length=1000)
    evidence = LongText(_("evidence"), blank=True, default="", max_length=1000)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="ratings")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["customer", "id"], name="relation_rating_of")]


class Approach(models.Model):
    """How we sell to the customer, point by point, as somebody saw it on a day."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)  # point of reference → 1 to 5
    note = LongText(_("note"), blank=True, default="", max_length=1000)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()


class LevelNote(models.Model):
    """The level of the relationship now and wanted, with the reason; the latest counts."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    now = models.CharField(_("now"), max_length=12, choices=choices.Level)
    wanted = models.CharField(_("wanted"), max_length=12, choices=choices.Level)
    why = LongText(_("why"), max_length=1000)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
