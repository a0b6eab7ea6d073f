"""The action table, its actions, and the strategy of value and price."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .choices import Layer


class ActionLine(Archivable, Stamped):
    """A person of the customer's: role and goals, tactics, relations to build, who of us."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    # A contact that leaves or is erased leaves the line; what was written of them stays.
    contact = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person = Text(_("person or position"), max_length=150, blank=True, default="")
    roles = models.JSONField(default=list, blank=True)
    goals = Text(_("goals"), max_length=300, blank=True, default="")
    tactics = models.JSONField(default=list, blank=True)  # keys of the library
    relations = models.JSONField(default=list, blank=True)
    ours = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["customer", "id"], name="action_line_of_customer")]

    def __str__(self) -> str:
        return self.person


class PlannedAction(models.Model):
    """What makes a task an action of the account; day, owner and state are the task's."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    line = models.ForeignKey(
        ActionLine, models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    layer = models.CharField(_("kind"), max_length=12, choices=Layer, default=Layer.PERSON)
    entry = Text(max_length=40, blank=True, default="")  # of the library
    task = models.OneToOneField("todo.Task", models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["customer", "id"], name="planned_of_customer")]


class Strategy(models.Model):
    """By which value and price an account is won and kept; the latest counts, all are kept."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    price = Text(_("price strategy"), max_length=40, blank=True, default="")
    ways = models.JSONField(default=list, blank=True)
    organisation = Text(_("organisational form"), max_length=40, blank=True, default="")
    reason = LongText(_("why"), blank=True, default="", max_length=1000)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["customer", "-id"], name="strategy_latest")]
