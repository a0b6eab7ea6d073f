"""Questions worth asking, and what customers answered."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text


class Kind(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DAY = "day", _("Day")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("Choice")


class Question(models.Model):
    """One question of the bank; a shipped one without words of its own speaks every language."""

    key = models.CharField(max_length=40, blank=True, default="")
    text = Text(_("question"), max_length=200, blank=True, default="")
    kind = models.CharField(_("answer"), max_length=8, choices=Kind, default=Kind.TEXT)
    options = LongText(_("choices"), max_length=2000, blank=True, default="")
    # organisation, person; empty: both.
    customer_kind = models.CharField(_("for"), max_length=12, blank=True, default="")
    # The customer's field that an answer is written to; empty: kept as an answer.
    field = models.CharField(_("written to"), max_length=20, blank=True, default="")
    worth = models.PositiveSmallIntegerField(
        _("worth"), default=50, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    valid_days = models.PositiveSmallIntegerField(
        _("asked again after days"), default=0, validators=[MaxValueValidator(7300)]
    )
    rest_days = models.PositiveSmallIntegerField(
        _("left alone for days when there was no answer"),
        default=30,
        validators=[MaxValueValidator(3650)],
    )
    enabled = models.BooleanField(_("in use"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="profiling_question_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.text or self.key


class Outcome(models.TextChoices):
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Does not want to say")
    ASKED = "asked", _("Asked, no answer yet")


class Confidence(models.TextChoices):
    HIGH = "high", _("said so")
    MEDIUM = "medium", _("probably")
    LOW = "low", _("guessed")


class Answer(models.Model):
    """What came of asking: the latest row of a question stands, earlier ones are its history."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="profile_answers", db_index=False
    )
    contact = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, related_name="profile_answers"
    )
    outcome = models.CharField(max_length=8, choices=Outcome)
    value = Text(_("answer"), max_length=1000, blank=True, default="")
    source = Text(_("source"), max_length=80, blank=True, default="")
    confidence = models.CharField(max_length=6, choices=Confidence, default=Confidence.HIGH)
    answered_at = models.DateTimeField()
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["customer", "question", "-answered_at", "-id"], name="answer_latest"
            ),
        ]

    def __str__(self) -> str:
        return self.value or str(Outcome(self.outcome).label)
