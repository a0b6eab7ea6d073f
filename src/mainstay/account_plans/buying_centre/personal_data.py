"""What is held of the people of a buying centre, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, blank, publish

_CUSTOMERS = _("that somebody had this part in a decision is the company's; not who it was")


def publish_entries() -> None:
    publish(
        Personal(
            "buying_centre.Member",
            _("Part in a buying centre"),
            customer="customer",
            contact="contact",
            texts=("name", "position", "roles", "goals"),
            erasure_of_contact=blank(_CUSTOMERS, name="", position="", goals=""),
        ),
        Personal(
            "buying_centre.Purchase",
            _("Complexity of the purchase"),
            customer="customer",
            texts=("factors", "note"),
        ),
        Impersonal("buying_centre.Influence", "a line between two parts in a buying centre"),
        Impersonal("buying_centre.RoleWording", "what roles in buying centres are called"),
    )
