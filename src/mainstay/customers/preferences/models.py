"""Answers about how somebody wants to be talked to, and the links by which they give them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text


class Question(models.TextChoices):
    CHANNEL = "channel", _("Preferred channel")
    RHYTHM = "rhythm", _("How often at most")
    LANGUAGE = "language", _("Language")
    WANTED = "wanted", _("Topics wanted")
    UNWANTED = "unwanted", _("Topics not wanted")
    TIMES = "times", _("Best times")
    LIKES = "likes", _("Likes")


class Origin(models.TextChoices):
    THEMSELVES = "link", _("said so themselves")
    TOLD = "told", _("told one of us")
    API = "api", _("came over the API")


class Topic(models.Model):
    """Something to be kept informed about, offered to choose from."""

    name = Text(_("name"), max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """What was answered when and by whom; the answer that a later one replaced stays."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, related_name="preferences"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="preferences"
    )
    question = models.CharField(max_length=8, choices=Question)
    # One line for each choice; none: they take it back.
    value = LongText(blank=True, default="", max_length=1000)
    origin = models.CharField(max_length=4, choices=Origin)
    noted_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(customer__isnull=True, contact__isnull=False)
                | models.Q(customer__isnull=False, contact__isnull=True),
                name="answer_of_one",
            ),
            models.UniqueConstraint(
                fields=["customer", "question"],
                condition=models.Q(replaced_at=None, customer__isnull=False),
                name="one_answer_of_customer",
            ),
            models.UniqueConstraint(
                fields=["contact", "question"],
                condition=models.Q(replaced_at=None, contact__isnull=False),
                name="one_answer_of_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class AskingLink(models.Model):
    """A link by which a contact or customer answers; only the hash of its token is kept."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.CASCADE, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(customer__isnull=True, contact__isnull=False)
                | models.Q(customer__isnull=False, contact__isnull=True),
                name="asking_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
