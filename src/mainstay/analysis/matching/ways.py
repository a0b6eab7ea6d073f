"""E-mail addresses, telephone and tax numbers, websites, as they are compared."""

import re
from functools import lru_cache

import phonenumbers

# Addresses that anybody may have: an equal part after the @ says nothing of the company.
_PUBLIC_WRITTEN = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com"
    " aol.com proton.me protonmail.com gmx.de gmx.net web.de t-online.de wp.pl o2.pl onet.pl"
    " op.pl interia.pl poczta.onet.pl vp.pl tlen.pl mail.ru bk.ru list.ru inbox.ru yandex.ru"
    " ya.ru rambler.ru qq.com 163.com 126.com sina.com sohu.com foxmail.com aliyun.com"
    " seznam.cz email.cz centrum.cz ukr.net"
)
PUBLIC_MAIL = frozenset(_PUBLIC_WRITTEN.split())
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_NOT_DIGIT = re.compile(r"\D")
_NOT_CODE = re.compile(r"[^0-9A-Z]")
_SCHEME = re.compile(r"^[a-z]+://|^www\d?\.")
_SHORTEST_PHONE = 6
_SHORTEST_TAX_NUMBER = 5


def email(written: str) -> str:
    """Return an address in small letters, without what is after a plus; empty if it is none.

    >>> email(" Jan.Kowalski+shop@GMail.com ")
    'jankowalski@gmail.com'
    """
    name, at, site = written.strip().lower().rpartition("@")
    if not at or not name or "." not in site:
        return ""
    name = name.partition("+")[0]
    return f"{name.replace('.', '') if site in _DOTLESS else name}@{site}"


def mail_site(address: str) -> str:
    """Return a company's own part of an address, empty for those of anybody."""
    site = address.rpartition("@")[2]
    return "" if site in PUBLIC_MAIL else site


@lru_cache(maxsize=50_000)
def phone(written: str, country: str = "") -> str:
    """Return a number with its country's prefix, digits only; without a country as dialled.

    >>> phone("+48 601-002-003"), phone("601 002 003", "PL"), phone("0601 002 003")
    ('48601002003', '48601002003', '601002003')
    """
    digits = _NOT_DIGIT.sub("", written)
    if len(digits) < _SHORTEST_PHONE:
        return ""
    if written.lstrip().startswith(("+", "00")):
        return digits.lstrip("0")
    try:
        number = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        return digits.lstrip("0")
    return f"{number.country_code}{number.national_number}"


def site(written: str) -> str:
    """Return the host of a website.

    >>> site("https://www.Nova.example/kontakt")
    'nova.example'
    """
    host = written.strip().lower()
    while (shorter := _SCHEME.sub("", host)) != host:
        host = shorter
    return host.partition("/")[0].partition("?")[0].partition(":")[0]


def tax_number(written: str) -> str:
    """Return a tax or identity number: capitals and digits, without a country's two letters.

    >>> tax_number("PL 526-000-12-46"), tax_number("5260001246"), tax_number("n/a")
    ('5260001246', '5260001246', '')
    """
    code = _NOT_CODE.sub("", written.upper())
    if code[:2].isalpha() and code[2:].isdigit():
        code = code[2:]
    if len(code) < _SHORTEST_TAX_NUMBER or len(set(code)) == 1:
        return ""
    return code
