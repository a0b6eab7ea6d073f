"""Mailboxes, files of e-mails, what was taken of them and what was skipped."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.customers.mail.choices import FEWEST_MINUTES, MOST_MINUTES, Security, State, Why
from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Stamped

LARGEST_PORT = 65_535


class MailRules(models.Model):
    """What is ours and what is never taken; one row for the company."""

    own_domains = models.JSONField(default=list)
    # Addresses and domains whose e-mails nobody but those who wrote them may read.
    never = models.JSONField(default=list)
    # What a subject holds that the writer wants to keep private.
    marks = models.JSONField(default=list)

    def __str__(self) -> str:
        return "mail"


class Mailbox(Stamped):
    """A mailbox on an IMAP server, read from time to time and never changed."""

    name = Text(_("name"), max_length=80)
    host = Text(_("server"), max_length=253)
    port = models.PositiveIntegerField(
        _("port"), default=993, validators=[MinValueValidator(1), MaxValueValidator(LARGEST_PORT)]
    )
    security = models.CharField(
        _("encryption"), max_length=8, choices=Security, default=Security.TLS
    )
    user = Text(_("user"), max_length=254)
    # The password, encrypted by the site's key; or the name of an environment variable that holds
    # it, so that no copy of the database does.
    sealed = models.TextField(blank=True, default="", editable=False)
    variable = Text(_("environment variable"), max_length=80, blank=True, default="")
    folders = models.JSONField(_("folders"), default=list)
    since = models.DateField(_("from"))
    every_minutes = models.PositiveSmallIntegerField(
        _("minutes between readings"),
        default=10,
        validators=[MinValueValidator(FEWEST_MINUTES), MaxValueValidator(MOST_MINUTES)],
    )
    paused = models.BooleanField(_("paused"), default=False)
    # Folder → [UIDVALIDITY, the last number read].
    places = models.JSONField(default=dict, editable=False)
    result = Text(max_length=500, blank=True, default="", editable=False)
    works = models.BooleanField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    job = models.BigIntegerField(null=True, editable=False)
    taken = models.PositiveBigIntegerField(default=0, editable=False)
    skipped = models.PositiveBigIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return self.name


class Intake(Stamped):
    """One file of e-mails, or one reading of a mailbox that found some: what came of it."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, null=True, related_name="intakes")
    file_name = Text(_("file"), max_length=255)
    folder = models.CharField(max_length=40, unique=True, editable=False)
    size = models.BigIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    read = models.PositiveIntegerField(_("read"), default=0)
    taken = models.PositiveIntegerField(_("taken"), default=0)
    counts = models.JSONField(default=dict)
    reason = LongText(blank=True, default="")
    job = models.BigIntegerField(null=True, editable=False)
    started_by = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    finished_at = models.DateTimeField(null=True)
    files_deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["mailbox", "-id"], name="mail_intake_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="mail_intake_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class Skipped(models.Model):
    """An e-mail that is not on a timeline, and why."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="skips", db_index=False)
    place = models.PositiveIntegerField()
    why = models.CharField(max_length=10, choices=Why)
    name = Text(max_length=150, blank=True, default="")
    email = Text(max_length=254, blank=True, default="")
    subject = Text(max_length=200, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    detail = Text(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["intake", "id"], name="mail_skipped_of_intake")]

    def __str__(self) -> str:
        return self.why


class Letter(models.Model):
    """What an e-mail has beyond the conversation that it is on the timeline."""

    interaction = models.OneToOneField(
        "customers.Interaction", models.CASCADE, related_name="letter"
    )
    # The same whichever way the e-mail comes in: of its Message-ID, else of its content.
    key = models.CharField(max_length=64)
    # The customer it was taken for. Merging moves the conversation, and this still tells that the
    # e-mail is known.
    taken_for = models.BigIntegerField()
    message_id = Text(max_length=500, blank=True, default="")
    # The key of the first e-mail of the exchange.
    thread = models.CharField(max_length=64, db_index=True)
    # Minutes between the sender's clock and UTC; none: the e-mail does not say.
    offset = models.SmallIntegerField(null=True)
    timed_by = models.CharField(max_length=8, blank=True, default="")
    people = models.JSONField(default=list)
    quoted = LongText(blank=True, default="")
    # Each file with its type, and why its content was not kept.
    files = models.JSONField(default=list)
    cut = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "taken_for"], name="mail_once_per_customer")
        ]

    def __str__(self) -> str:
        return self.message_id or self.key
