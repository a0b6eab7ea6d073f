"""Parts of a plan, and what becomes of its versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    ASSUMPTIONS = "assumptions", _("Assumptions")
    GOALS = "goals", _("Goals and tasks")
    PEOPLE = "people", _("People")
    PROGRAMMES = "programmes", _("Programmes and operational actions")
    RESOURCES = "resources", _("Resources, risks and limits")


class State(models.TextChoices):
    PROPOSED = "proposed", _("Awaits approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Sent back")
