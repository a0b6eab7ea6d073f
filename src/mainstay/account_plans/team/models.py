"""Our team for an account, and the skills of its people."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .rules import HIGHEST


class TeamMember(Archivable, Stamped):
    """A member of staff in the team for an account; who left it is kept, with the time."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    role = Text(_("role"), max_length=80)
    tasks = Text(_("responsible for"), max_length=300, blank=True, default="")
    leads = models.BooleanField(_("key account manager"), default=False)

    class Meta:
        indexes = [models.Index(fields=["customer", "id"], name="team_of_customer")]


class SkillRating(models.Model):
    """What level of a skill is wanted and there, as somebody judged; the latest counts."""

    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    skill = Text(max_length=40)  # key of the library
    present = models.PositiveSmallIntegerField(
        _("there"), null=True, blank=True, validators=[MaxValueValidator(HIGHEST)]
    )
    wanted = models.PositiveSmallIntegerField(
        _("wanted"), null=True, blank=True, validators=[MaxValueValidator(HIGHEST)]
    )
    note = LongText(_("judged by"), blank=True, default="", max_length=600)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "skill", "-id"], name="skill_latest")]
