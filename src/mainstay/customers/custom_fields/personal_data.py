"""Fields of the company, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish

_SORTING = _("made of the text, for sorting and comparing")
_DERIVED = {"sort_text": _SORTING, "unique_text": _SORTING}


def publish_entries() -> None:
    publish(
        Personal(
            "custom_fields.CustomerValue",
            _("Own fields"),
            customer="customer",
            texts=("field__label", "text", "long_text", "choice__label"),
            held_back=_DERIVED,
        ),
        Personal(
            "custom_fields.ContactValue",
            _("Own fields of contacts"),
            contact="contact",
            texts=("field__label", "text", "long_text", "choice__label"),
            held_back=_DERIVED,
        ),
        Impersonal("custom_fields.Definition", "what a field takes"),
        Impersonal("custom_fields.Choice", "answers to choose from"),
    )
