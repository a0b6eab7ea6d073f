"""Converting money by dated rates, on plain values. (Pure: no database, no clock.)

A rate counts from its day until the next one of its currency, at most DAYS days: so one a month is
enough, and a gap is noticed instead of bridged.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

DAYS = 31
PLACES = 9  # decimal places that a rate keeps

Dated = Mapping[str, list[tuple[date, Decimal]]]  # currency -> its rates by day


def dated(rows: Iterable[tuple[str, date, Decimal]]) -> Dated:
    """Return the rates of each currency in the order of their days."""
    found: dict[str, list[tuple[date, Decimal]]] = {}
    for currency, day, rate in sorted(rows):
        found.setdefault(currency, []).append((day, rate))
    return found


def rate_on(rates: Dated, currency: str, day: date) -> Decimal | None:
    """Return what counts on that day, or None: the rate is missing."""
    known = rates.get(currency, [])
    place = bisect_right(known, day, key=lambda each: each[0])
    if not place or known[place - 1][0] <= day - timedelta(days=DAYS):
        return None
    return known[place - 1][1]


def converted(minor: int, rate: Decimal, *, places: int) -> int:
    """Return an amount in the company's minor units; `places` is how many decimal places its
    currency has more than the amount's."""
    exact = (Decimal(minor) * rate).scaleb(places)
    return int(exact.to_integral_value(ROUND_HALF_UP))
