"""Tax numbers and postcodes against the rules of their countries."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from stdnum import get_cc_module
from stdnum.eu.vat import MEMBER_STATES

# Greek numbers are written EL, those of Northern Ireland XI.
_WRITTEN = {"EL": "GR", "XI": "GB"}
# Countries whose numbers are not told by the library's word for "VAT".
_OTHERS = {"RU": "inn", "CN": "uscc", "US": "ein", "KZ": None}
_LEADING = re.compile(r"[A-Z]{2}(?=\s*[0-9A-Z])")

# What stands for a digit is 9, for a letter A; a space may be left out or be a hyphen.
_POSTCODES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("AT", "BE", "BG", "CH", "CY", "DK", "HU", "LU", "NO", "SI", "AU"), ("9999",)),
    **dict.fromkeys(("DE", "EE", "ES", "FI", "FR", "HR", "IT", "UA", "TR"), ("99999",)),
    **dict.fromkeys(("CN", "RU", "KZ", "BY", "RO", "SG", "IN"), ("999999",)),
    **dict.fromkeys(("CZ", "GR", "SE", "SK"), ("999 99",)),
    "PL": ("99 999",),
    "NL": ("9999 AA",),
    "PT": ("9999 999", "9999"),
    "US": ("99999", "99999 9999"),
    "LT": ("99999", "LT 99999"),
    "LV": ("9999", "LV 9999"),
    "JP": ("999 9999",),
    "CA": ("A9A 9A9",),
    "GB": ("A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"),
}


def country_of(tax_number: str) -> str:
    """Return the country a number says it is of, "" if it says none."""
    found = _LEADING.match(tax_number.strip().upper())
    letters = found.group() if found else ""
    letters = _WRITTEN.get(letters, letters)
    return letters if letters.lower() in MEMBER_STATES or letters == "GB" else ""


def fits(tax_number: str, country: str) -> bool:
    """Answer whether length and check digits are right; True where the country is not known."""
    fitting = _module(country_of(tax_number) or country)
    if fitting is None:
        return True
    # Countries outside the Union write no letters before the number, but people do.
    bare = tax_number.strip().upper().removeprefix(country)
    return bool(fitting(tax_number) or fitting(bare))


@cache
def _module(country: str) -> Callable[[str], bool] | None:
    if not country:
        return None
    kind = _OTHERS.get(country, "vat")
    found: Any = get_cc_module(country.lower(), kind) if kind else None
    return found.is_valid if found else None


def postcode_fits(postcode: str, country: str) -> bool:
    """Answer whether the code looks like one of the country; True where its look is not known."""
    looks = _looks(country)
    return looks is None or bool(looks.fullmatch(postcode.strip().upper()))


@cache
def _looks(country: str) -> re.Pattern[str] | None:
    known = _POSTCODES.get(country)
    if known is None:
        return None
    signs = {"9": "[0-9]", "A": "[A-Z]", " ": "[ -]?"}
    own = country if country in {"LT", "LV"} else ""
    return re.compile("|".join(_spelt(look, signs, own) for look in known))


def _spelt(look: str, signs: dict[str, str], own: str) -> str:
    if own and look.startswith(own):
        return own + _spelt(look[len(own) :], signs, "")
    return "".join(signs[sign] for sign in look)
