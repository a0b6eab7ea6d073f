"""Consents, links and cases, in the register of personal data they themselves carry out."""

from django.utils.translation import gettext_lazy as _

from mainstay.customers.privacy.models import Case, Package
from mainstay.customers.privacy.queries import contacts_only_at
from mainstay.shared.personal_data import (
    Erasing,
    Impersonal,
    Personal,
    Subject,
    blank,
    publish,
    publish_relatives,
)

_SECRET = _("opens the person's page of choices")
_STAFF = _("a member of staff")
_COPY = _("the copy itself")
_BLANK = {
    "about": "–",
    "received_by": "",
    "identity_by": "",
    "extended_because": "",
    "refused_because": "",
}


def _blank_cases(erasing: Erasing) -> int:
    """Leave the case files as proof, without the name; copies that were made go."""
    subject = erasing.subject
    about = Case.objects.filter(customer_id__in=subject.customers) | Case.objects.filter(
        contact_id__in=subject.contacts
    )
    numbers = list(about.values_list("pk", flat=True))
    Package.objects.filter(case__in=numbers).delete()
    return Case.objects.filter(pk__in=numbers).update(**_BLANK)


ENTRIES = (
    Personal(
        "privacy.ConsentEvent",
        _("Consents"),
        customer="customer",
        contact="contact",
        texts=("purpose__name", "wording__text", "source", "proof"),
        held_back={"noted_by": _STAFF},
    ),
    Personal(
        "privacy.ChoiceLink",
        _("Links to the page of choices"),
        customer="customer",
        contact="contact",
        held_back={"salt": _SECRET, "token_hash": _SECRET},
    ),
    Personal(
        "privacy.Case",
        _("Requests about personal data"),
        customer="customer_id",
        contact="contact_id",
        texts=(
            "about",
            "received_by",
            "identity_by",
            "extended_because",
            "refused_because",
        ),
        held_back={"done_by": _STAFF, "job_id": _("technical"), "outcome": _("technical")},
        erasure=blank(_("proof that the request was answered in time"), **_BLANK),
        erase=_blank_cases,
    ),
    Personal(
        "privacy.Package",
        _("Copies made for the person"),
        customer="case__customer_id",
        contact="case__contact_id",
        held_back={"content": _COPY},
    ),
    Impersonal("privacy.Purpose", "what data are used for"),
    Impersonal("privacy.Wording", "what people are asked"),
    Impersonal("privacy.Suppression", "keyed hashes that lead back to nobody"),
)


def publish_entries() -> None:
    publish(*ENTRIES)
    publish_relatives(_known_only_there)


def _known_only_there(subject: Subject) -> Subject:
    """Add the people who belong to no other customer: with theirs they are nobody's any more."""
    return Subject(subject.customers, subject.contacts | contacts_only_at(subject.customers))
