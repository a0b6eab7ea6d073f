"""Purposes and wordings, the consent ledger, people's links, cases, who must not come back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .choices import Basis, CaseKind, CaseState, ConsentChannel, Step, Trait


def _one_person(name: str) -> models.CheckConstraint:
    nobody = models.Q(customer=None)
    return models.CheckConstraint(
        condition=models.Q(contact=None) & ~nobody | ~models.Q(contact=None) & nobody, name=name
    )


class Purpose(Archivable, Stamped):
    """What personal data are used for, and what in law allows it."""

    name = Text(_("name"), max_length=120, unique=True)
    description = LongText(_("in plain words"), max_length=1000, blank=True, default="")
    basis = models.CharField(_("lawful basis"), max_length=20, choices=Basis, default=Basis.CONSENT)
    # Mail that a contract or a service needs; nobody has to agree to it, nobody can opt out.
    is_service = models.BooleanField(_("service, not marketing"), default=False)
    double_opt_in = models.BooleanField(_("confirmed by the person again"), default=False)
    months_valid = models.PositiveSmallIntegerField(_("valid for months"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    def __str__(self) -> str:
        return self.name


class Wording(models.Model):
    """The words that people agreed to; a changed wording is a new version."""

    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveIntegerField(_("version"))
    text = LongText(_("wording"), max_length=4000)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "language", "number"], name="wording_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.language} · {self.number}"


class ConsentEvent(models.Model):
    """One step of the ledger; the latest for a purpose and channel is what holds now."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, related_name="consents"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="consents"
    )
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    channel = models.CharField(_("channel"), max_length=8, choices=ConsentChannel)
    step = models.CharField(_("what"), max_length=10, choices=Step)
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, blank=True, related_name="+")
    source = Text(_("where"), max_length=200, blank=True, default="")
    proof = LongText(_("proof"), max_length=2000, blank=True, default="")
    at = models.DateTimeField(_("when"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    noted_at = models.DateTimeField()
    # The name of who noted it; empty: the person, by their own link.
    noted_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["contact", "-at", "-id"], name="consent_of_contact"),
            models.Index(fields=["customer", "-at", "-id"], name="consent_of_customer"),
        ]
        constraints = [_one_person("consent_of_one_person")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.get_step_display()}"


class ChoiceLink(models.Model):
    """A person's own page of choices; its token is derived from the salt and the site's key."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, related_name="choice_links"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="choice_links"
    )
    salt = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [_one_person("choice_link_of_one_person")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


class Case(Stamped):
    """What somebody asked for about their data, and how it was carried out.

    It holds numbers, not foreign keys: it proves the erasure after the person is gone.
    """

    kind = models.CharField(_("what is asked"), max_length=10, choices=CaseKind)
    customer_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    contact_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    about = Text(_("about"), max_length=200)
    received_on = models.DateField(_("received"))
    received_by = Text(_("how it came"), max_length=200, blank=True, default="")
    due_on = models.DateField(_("due"))
    extended_because = Text(_("why it takes longer"), max_length=500, blank=True, default="")
    identity_on = models.DateField(_("identity checked"), null=True, blank=True)
    identity_by = Text(_("how identity was checked"), max_length=300, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=8, choices=CaseState, default=CaseState.RECEIVED
    )
    refused_because = Text(_("why refused"), max_length=500, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True, default="")
    job_id = models.CharField(max_length=64, blank=True, default="")
    # What was erased, what stays and why, where the person may still be named.
    outcome = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on", "id"], name="case_by_due_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CaseState.values), name="case_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Package(models.Model):
    """The file of an access request, kept for some days."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="package")
    content = models.BinaryField()
    made_at = models.DateTimeField()
    kept_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.case_id}"


class Suppression(models.Model):
    """The keyed hash of what an erased person was known by: imports must not bring them back."""

    trait = models.CharField(max_length=10, choices=Trait)
    digest = models.CharField(max_length=64)
    case = models.ForeignKey(Case, models.CASCADE, related_name="suppressions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trait", "digest"], name="suppressed_once")]

    def __str__(self) -> str:
        return self.trait
