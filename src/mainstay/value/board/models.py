"""Board packs: PDFs that somebody asked for, kept until newer ones take their place."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText
from mainstay.shared.models import Stamped
from mainstay.value.states import RunState


class BoardPack(Stamped):
    run = models.ForeignKey("value.ValueRun", models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    reason = LongText(blank=True, default="")
    content = models.BinaryField(null=True)
    job_id = models.CharField(max_length=64, blank=True, default="")
    # A pack names customers whom its maker may see, so it is its maker's alone.
    made_by = models.ForeignKey("people.User", models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="complete", content__isnull=False)
                | (~models.Q(state="complete") & models.Q(content__isnull=True)),
                name="board_pack_complete_with_content",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether the pack is still to be made."""
        return self.state in {RunState.WAITING, RunState.RUNNING}
