"""What a company wrote itself: its own entries, and its words for shipped ones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped

from .choices import Topic


class LibraryEntry(Archivable, Stamped):
    """An entry of the company's own, or, with the key of a shipped one, what replaces that.

    One that was put away with a shipped key hides the shipped entry.
    """

    topic = models.CharField(_("part of the library"), max_length=12, choices=Topic)
    key = Text(max_length=40, blank=True, default="", editable=False)
    name = Text(_("name"), max_length=120)
    text = LongText(_("in other words"), blank=True, default="", max_length=600)
    by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "key"],
                condition=~models.Q(key=""),
                name="library_entry_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
