"""Tax numbers with the check digits that their countries ask for; clerks mistype a few."""

from typing import Any

from stdnum import get_cc_module

MISTYPED = 40  # one number in so many
# "#" is a digit, "?" a letter.
SHAPES = {
    "PL": "PL##########",
    "GB": "GB#########",
    "IE": "IE#######?",
    "NL": "NL#########B01",
    "DE": "DE1########",
    "DK": "DK2#######",
    "SE": "SE##########01",
    "LV": "LV4#########0",
    "RU": "##########",
    "CN": "91######MA######??",
    "KZ": "############",
    "SG": "2015#####?",
}
KINDS = {"RU": "inn", "CN": "uscc", "SG": "uen", "KZ": ""}
LETTERS = "ABCDEFGHJKLMNPQRTUWXY"
MOST_TRIES = 4000


def tax_number(country: str, start: int) -> str:
    """Return the first number from `start` on that is one; sometimes the one before it."""
    kind = KINDS.get(country, "vat")
    module: Any = get_cc_module(country.lower(), kind) if kind else None
    if module is None or start % MISTYPED == 0:
        return _spelt(country, start)
    tries = (_spelt(country, start + n) for n in range(MOST_TRIES))
    return next((each for each in tries if module.is_valid(each)), "")


def _spelt(country: str, number: int) -> str:
    """Fill the shape of the country's numbers from the right."""
    found = []
    for sign in reversed(SHAPES[country]):
        match sign:
            case "#":
                number, digit = divmod(number, 10)
                found.append(str(digit))
            case "?":
                number, place = divmod(number, len(LETTERS))
                found.append(LETTERS[place])
            case _:
                found.append(sign)
    return "".join(reversed(found))
