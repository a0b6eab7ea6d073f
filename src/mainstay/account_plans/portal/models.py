"""Work for a customer in stages, who of the customer may look at it, and what they say."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .choices import Mark, StageState


class Work(Archivable, Stamped):
    """A piece of work for a customer; they see it only once it is shared."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    title = Text(_("title"), max_length=150)
    summary = LongText(_("what it is about"), blank=True, default="", max_length=2000)
    ours = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    theirs = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    shared = models.BooleanField(_("shared with the customer"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["customer", "id"], name="portal_work_of")]

    def __str__(self) -> str:
        return self.title


class Stage(Stamped):
    """A step of a work: when it was to be, when it was, and how it stands."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="stages")
    title = Text(_("title"), max_length=150)
    planned_from = models.DateField(_("planned from"), null=True, blank=True)
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    began_on = models.DateField(_("began on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=StageState, default=StageState.PLANNED
    )
    shared = models.BooleanField(_("shared with the customer"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["work", "id"], name="portal_stage_of")]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """A link for one person of the customer; of the token only a hash is kept."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10)
    salt = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.contact)


class Visit(models.Model):
    """One stay of an invited person, in one browser; of its key only a hash is kept."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="visits")
    key_hash = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Comment(models.Model):
    """What was written about a work, by their person or by one of us."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="comments")
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    text = LongText(_("comment"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["work", "at", "id"], name="portal_comment_of")]


class Opinion(models.Model):
    """A mark for a stage, or for the whole work at its end; the latest of each person counts."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="opinions")
    stage = models.ForeignKey(Stage, models.CASCADE, null=True, blank=True, related_name="opinions")
    contact = models.ForeignKey("customers.Contact", models.CASCADE, related_name="+")
    mark = models.PositiveSmallIntegerField(_("mark"), choices=Mark)
    words = LongText(_("in your words"), blank=True, default="", max_length=1000)
    task = models.ForeignKey("todo.Task", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["work", "at", "id"], name="portal_opinion_of")]


class SharedAction(models.Model):
    """An action that the customer sees, in words for them; without such a row it is not shared."""

    action = models.OneToOneField("account_plans.PlannedAction", models.CASCADE, related_name="+")
    words = Text(_("what the customer reads"), max_length=200)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words
