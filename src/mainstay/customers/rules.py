"""Decisions on customers' particulars, on plain values."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from mainstay.shared import text

FEWEST_CONTACTS = 3
LONGEST_EMAIL = 254
LONGEST_PHONE = 40
SEARCHED_FIELDS = ("name", "email", "phone", "website", "city", "tax_number")


class Flaw(StrEnum):
    """Why a particular is refused; actions turn it into a sentence."""

    EMAIL = "email"
    PHONE = "phone"
    COUNTRY = "country"


class Refused(ValueError):
    def __init__(self, flaw: Flaw, value: str) -> None:
        super().__init__(f"{flaw}: {value!r}")
        self.flaw = flaw
        self.value = value


def normalised_email(typed: str) -> str:
    """Return the address as mail servers know it, or raise Refused."""
    typed = typed.strip()
    if not typed:
        return ""
    try:
        found = validate_email(
            typed, check_deliverability=False, allow_smtputf8=True, allow_quoted_local=False
        ).normalized
    except (EmailNotValidError, UnicodeError) as error:
        raise Refused(Flaw.EMAIL, typed) from error
    if len(found) > LONGEST_EMAIL:
        raise Refused(Flaw.EMAIL, typed)
    return str(found)


def normalised_phone(typed: str, country: str = "") -> str:
    """Return the number in international form (+48 601 234 567), or raise Refused.

    A number without country code is read as one of `country`.
    """
    typed = typed.strip()
    if not typed:
        return ""
    try:
        number = phonenumbers.parse(typed, country.upper() or None)
    except phonenumbers.NumberParseException as error:
        raise Refused(Flaw.PHONE, typed) from error
    if not phonenumbers.is_possible_number(number):
        raise Refused(Flaw.PHONE, typed)
    shape = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    found = phonenumbers.format_number(number, shape)
    if len(found) > LONGEST_PHONE:
        raise Refused(Flaw.PHONE, typed)
    return found


def normalised_country(typed: str) -> str:
    """Return the two-letter code in capitals, or raise Refused."""
    code = typed.strip().upper()
    if code and code not in phonenumbers.SUPPORTED_REGIONS and code not in _WITHOUT_TELEPHONE:
        raise Refused(Flaw.COUNTRY, typed)
    return code


# ISO 3166 territories that share or lack a telephone region.
_WITHOUT_TELEPHONE = frozenset({"AQ", "BV", "GS", "HM", "PN", "TF", "UM"})


def phone_forms(international: str) -> list[str]:
    """Return how a stored number may be typed in search: with and without its country code."""
    _code, _space, national = international.partition(" ")
    digits = "".join(sign for sign in national if sign.isdigit())
    return [form for form in ("".join(filter(str.isdigit, international)), digits) if form]


def customer_search(
    customer: Mapping[str, str], references: Iterable[str] = (), contacts: Iterable[str] = ()
) -> dict[str, str]:
    """Return the columns `sort_name` and `search` of a customer.

    `customer` holds the SEARCHED_FIELDS; references are the external ids,
    contacts the names of its contacts.
    """
    texts = [customer.get(key, "") for key in ("name", "email", "website", "city")]
    numbers = [customer.get("tax_number", ""), *sorted(references)]
    numbers += phone_forms(customer.get("phone", ""))
    return {
        "sort_name": text.sort_name(customer.get("name", "")),
        "search": text.search_text([*texts, *sorted(contacts)], numbers),
    }


def contact_search(contact: Mapping[str, str], words: Iterable[str] = ()) -> dict[str, str]:
    """Return the columns `sort_name` and `search` of a contact (name, email, phone).

    `words` stand in its custom fields.
    """
    texts = [contact.get("name", ""), contact.get("email", ""), *words]
    return {
        "sort_name": text.sort_name(contact.get("name", "")),
        "search": text.search_text(texts, phone_forms(contact.get("phone", ""))),
    }


def is_own_ancestor(customer_id: int, parents_of_parent: Iterable[int]) -> bool:
    """Answer whether the chosen parent stands below the customer already."""
    return customer_id in set(parents_of_parent)
