"""What may be said of an interaction."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    CALL = "call", _("Call")
    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    NOTE = "note", _("Note")


# By these a customer is reached; a note is ours alone.
WAYS = [each for each in Channel.choices if each[0] != Channel.NOTE]


class Purpose(models.TextChoices):
    TALK = "talk", _("Conversation")
    INFORMATION = "information", _("Information asked for")
    RECOMMENDATION = "recommendation", _("Recommendation given")
    WISH = "wish", _("Wish")
    COMPLAINT = "complaint", _("Complaint")
    CARE = "care", _("Relationship action")


class Direction(models.TextChoices):
    INWARD = "in", _("They came to us")
    OUTWARD = "out", _("We went to them")


class Outcome(models.TextChoices):
    REACHED = "reached", _("Spoke with them")
    AGREED = "agreed", _("Agreed")
    POSTPONED = "postponed", _("Put off")
    DECLINED = "declined", _("Declined")
    MESSAGE = "message", _("Left a message")
    MISSED = "missed", _("Nobody reached")
