"""The words of consents and cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    CONSENT = "consent", _("Consent")
    CONTRACT = "contract", _("Contract")
    LEGAL = "legal", _("Legal obligation")
    INTEREST = "interest", _("Legitimate interest")
    VITAL = "vital", _("Vital interest")
    PUBLIC = "public", _("Public task")


class ConsentChannel(models.TextChoices):
    ANY = "any", _("Any channel")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    TEXT = "text", _("Text message")
    LETTER = "letter", _("Letter")


class Step(models.TextChoices):
    GIVEN = "given", _("Given")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Standing(models.TextChoices):
    """What holds now, derived from the ledger."""

    GIVEN = "given", _("Given")
    WAITING = "waiting", _("Waits for confirmation")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    NEVER = "never", _("Never given")


class CaseKind(models.TextChoices):
    ACCESS = "access", _("Copy of the data")
    ERASURE = "erasure", _("Erasure")


class CaseState(models.TextChoices):
    RECEIVED = "received", _("Received")
    CHECKED = "checked", _("Identity checked")
    RUNNING = "running", _("Being carried out")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


OPEN_STATES = (CaseState.RECEIVED, CaseState.CHECKED, CaseState.RUNNING)


class Trait(models.TextChoices):
    """What an erased person was known by."""

    REFERENCE = "reference", _("Number at another system")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    TAX = "tax", _("Tax number")
