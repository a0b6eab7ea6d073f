"""The table of the rules: what each is called, how it is shipped, where it is put right."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

GROUPS: dict[str, StrOrPromise] = {
    "missing": _("Missing"),
    "wrong": pgettext_lazy("group of rules", "Not valid"),
    "contradictory": _("Contradictory"),
    "stale": _("Out of date"),
}
TONES = {"missing": "amber", "wrong": "red", "contradictory": "violet", "stale": "sky"}
Fix = Literal["field", "contact", "address", "contacts", "confirm", "duplicates"]


@dataclass(frozen=True)
class Rule:
    """A rule as it is shipped. `fix` says where: in `fields`, at a contact, an address …"""

    key: str
    group: str
    label: StrOrPromise
    advice: StrOrPromise
    weight: int
    fix: Fix = "field"
    fields: tuple[str, ...] = ()
    kind: str = ""
    limit: int | None = None
    limit_label: StrOrPromise = ""


RULES: tuple[Rule, ...] = (
    Rule(
        "unreachable", "missing", _("No way to reach anybody"),
        _("Note an e-mail address or a telephone number."), 20, fields=("email", "phone"),
    ),
    Rule(
        "no_email", "missing", _("No e-mail address"),
        _("Ask for one at the next contact."), 8, fields=("email",),
    ),
    Rule(
        "no_phone", "missing", _("No telephone number"),
        _("Ask for one at the next contact."), 8, fields=("phone",),
    ),
    Rule(
        "no_country", "missing", _("No country"),
        _("Without it, numbers and postcodes cannot be checked."), 5, fields=("country",),
    ),
    Rule(
        "no_address", "missing", _("No town"),
        _("Note the town, or an address."), 6, fields=("city",),
    ),
    Rule(
        "no_industry", "missing", _("No industry"),
        _("Note what it does."), 4, fields=("industry",), kind="organisation",
    ),
    Rule(
        "no_tax_number", "missing", _("No tax number"),
        _("It tells companies of one name apart."), 4, fields=("tax_number",),
        kind="organisation",
    ),
    Rule(
        "no_owner", "missing", _("Nobody looks after it"),
        _("Choose who looks after this customer."), 6, fields=("owner",),
    ),
    Rule(
        "few_contacts", "missing", _("Too few contacts"),
        _("Add the people you talk to: when the only one leaves, so may the customer."), 12,
        fix="contacts", kind="organisation", limit=3, limit_label=_("contacts at least"),
    ),
    Rule(
        "contact_unreachable", "missing", _("A contact nobody can reach"),
        _("Note this person's e-mail address or telephone number."), 5, fix="contact",
        fields=("email", "phone"),
    ),
    Rule(
        "bad_email", "wrong", _("Not an e-mail address"),
        _("Correct the address, or take it off."), 10, fix="contact", fields=("email",),
    ),
    Rule(
        "bounced", "wrong", _("Mail came back"),
        _("Ask for a working address, or take this one off."), 12, fix="contact",
        fields=("email",),
    ),
    Rule(
        "bad_phone", "wrong", _("Not a telephone number"),
        _("Nobody can have this number in its country; correct it or take it off."), 8,
        fix="contact", fields=("phone",),
    ),
    Rule(
        "bad_tax_number", "wrong", _("Wrong tax number"),
        _("Length or check digits do not fit its country; copy it from an invoice."), 8,
        fields=("tax_number",),
    ),
    Rule(
        "bad_postcode", "wrong", _("Wrong postcode"),
        _("The code does not look like one of this country."), 5, fix="address",
    ),
    Rule(
        "founded_later", "wrong", _("Founded in the future"),
        _("Correct the year."), 5, fields=("founded_year",),
    ),
    Rule(
        "tax_country", "contradictory", _("Tax number of another country"),
        _("The number begins with another country; correct one of the two."), 5,
        fields=("country", "tax_number"),
    ),
    Rule(
        "other_country", "contradictory", _("Address in another country"),
        _("The main address and the customer name different countries."), 5, fix="address",
    ),
    Rule(
        "person_as_company", "contradictory", _("A person with a founding year"),
        _("Say whether this is a person or an organisation."), 3,
        fields=("kind", "founded_year"),
    ),
    Rule(
        "duplicate", "contradictory", _("Known twice"),
        _("Compare the two records and merge them."), 10, fix="duplicates",
    ),
    Rule(
        "stale", "stale", _("Not heard of for long"),
        _("Ask, then change what is different or say that it is still right."), 10,
        fix="confirm", limit=730, limit_label=_("days since anybody heard or changed anything"),
    ),
    Rule(
        "stale_contact", "stale", _("A contact nobody has checked for long"),
        _("Ask whether the person still works there."), 4, fix="contact",
        fields=("email", "phone"), limit=1095,
        limit_label=_("days since anybody changed the contact"),
    ),
)  # fmt: skip
BY_KEY = {rule.key: rule for rule in RULES}


def label(key: str) -> str:
    """Return what a rule is called; the key of one that is no longer shipped."""
    return str(BY_KEY[key].label) if key in BY_KEY else key


def tone(key: str) -> str:
    return TONES[BY_KEY[key].group] if key in BY_KEY else "neutral"
