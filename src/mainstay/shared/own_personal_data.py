"""What shared code itself keeps, in the register."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import (
    Impersonal,
    Personal,
    Place,
    blank,
    publish,
    publish_place,
)


def publish_entries() -> None:
    publish(
        # Blanked, not deleted: a program that asks again with its key must not write again.
        Personal(
            "shared.KeptAnswer",
            _("Answers kept for programs that ask again"),
            words_in=("body",),
            erasure=blank(_("that this key was answered stays for seven days"), body={}),
        ),
        Impersonal("shared.RequestCount", "how many requests a program made in a minute"),
    )
    publish_place(
        Place(
            "cache",
            _("Cache"),
            _("Holds counters of sign-in attempts only, nothing of customers"),
        ),
        Place(
            "backups",
            _("Backups"),
            _("Are yours: after restoring one, run “mainstay privacy repeat-erasures”"),
        ),
    )
