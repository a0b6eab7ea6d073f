"""How somebody wants to be talked to, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish


def publish_entries() -> None:
    publish(
        Personal(
            "preferences.Answer",
            _("Preferences"),
            customer="customer",
            contact="contact",
            texts=("value",),
        ),
        Personal(
            "preferences.AskingLink",
            _("Links to say preferences"),
            customer="customer",
            contact="contact",
            held_back={"token_hash": _("a trace of a random key")},
        ),
        Impersonal("preferences.Topic", "topics that the company informs about"),
    )
