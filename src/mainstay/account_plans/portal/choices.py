"""States of a stage, and the five marks that customers give."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StageState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Under way")
    WAITING = "waiting", _("On hold")
    DONE = "done", _("Done")


class Mark(models.IntegerChoices):
    VERY_POOR = 1, _("Very poor")
    POOR = 2, _("Poor")
    FAIR = 3, _("Fair")
    GOOD = 4, _("Good")
    VERY_GOOD = 5, _("Very good")


LOW = Mark.POOR  # up to here somebody of us has to ask why
