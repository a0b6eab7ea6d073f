"""What was said to whom, as customers keep it."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mainstay.customers.choices import Channel, Direction, Outcome, Purpose
from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

LONGEST_MINUTES = 24 * 60


def _newest_first(*first: str, then: str = "", name: str) -> models.Index:
    """Return an index that lists walk; it tells what is archived, so counting reads no row."""
    fields = [*first, "-occurred_at", "-id", *filter(None, [then]), "archived_at"]
    return models.Index(fields=fields, name=name)


class Interaction(Archivable, Stamped):
    """A call, visit, meeting, e-mail, letter or note, on the customer's timeline."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="interactions", db_index=False
    )
    # Whom it was mainly with, on both sides; who else took part is the talks' to say.
    contact = models.ForeignKey(
        "customers.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interactions",
        db_index=False,
    )
    user = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interactions",
        db_index=False,
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    purpose = models.CharField(
        _("kind"), max_length=14, choices=Purpose, default=Purpose.TALK, db_default=Purpose.TALK
    )
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction, blank=True, default="", db_default=""
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_MINUTES)]
    )
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome, blank=True, default="", db_default=""
    )
    subject = Text(_("subject"), max_length=200)
    body = LongText(_("text"), blank=True, default="")
    occurred_at = models.DateTimeField(_("when"), db_default=Now())

    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)  # of a complaint

    class Meta:
        indexes = [
            # Few complaints are open, so those are read whole.
            models.Index(
                fields=["-occurred_at", "-id"],
                condition=models.Q(purpose="complaint", settled_at=None, archived_at=None),
                name="interaction_open_complaint",
            ),
            # "Complained since" asks it of every customer of a list in turn.
            models.Index(
                fields=["customer", "-occurred_at"],
                condition=models.Q(purpose="complaint", archived_at=None),
                name="interaction_complaint_of",
            ),
            _newest_first("customer", name="interaction_timeline"),
            # Letters are few among talks: the channel is asked of the index too.
            _newest_first(then="channel", name="interaction_newest"),
            _newest_first("contact", name="interaction_of_contact"),
            _newest_first("user", then="channel", name="interaction_of_user"),
            # Complaints are few among talks: "complained since" reads on to the customer.
            _newest_first("purpose", then="customer", name="interaction_by_purpose"),
        ]

    def __str__(self) -> str:
        return self.subject
