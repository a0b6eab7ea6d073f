"""What hangs on conversations, in the register of personal data."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mainstay.customers.talks import actions, files, queries
from mainstay.shared.personal_data import Erasing, Personal, Place, publish, publish_place


def publish_entries() -> None:
    publish(
        Personal(
            "talks.Participant",
            _("Who took part in conversations"),
            customer="interaction__customer",
            contact="contact",
            texts=("contact__name",),
        ),
        Personal(
            "talks.InteractionReference",
            _("Numbers of conversations at other systems"),
            customer="interaction__customer",
            texts=("source__name", "external_id"),
        ),
        Personal("talks.Mention", _("Mentions of colleagues"), customer="interaction__customer"),
        Personal(
            "talks.Attachment",
            _("Files of conversations"),
            customer="interaction__customer",
            contact="interaction__contact",
            texts=("name",),
            held_back={"place": _("a random name without meaning")},
            erase=_erase_files,
        ),
    )
    publish_place(
        Place(
            "talks.files",
            _("Files of conversations"),
            _("deleted with the conversation they belong to"),
            empty=lambda erasing: actions.forget_unclaimed(now=erasing.now),
        )
    )


def _erase_files(erasing: Erasing) -> int:
    rows = queries.attachments_about(erasing.subject.customers, erasing.subject.contacts)
    places = list(rows.values_list("place", flat=True))
    rows.delete()
    transaction.on_commit(lambda: files.forget(places))
    return len(places)
