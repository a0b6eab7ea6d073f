"""What a company's own fields take, and what was written in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .labels import SUBJECTS, TYPES


class Definition(Archivable, Stamped):
    """One field: what it is called, what fits into it, and who may see and fill it.

    `low` and `high` are limits as the rules write them; empty roles mean every role that may see,
    or edit, the record itself.
    """

    subject = models.CharField(_("of"), max_length=8, choices=SUBJECTS)
    key = Text(_("key"), max_length=40)
    label = Text(_("name"), max_length=80)
    type = models.CharField(_("type"), max_length=10, choices=TYPES)
    help = Text(_("help text"), max_length=200, blank=True, default="")
    group = Text(_("group"), max_length=80, blank=True, default="")
    position = models.PositiveIntegerField(_("order"), default=0)
    required = models.BooleanField(_("required"), default=False)
    unique = models.BooleanField(_("no two alike"), default=False)
    low = Text(_("smallest"), max_length=40, blank=True, default="")
    high = Text(_("largest"), max_length=40, blank=True, default="")
    places = models.PositiveSmallIntegerField(_("decimal places"), default=0)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    seen_by = models.JSONField(_("seen by"), default=list, blank=True)
    edited_by = models.JSONField(_("filled in by"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "key"], name="custom_field_key_once")
        ]

    def __str__(self) -> str:
        return self.label


class Choice(Archivable):
    """One answer of a field that offers a list."""

    field = models.ForeignKey(Definition, models.CASCADE, related_name="choices")
    label = Text(_("answer"), max_length=80)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["field", "label"], name="custom_choice_once")
        ]

    def __str__(self) -> str:
        return self.label


class Value(models.Model):
    """What stands in a field: exactly one of the typed columns, by the definition's type.

    `number` holds whole numbers, yes and no, amounts in minor units, decimals scaled by their
    places, and a choice's place in its list. `sort_text` is the text as lists sort and compare it.
    `slot` tells several answers of one field apart; it is 0 where there is one. `unique_text` is
    only written where no two records may have the same.
    """

    number = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    moment = models.DateTimeField(null=True)
    text = Text(max_length=500, blank=True, default="")
    # Null, not empty, where the value is no text: the indexes below leave such rows out.
    sort_text = models.CharField(max_length=80, null=True)  # noqa: DJ001
    long_text = LongText(blank=True, default="")
    choice = models.ForeignKey(Choice, models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey("people.User", models.CASCADE, null=True, related_name="+")
    slot = models.BigIntegerField(default=0)
    unique_text = models.CharField(max_length=500, null=True)  # noqa: DJ001

    class Meta:
        abstract = True


def _indexes(link: str) -> list[models.Index]:
    """Return an index per typed column, of the rows that have it, as lists filter and sort."""
    return [
        models.Index(
            fields=["field", column, link],
            condition=models.Q(**{f"{column}__isnull": False}),
            name=f"{link}_value_by_{column.removeprefix('sort_')}",
        )
        for column in ("number", "day", "moment", "sort_text", "choice", "user")
    ]


def _constraints(link: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=[link, "field", "slot"], name=f"{link}_value_once"),
        models.UniqueConstraint(
            fields=["field", "unique_text"],
            condition=models.Q(unique_text__isnull=False),
            name=f"{link}_value_not_alike",
        ),
    ]


class CustomerValue(Value):
    field = models.ForeignKey(Definition, models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="custom_values", db_index=False
    )

    class Meta:
        indexes = _indexes("customer")
        constraints = _constraints("customer")


class ContactValue(Value):
    field = models.ForeignKey(Definition, models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, related_name="custom_values", db_index=False
    )

    class Meta:
        indexes = _indexes("contact")
        constraints = _constraints("contact")
