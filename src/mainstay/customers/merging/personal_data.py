"""Merges, in the register of personal data: records that went into one another are one person."""

from django.utils.translation import gettext_lazy as _

from mainstay.customers.merging import queries
from mainstay.shared.personal_data import (
    Impersonal,
    Personal,
    Subject,
    publish,
    publish_relatives,
)

_KEPT = _("copies of the record's fields, kept so that the merge can be undone")
_TECHNICAL = _("technical")
_HOW = {"subject": _TECHNICAL, "origin": _TECHNICAL, "marks": _TECHNICAL}


def relatives(subject: Subject) -> Subject:
    """Return the records that went into these, and those that these went into."""
    customers = queries.one_with("customer", subject.customers)
    contacts = queries.one_with("contact", subject.contacts)
    return Subject(frozenset(customers), frozenset(contacts))


def publish_entries() -> None:
    publish(
        Personal(
            "merging.Merge",
            _("Merges of records"),
            customer="customer",
            contact="contact",
            held_back=_HOW | {"before": _KEPT, "after": _KEPT},
        ),
        Personal(
            "merging.Absorbed",
            _("Records that went into another"),
            customer=("customer", "merge__customer"),
            contact=("contact", "merge__contact"),
        ),
        Personal(
            "merging.Moved",
            _("What merges moved"),
            customer="merge__customer",
            contact="merge__contact",
            held_back={"relation": _TECHNICAL},
        ),
        Impersonal("merging.Batch", "how many records were merged by rule, and when"),
        Impersonal("merging.FieldRule", "whose value a merge proposes"),
        Impersonal("merging.TrustedSource", "which source is trusted most"),
    )
    publish_relatives(relatives)
