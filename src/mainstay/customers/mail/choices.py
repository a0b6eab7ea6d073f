"""The words for what becomes of a file, a mailbox and an e-mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FEWEST_MINUTES = 5
MOST_MINUTES = 24 * 60


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being read")
    DONE = "done", _("Read")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


OPEN = (State.WAITING, State.RUNNING)


class Security(models.TextChoices):
    TLS = "tls", _("TLS (usually port 993)")
    STARTTLS = "starttls", _("STARTTLS (usually port 143)")
    NONE = "none", _("None: only inside of a network named by MAINSTAY_MAIL_NETWORKS")


class Why(models.TextChoices):
    """Why an e-mail is not on a timeline."""

    UNKNOWN = "unknown", _("Nobody with this address is known")
    COLLEAGUES = "colleagues", _("Only colleagues take part")
    AUTOMATIC = "automatic", _("An automatic answer")
    BULK = "bulk", _("Sent to many: a newsletter or a list")
    BOUNCE = "bounce", _("It could not be delivered; the address is noted under Returned mail")
    REPORT = "report", _("A report about a delivery")
    DUPLICATE = "duplicate", _("It is on the timeline already")
    PRIVATE = "private", _("Private by your rules; nothing else of it is kept")
    RESTRICTED = "restricted", _("The customer's data may not be processed")
    ERASED = "erased", _("Somebody in it asked to be erased")
    ARCHIVED = "archived", _("The customer is archived; bring it back and read the file again")
    MALFORMED = "malformed", _("It is no e-mail that can be read")
    TOO_LARGE = "too_large", _("It is larger than 30 MB")
    UNDATED = "undated", _("It does not say when it was sent")
    FUTURE = "future", _("It says that it was sent in the future")
    REFUSED = "refused", _("It could not be put on the timeline")


# Of these, neither who took part nor the subject is kept.
SECRET = (Why.PRIVATE, Why.COLLEAGUES, Why.ERASED)
