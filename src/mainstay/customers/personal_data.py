"""What customers and their contacts are, in the register of personal data."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from mainstay.customers.models import Contact, Customer, Interaction
from mainstay.shared import texts, wordlist
from mainstay.shared.personal_data import (
    DELETE,
    Erasing,
    Impersonal,
    Personal,
    Place,
    blank,
    publish,
    publish_place,
)
from mainstay.shared.text import words

_DERIVED = _("made of the other fields, for sorting and searching")
ERASED = "–"

ENTRIES = (
    Personal(
        "customers.Customer",
        _("Customer"),
        customer="pk",
        words=("name", "email", "phone", "website", "tax_number"),
        texts=(
            "name",
            "email",
            "phone",
            "website",
            "tax_number",
            "industry",
            "country",
            "city",
            "language",
            "description",
            "particulars",
            "relationship",
            "acquisition_channel__name",
            "acquisition_campaign__name",
        ),
        held_back={"search": _DERIVED, "sort_name": _DERIVED},
    ),
    Personal(
        "customers.Contact",
        _("Contact"),
        contact="pk",
        words=("name", "email", "phone"),
        texts=("name", "email", "phone", "language", "notes"),
        held_back={"search": _DERIVED, "sort_name": _DERIVED},
    ),
    Personal(
        "customers.Affiliation",
        _("Places at customers"),
        customer="customer",
        contact="contact",
        texts=("contact__name", "customer__name", "position"),
    ),
    Personal(
        "customers.ExternalReference",
        _("Numbers at other systems"),
        customer="customer",
        words=("external_id",),
        texts=("source__name", "external_id"),
    ),
    Personal(
        "customers.ContactReference",
        _("Numbers of a contact at other systems"),
        contact="contact",
        words=("external_id",),
        texts=("source__name", "external_id"),
    ),
    Personal(
        "customers.Address",
        _("Addresses"),
        customer="customer",
        texts=("street", "postcode", "city", "region", "country"),
        words=("street",),
    ),
    Personal(
        "customers.Interaction",
        _("Calls, visits and messages"),
        customer="customer",
        contact="contact",
        texts=("subject", "body"),
        erasure=DELETE,
        erasure_of_contact=blank(
            _("that somebody spoke with the customer that day belongs to the customer"),
            contact=None,
            subject=ERASED,
            body="",
        ),
    ),
    Personal("customers.Customer_tags", _("Tags"), customer="customer", texts=("tag__name",)),
    Personal("customers.Recommendation", _("Recommendations"), customer=("customer", "given_by")),
    Personal(
        "customers.ChangedCustomer",
        _("Changes of many"),
        customer="customer",
        texts=("old_value",),
    ),
    Impersonal("customers.ManyChange", "what was changed for how many, not for whom"),
    Impersonal("customers.Source", "names of systems"),
    Impersonal("customers.Tag", "words of the company, each for many customers"),
    Impersonal("customers.AcquisitionChannel", "ways in which customers come to the company"),
    Impersonal("customers.AcquisitionCampaign", "efforts of the company"),
)


def publish_entries() -> None:
    publish(*ENTRIES)
    publish_place(
        Place(
            "search_words",
            _("Words that the search knows"),
            _("Words that nobody else is called by are taken off the list"),
            empty=_forget_words,
        )
    )


def _forget_words(erasing: Erasing) -> int:
    found = {word for text in erasing.words for word in words(text)}
    tables = [model._meta.db_table for model in (Customer, Contact)]
    named = sum(wordlist.prune(connection, table) for table in tables)
    return named + texts.forget(connection, Interaction._meta.db_table, found)
