"""Merges: which record took in which, what of it moved, and what it wrote over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text
from mainstay.shared.models import Stamped


class Subject(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    CONTACT = "contact", _("Contact")


class Origin(models.TextChoices):
    HAND = "hand", _("Chosen by hand")
    QUEUE = "queue", _("From the review of duplicates")
    RULE = "rule", _("By rule")
    API = "api", _("By a program")


class Batch(models.Model):
    """Pairs merged by rule in one go, to be undone in one go."""

    merge_from = models.FloatField(_("probability from"))
    made_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    job_id = models.CharField(max_length=64, blank=True, default="")
    undone_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class Merge(models.Model):
    """One record took in others; `customer` or `contact` is the one that survived."""

    subject = models.CharField(max_length=8, choices=Subject)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, related_name="merges"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="merges"
    )
    origin = models.CharField(max_length=5, choices=Origin, default=Origin.HAND)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="merges")
    made_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    # The survivor's fields before and after, as stored.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # Relation → the highest row number there was: what is higher was added later.
    marks = models.JSONField(default=dict)
    undone_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-made_at", "-id"], name="merge_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="customer", customer__isnull=False, contact__isnull=True)
                | Q(subject="contact", customer__isnull=True, contact__isnull=False),
                name="merge_has_one_survivor",
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"

    @property
    def survivor_id(self) -> int:
        """Return the number of the record that survived."""
        number: int = getattr(self, f"{self.subject}_id")
        return number


class Absorbed(models.Model):
    """A record that went into another; while `active` it is a tombstone that leads there."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="absorbed")
    # Its place among the records of the merge: they move one after the other.
    place = models.PositiveSmallIntegerField(default=0)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, related_name="absorptions"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="absorptions"
    )
    archived_before = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(active=True), name="customer_absorbed_once"
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=Q(active=True), name="contact_absorbed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id or self.contact_id}"


class Moved(models.Model):
    """A row that a merge moved; numbers, not names, and no keys: the row may be gone by now."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moved", db_index=False)
    relation = models.CharField(max_length=120)
    row_id = models.BigIntegerField()
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["merge", "relation", "row_id"], name="moved_row")]

    def __str__(self) -> str:
        return f"{self.relation} {self.row_id}"


class Rule(models.TextChoices):
    """Which record's value a merge proposes; empty values never win."""

    SURVIVOR = "survivor", _("the surviving record's")
    NEWEST = "newest", _("the one changed last")
    COMPLETE = "complete", _("the most complete record's")
    LONGEST = "longest", _("the longest")
    SOURCE = "source", _("the most trusted source's")


class FieldRule(Stamped):
    """The rule for one field; a field without one keeps to the shipped rule."""

    subject = models.CharField(max_length=8, choices=Subject)
    field = Text(max_length=60)
    rule = models.CharField(max_length=8, choices=Rule)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field"], name="one_merge_rule_per_field")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.rule}"


class TrustedSource(models.Model):
    """How far a source is trusted when records of several differ: 1 is the most."""

    source = models.OneToOneField("customers.Source", models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.place}"
