"""What is held of the customer's people and their work, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Personal, blank, publish

ENTRIES = (
    Personal(
        "account_portal.Opinion",
        _("Marks for our work, given on the customer’s own pages"),
        customer="work__customer",
        contact="contact",
        texts=("work__title", "stage__title", "words"),
    ),
    Personal(
        "account_portal.Comment",
        _("Comments on our work, written on the customer’s own pages"),
        customer="work__customer",
        contact="contact",
        texts=("work__title", "text"),
    ),
    Personal(
        "account_portal.Visit",
        _("Visits to the customer’s own pages"),
        customer="invitation__customer",
        contact="invitation__contact",
        held_back={"key_hash": _("a hash of a key drawn at random")},
    ),
    Personal(
        "account_portal.Invitation",
        _("Invitations to the customer’s own pages"),
        customer="customer",
        contact="contact",
        texts=("language",),
        held_back={
            "salt": _("drawn at random"),
            "token_hash": _("a hash of a key drawn at random"),
        },
    ),
    Personal(
        "account_portal.SharedAction",
        _("Agreed actions that the customer sees"),
        customer="action__customer",
        texts=("words",),
    ),
    Personal(
        "account_portal.Stage",
        _("Stages of our work for a customer"),
        customer="work__customer",
        texts=("title",),
    ),
    Personal(
        "account_portal.Work",
        _("Our work for a customer"),
        customer="customer",
        contact="theirs",
        texts=("title", "summary"),
        erasure_of_contact=blank(
            _("the work is the customer’s; only the name of the person goes"), theirs=None
        ),
    ),
)


def publish_entries() -> None:
    publish(*ENTRIES)
