"""Addresses and days, as they are compared."""

import re
from functools import lru_cache

from mainstay.analysis.matching.letters import plain

_KINDS = re.compile(
    r"\b(?:ul|ulica|al|aleja|aleje|pl|plac|os|osiedle|street|str|st|road|rd|avenue|ave|lane|ln"
    r"|drive|dr|court|ct|place|strasse|platz|weg|ulitsa|prospekt|pr|pereulok|per|lu|jie|rue|via)\b"
)
_GLUED = re.compile(r"(?<=\w{3})(?:strasse|str)\b")
_NUMBER = re.compile(r"\b(\d+)\s?([a-z]?)(?:[ ]?\d+\s?[a-z]?)?\s*$")
_LEADING = re.compile(r"^(\d+)\s?([a-z]?)\s+(?=\D)")
_YEAR_FIRST = re.compile(r"^\s*(\d{4})\D?(\d{2})\D?(\d{2})\b")
_DAY_FIRST = re.compile(r"^\s*(\d{1,2})\D(\d{1,2})\D(\d{4})\b")


def street(written: str, number: str = "") -> tuple[str, str]:
    """Return street and house number; words such as street or ul. and spaces are left out.

    >>> street("ul. Długa 5/7"), street("12 Elm Street"), street("wallaby place", "7")
    (('dluga', '5'), ('elm', '12'), ('wallaby', '7'))
    """
    line, house = plain(written.replace(".", ". ")), plain(number).replace(" ", "")
    if not house and (found := _NUMBER.search(line) or _LEADING.search(line)):
        house = "".join(found.groups())
        line = (line[: found.start()] + " " + line[found.end() :]).strip()
    short = _GLUED.sub("", _KINDS.sub("", line))
    return "".join((short.strip() or line).split()), house


@lru_cache(maxsize=50_000)
def postcode(written: str) -> str:
    return plain(written).replace(" ", "")


@lru_cache(maxsize=50_000)
def town(written: str) -> str:
    return plain(written).replace(" ", "")


def day(written: str) -> str:
    """Return a day as eight digits, the year first; empty if it is none.

    >>> day("1956-04-09"), day("9.4.1956"), day("19560409"), day("soon")
    ('19560409', '19560409', '19560409', '')
    """
    if found := _YEAR_FIRST.match(written):
        return "".join(found.groups())
    if found := _DAY_FIRST.match(written):
        date, month, year = found.groups()
        return f"{year}{month:0>2}{date:0>2}"
    return ""
