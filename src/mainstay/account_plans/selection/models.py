"""A selection of key accounts: criteria with weights, candidates, what they were rated."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .choices import Measure, Nature, Scale


class Selection(Archivable, Stamped):
    """One way to choose key accounts: kept, and repeated from year to year."""

    name = Text(_("name"), max_length=120)
    scale = models.CharField(_("scoring"), max_length=10, choices=Scale, default=Scale.RANK)
    first = models.PositiveSmallIntegerField(
        _("accounts to choose"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(archived_at=None), name="selection_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(Archivable):
    """What candidates are compared by; one that was rated is put away, not deleted."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="criteria")
    name = Text(_("name"), max_length=120)
    nature = models.CharField(_("kind"), max_length=10, choices=Nature, default=Nature.RATED)
    measure = models.CharField(
        _("figure"), max_length=12, choices=Measure, blank=True, default="", db_default=""
    )
    weight = models.FloatField(_("weight"), default=0.0)  # a share of one
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "name"],
                condition=models.Q(archived_at=None),
                name="criterion_name_once",
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=0, weight__lte=1), name="criterion_weight_is_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    selection = models.ForeignKey(Selection, models.CASCADE, related_name="candidates")
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selection", "customer"], name="candidate_once")
        ]


class Rating(models.Model):
    """What somebody thought of a candidate on a day; the latest counts, all are kept."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="ratings")
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    value = models.FloatField(_("rating"), null=True, blank=True)  # null: taken back
    note = LongText(_("why"), blank=True, default="", max_length=1000)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["criterion", "customer", "-id"], name="rating_latest")]


class Judgement(models.Model):
    """How many times more one criterion matters than another, in one person's eyes."""

    one = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    other = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    by = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    times = models.FloatField()  # above 1: the first matters more

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other", "by"], name="judgement_once"),
            models.CheckConstraint(condition=models.Q(times__gt=0), name="judgement_positive"),
        ]


class Placing(models.Model):
    """A ranking as it was on a day: what a later one is compared with."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="placings")
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    # Criteria with name and weight, the sum of the weights, and a row for each candidate: customer,
    # place, total.
    content = models.JSONField(default=dict)


class KeyAccount(Archivable, Stamped):
    """A customer that was chosen; put away when it is one no longer."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    selection = models.ForeignKey(Selection, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=models.Q(archived_at=None), name="key_account_once"
            )
        ]
