"""Money is integer minor units and a currency; this module writes it the reader's way."""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from django.utils.formats import get_format
from django.utils.translation import get_language

# ISO 4217 currencies whose minor unit is not a hundredth.
_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = dict.fromkeys(_WHOLE.split(), 0) | dict.fromkeys(_THOUSANDTHS.split(), 3)
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "PLN": "zł", "RUB": "₽", "CNY": "¥", "JPY": "¥"}
_SIGN_FIRST = {"en", "zh-hans"}
GAP = "\N{NO-BREAK SPACE}"
ALMOST = Decimal("0.9995")  # 999,999 is a million, not a thousand thousand
_STEPS = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))
_EXACT = Context(prec=60)


def rounded(value: Decimal, places: int) -> Decimal:
    """Return the value with so many decimals, halves away from zero as on paper."""
    step = Decimal(1).scaleb(-places)
    return value.quantize(step, ROUND_HALF_UP, _EXACT) + 0  # no minus before a zero


def grouped(value: Decimal, places: int) -> str:
    """Return the rounded value as the reader's language writes numbers; a page has hundreds."""
    return f"{value:,.{places}f}".translate(_signs(get_language()))


@cache
def _signs(language: str | None) -> dict[int, str]:
    names = {",": "THOUSAND_SEPARATOR", ".": "DECIMAL_SEPARATOR"}
    return {ord(sign): get_format(name, language) for sign, name in names.items()}


def digits(currency: str) -> int:
    """Return how many decimal places the currency has."""
    return _DIGITS.get(currency, 2)


def unusual_digits() -> list[tuple[str, int]]:
    """Return the currencies that have another number of decimal places than two."""
    return sorted(_DIGITS.items())


def major(minor: int | Decimal, currency: str) -> Decimal:
    """Return the amount in whole units: 1999 EUR cents are 19.99."""
    return Decimal(minor).scaleb(-digits(currency))


def written(minor: int | Decimal, currency: str, places: int | None = None) -> str:
    """Return the amount as the reader's language writes it: €1,234.50 or 1 234,50 €."""
    places = digits(currency) if places is None else places
    amount = rounded(major(minor, currency), places)
    return _with_sign(grouped(abs(amount), places), currency, negative=amount < 0)


def written_short(minor: int | Decimal, currency: str) -> str:
    """Return the amount with three figures or so: €1.23m."""
    amount = major(minor, currency)
    for step, letter in _STEPS:
        if abs(amount) >= step * ALMOST:
            scaled = abs(amount) / step
            places = max(0, 3 - len(str(int(scaled))))
            text = grouped(rounded(scaled, places), places) + _unit(letter)
            return _with_sign(text, currency, negative=amount < 0)
    return written(minor, currency, 0)


def _unit(letter: str) -> str:
    words = {
        "pl": {"k": " tys.", "m": " mln", "bn": " mld"},
        "ru": {"k": " тыс.", "m": " млн", "bn": " млрд"},
    }
    return words.get(get_language() or "en", {}).get(letter, letter).replace(" ", GAP)


def _with_sign(text: str, currency: str, *, negative: bool) -> str:
    minus = "\N{MINUS SIGN}" if negative else ""
    sign = _SIGNS.get(currency, currency)
    if (get_language() or "en") not in _SIGN_FIRST:
        return f"{minus}{text}{GAP}{sign}".rstrip(GAP)
    gap = GAP if sign[-1:].isalpha() else ""
    return f"{minus}{sign}{gap}{text}"
