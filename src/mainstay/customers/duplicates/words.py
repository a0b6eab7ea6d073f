"""The steps of an explanation in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.analysis.matching.explanation import level_of

FIELDS = {
    "prior": gettext_lazy("Any two records"),
    "surname": gettext_lazy("Surname"),
    "given": gettext_lazy("Given name"),
    "name": gettext_lazy("Name"),
    "form": gettext_lazy("Legal form"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "tax": gettext_lazy("Tax number"),
    "born": gettext_lazy("Date of birth"),
    "address": gettext_lazy("Street and house"),
    "address_2": gettext_lazy("Second line of the address"),
    "town": gettext_lazy("Town and postcode"),
    "site": gettext_lazy("Website"),
}
# Which fields of customers and their addresses are compared under which name.
COMPARED = {
    "email": {"email"},
    "phone": {"phone"},
    "tax": {"tax_number"},
    "site": {"website"},
    "address": {"street"},
    "address_2": {"street"},
    "town": {"city", "postcode"},
}
KEYS = {
    "tax": gettext_lazy("the same tax number"),
    "email": gettext_lazy("the same e-mail"),
    "phone": gettext_lazy("the same phone"),
    "names": gettext_lazy("given name and surname that sound the same"),
    "born_first": gettext_lazy("the same date of birth and an initial"),
    "born_last": gettext_lazy("the same date of birth and the other initial"),
    "surname_postcode": gettext_lazy("surname and postcode"),
    "given_postcode": gettext_lazy("given name and postcode"),
    "given_street": gettext_lazy("given name and street"),
    "surname_street": gettext_lazy("surname and street"),
    "street": gettext_lazy("the same house"),
    "words": gettext_lazy("a name of the same words"),
    "name_town": gettext_lazy("the beginning of the name and the town"),
    "name_postcode": gettext_lazy("the beginning of the name and the postcode"),
    "site": gettext_lazy("the same website"),
    "name_site": gettext_lazy("e-mail addresses of one company"),
}


def told(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step with `label` and `level` in words; bits and values as they are."""
    found = level_of(step)
    label = str(FIELDS.get(step["field"], step["field"]))
    if step["field"] == "prior":
        words = _("how rarely two records drawn at random are one")
    else:
        words = _(found.words) if found else str(step["level"])
    return {"left": "", "right": "", **step, "label": label, "level": words}
