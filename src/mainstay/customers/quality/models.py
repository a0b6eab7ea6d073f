"""What the check of the file found: a score for each customer, findings to see to, runs."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text

LARGEST_WEIGHT = 100
LARGEST_LIMIT = 3650


class RuleSetting(models.Model):
    """How the company uses a rule; without a row the rule is used as shipped."""

    key = models.CharField(max_length=40, unique=True)
    enabled = models.BooleanField(_("in use"), default=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_WEIGHT)]
    )
    # organisation, person; empty: both.
    kind = models.CharField(_("for"), max_length=12, blank=True, default="")
    # Letters of the value classes it is for, like "A" or "AB"; empty: all.
    classes = models.CharField(_("classes"), max_length=8, blank=True, default="")
    # Days or people, as the rule counts; empty for rules that count nothing.
    limit = models.PositiveSmallIntegerField(
        _("limit"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_LIMIT)],
    )

    def __str__(self) -> str:
        return self.key


class Plan(models.Model):
    """How often the file is checked by itself; one row."""

    every_days = models.PositiveSmallIntegerField(
        _("every so many days"), default=7, validators=[MaxValueValidator(366)]
    )

    def __str__(self) -> str:
        return str(self.every_days)


class Run(models.Model):
    """One check of the whole file, with what its pages tell."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    job_id = models.CharField(max_length=64, blank=True, default="")
    customers = models.PositiveIntegerField(default=0)
    flawless = models.PositiveIntegerField(default=0)
    # Sums of the scores and of their squares: mean and interval follow.
    total = models.FloatField(default=0)
    squares = models.FloatField(default=0)
    found = models.PositiveIntegerField(default=0)
    fixed = models.PositiveIntegerField(default=0)
    # {rule: customers it found wanting}; [[source, n, sum, squares], …]
    rules = models.JSONField(default=dict)
    sources = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="quality_run_newest")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"


class Score(models.Model):
    """How good a customer's record is, of 100, and the rules it does not meet."""

    customer = models.OneToOneField(
        "customers.Customer", models.CASCADE, related_name="quality", db_index=False
    )
    score = models.PositiveSmallIntegerField()
    flaws = Text(max_length=800, blank=True, default="")
    checked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["score", "customer"], name="quality_score_lowest")]

    def __str__(self) -> str:
        return str(self.score)


class State(models.TextChoices):
    OPEN = "open", _("Open")
    IGNORED = "ignored", _("Not an error")
    FIXED = "fixed", _("Fixed")


class Finding(models.Model):
    """Something a rule found at a customer, one of its contacts or one of its addresses."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="quality_findings", db_index=False
    )
    rule = models.CharField(max_length=40)
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="quality_findings"
    )
    address = models.ForeignKey(
        "customers.Address", models.CASCADE, null=True, related_name="quality_findings"
    )
    # "", "c12" or "a5": what it is about, so that it is found once.
    subject = models.CharField(max_length=24, blank=True, default="")
    detail = Text(max_length=200, blank=True, default="")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    assignee = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, related_name="quality_findings", db_index=False
    )
    reason = Text(_("reason"), max_length=200, blank=True, default="")
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "rule", "subject"], name="quality_finding_once"
            )
        ]
        indexes = [
            # The worklist shows every state; a check finds thousands at the same moment.
            models.Index(fields=["-found_at", "-id"], name="quality_finding_latest"),
            models.Index(fields=["state", "-found_at", "-id"], name="quality_finding_newest"),
            models.Index(fields=["rule", "-found_at", "-id", "state"], name="quality_finding_rule"),
            models.Index(
                fields=["assignee", "-found_at"],
                condition=models.Q(assignee__isnull=False),
                name="quality_finding_assignee",
            ),
        ]

    def __str__(self) -> str:
        return self.rule


class Bounce(models.Model):
    """An e-mail address that mail came back from."""

    email = Text(_("e-mail"), max_length=254, unique=True)
    reason = Text(_("what the server said"), max_length=200, blank=True, default="")
    bounced_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.email


class Confirmation(models.Model):
    """Somebody looked at the customer's record and says that it is still right."""

    customer = models.OneToOneField(
        "customers.Customer", models.CASCADE, related_name="quality_confirmation"
    )
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.customer_id} {self.confirmed_at:%Y-%m-%d}"
