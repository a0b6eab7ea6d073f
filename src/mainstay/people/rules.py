"""Decisions about people and the company on plain values."""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

TOKEN_MARK = "mst_"  # noqa: S105  (what every token begins with)
TOKEN_DAYS = (30, 90, 365, 730)
SCOPES = (
    "customers:read",
    "customers:write",
    "orders:read",
    "orders:write",
    "value:read",
    "value:run",
    "value:write",
    "jobs:read",
    "jobs:write",
    "webhooks:read",
    "webhooks:write",
    "everything:export",
)
LINK_LIFE = timedelta(days=7)

# ISO 4217, currencies in use.
_CURRENCY_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN
    BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD
    FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
    KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
    TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR
    ZMW ZWG
"""
CURRENCIES = frozenset(_CURRENCY_CODES.split())


@cache
def time_zones() -> tuple[str, ...]:
    """Return the names a person may choose from: places, and UTC."""
    places = (zone for zone in available_timezones() if "/" in zone)
    return (*sorted(zone for zone in places if not zone.startswith("Etc/")), "UTC")


def new_token() -> str:
    """Return 256 random bits as text that fits an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is kept of a token; a plain hash suffices where the token is random."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def link_works(
    *, expires_at: datetime, used_at: datetime | None, revoked_at: datetime | None, now: datetime
) -> bool:
    return used_at is None and revoked_at is None and now < expires_at


def changes(
    old: dict[str, object], new: dict[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Return only what differs, as old and new values."""
    names = [name for name in new if old.get(name) != new[name]]
    return {name: old.get(name) for name in names}, {name: new[name] for name in names}
