"""What people type about customers and contacts, made storable or refused with a sentence."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from mainstay.customers import queries, rules
from mainstay.customers.sharing import queries as sharing
from mainstay.people.permissions import require

CUSTOMER_FIELDS = (
    "kind",
    "name",
    "parent",
    "owner",
    "team",
    "email",
    "phone",
    "website",
    "tax_number",
    "industry",
    "country",
    "city",
    "language",
    "founded_year",
    "description",
    "particulars",
    "relationship",
    "restricted",
    "acquisition_channel",
    "acquisition_campaign",
)
CONTACT_FIELDS = ("name", "email", "phone", "language", "notes")
ADDRESS_FIELDS = ("kind", "street", "postcode", "city", "region", "country")
AFFILIATION_FIELDS = ("position", "from_date", "to_date")
INTERACTION_FIELDS = (
    "channel",
    "purpose",
    "direction",
    "minutes",
    "outcome",
    "subject",
    "body",
    "occurred_at",
    "contact",
)


def may_edit(by: Any, right: str = "customers.edit", *, customer: Any = None) -> None:
    """Raise unless the role allows it, and the customer is not shared to be looked at only.

    `by=None` is the program itself: an import or the demo.
    """
    if by is None:
        return
    require(by, right)
    if customer is not None and sharing.only_to_look_at(by, customer):
        raise PermissionDenied(_to_look_at(customer))


def may_edit_person(by: Any, right: str, person: Any) -> None:
    """Raise unless the user may change the customer or the contact."""
    if person._meta.label_lower == "customers.customer":
        may_edit(by, right, customer=person)
    else:
        may_edit_contact(by, person, right)


def may_edit_contact(by: Any, contact: Any, right: str = "customers.edit") -> None:
    """Raise unless the user may change a customer at whom the contact is."""
    may_edit(by, right)
    if not getattr(by, "reads_shared", False):
        return
    if not queries.contacts_changed_by(by).filter(pk=contact.pk).exists():
        raise PermissionDenied(_to_look_at(contact))


def may_edit_all(by: Any, numbers: Iterable[int], right: str = "customers.edit") -> None:
    """Raise for the first of these customers that is shared to be looked at only."""
    may_edit(by, right)
    if not getattr(by, "reads_shared", False):
        return
    seen = queries.visible_to(by).filter(pk__in=list(numbers))
    barred = seen.exclude(pk__in=queries.changed_by(by).values("pk")).order_by("pk").first()
    if barred is not None:
        raise PermissionDenied(_to_look_at(barred))


def _to_look_at(record: Any) -> str:
    text = _("“%(name)s” is shared with you to look at. Ask its owner to change it.")
    return text % {"name": record}


def allowed(values: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Return the values with their texts stripped; raise for a field that may not be written."""
    unknown = sorted(set(values) - set(fields))
    if unknown:
        raise ValidationError(
            _("There is no field “%(field)s” to write; leave it out.") % {"field": unknown[0]},
            code="unknown_field",
        )
    return {key: _stripped(value) for key, value in values.items()}


def normalised(values: Mapping[str, Any], country: str = "") -> dict[str, Any]:
    """Return e-mail, phone and country in their one form; raise for all that do not fit."""
    clean, errors = dict(values), {}
    for field, normalise in _normalisers(country).items():
        if field in clean:
            try:
                clean[field] = normalise(clean[field] or "")
            except rules.Refused as refusal:
                errors[field] = ValidationError(_sentence(refusal), code=refusal.flaw)
    if errors:
        raise ValidationError(errors)
    return clean


def _normalisers(country: str) -> dict[str, Callable[[str], str]]:
    return {
        "email": rules.normalised_email,
        "phone": lambda typed: rules.normalised_phone(typed, country),
        "country": rules.normalised_country,
    }


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _sentence(refusal: rules.Refused) -> str:
    match refusal.flaw:
        case rules.Flaw.EMAIL:
            text = _("“%(value)s” is not an e-mail address; write it like anna@example.com.")
        case rules.Flaw.PHONE:
            text = _(
                "“%(value)s” is not a telephone number; write it with its country code,"
                " like +48 22 123 45 67, or choose the country."
            )
        case rules.Flaw.COUNTRY:
            text = _("“%(value)s” is not a country; write its two letters, like PL or DE.")
    return text % {"value": refusal.value[:80]}
