"""What fits into a field and how it is stored, decided on plain values."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from mainstay.shared import text as words

LARGEST = 2**63 - 1
LONGEST = {"text": 200, "url": 500, "email": 254, "long_text": 20_000}
MOST_PLACES = 6
MOST_DIGITS = 18


class Subject(StrEnum):
    CUSTOMER = "customer"
    CONTACT = "contact"


class Type(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    USER = "user"
    URL = "url"
    EMAIL = "email"


TEXTS = frozenset({Type.TEXT, Type.LONG_TEXT, Type.URL, Type.EMAIL})
NUMBERS = frozenset({Type.WHOLE, Type.DECIMAL, Type.MONEY})
LISTED = frozenset({Type.CHOICE, Type.CHOICES})
LIMITED = NUMBERS | {Type.DAY}
UNIQUE = frozenset({Type.TEXT, Type.URL, Type.EMAIL, Type.WHOLE})
# What `text` and `sort_text` hold; long texts are not sorted by.
SORTED_TEXTS = TEXTS - {Type.LONG_TEXT}
YES = frozenset(["1", "y", "yes", "true", "tak", "t", "да", "д", "是", "true", "x", "✓"])
NO = frozenset(["0", "n", "no", "false", "nie", "нет", "н", "否", "false", "-"])
# Conversions that lose nothing, and those that keep what can be read in the new way.
SAFE: dict[Type, frozenset[Type]] = {
    Type.TEXT: frozenset({Type.LONG_TEXT}),
    Type.URL: frozenset({Type.TEXT, Type.LONG_TEXT}),
    Type.EMAIL: frozenset({Type.TEXT, Type.LONG_TEXT}),
    Type.WHOLE: frozenset({Type.DECIMAL, Type.TEXT, Type.LONG_TEXT}),
    Type.DECIMAL: frozenset({Type.TEXT, Type.LONG_TEXT}),
    Type.MONEY: frozenset({Type.TEXT, Type.LONG_TEXT}),
    Type.YES_NO: frozenset({Type.WHOLE, Type.TEXT}),
    Type.DAY: frozenset({Type.MOMENT, Type.TEXT, Type.LONG_TEXT}),
    Type.MOMENT: frozenset({Type.TEXT, Type.LONG_TEXT}),
    Type.CHOICE: frozenset({Type.CHOICES, Type.TEXT, Type.LONG_TEXT}),
    Type.CHOICES: frozenset({Type.LONG_TEXT}),
    Type.USER: frozenset({Type.TEXT, Type.LONG_TEXT}),
}
CHECKED: dict[Type, frozenset[Type]] = {
    Type.TEXT: frozenset(
        {Type.WHOLE, Type.DECIMAL, Type.YES_NO, Type.DAY, Type.URL, Type.EMAIL, Type.CHOICE}
    ),
    Type.LONG_TEXT: frozenset({Type.TEXT}),
    Type.DECIMAL: frozenset({Type.WHOLE}),
    Type.WHOLE: frozenset({Type.YES_NO}),
    Type.MOMENT: frozenset({Type.DAY}),
    Type.CHOICES: frozenset({Type.CHOICE}),
}


class Flaw(StrEnum):
    """Why a value is refused; actions turn it into a sentence."""

    REQUIRED = "required"
    TYPE = "type"
    LONG = "long"
    PLACES = "places"
    LOW = "low"
    HIGH = "high"
    CHOICE = "choice"


class Refused(ValueError):
    def __init__(self, flaw: Flaw, value: Any) -> None:
        super().__init__(f"{flaw}: {value!r}")
        self.flaw, self.value = flaw, str(value)


@dataclass(frozen=True)
class Spec:
    """What a definition asks of its values; `choices` are the numbers of the list's answers."""

    type: Type
    places: int = 0
    required: bool = False
    low: str = ""
    high: str = ""
    choices: frozenset[int] = frozenset()


def key_of(label: str) -> str:
    """Return a short name for programs: "Umowa do" is `umowa_do`."""
    key = re.sub(r"[^a-z0-9]+", "_", words.plain(label).lower()).strip("_")[:40].strip("_")
    return key if key and key[0].isalpha() else f"field_{key}".rstrip("_")[:40]


def parsed(spec: Spec, typed: Any) -> Any:
    """Return the value in the form that is stored, None for nothing; or raise Refused.

    Numbers are integers scaled by `places`, choices the numbers of answers.
    """
    if isinstance(typed, str):
        typed = typed.strip()
    if typed is None or typed in ("", [], ()):
        if spec.required:
            raise Refused(Flaw.REQUIRED, "")
        return None
    value = _READERS[spec.type](spec, typed)
    _check_limits(spec, value)
    return value


def scaled(typed: Any, places: int) -> int:
    """Return a decimal as an integer of its smallest part, or raise Refused."""
    if isinstance(typed, bool):
        raise Refused(Flaw.TYPE, typed)
    plain = re.sub(r"[\s\u00a0\u202f']", "", str(typed))
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise Refused(Flaw.TYPE, typed) from error
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise Refused(Flaw.TYPE, typed)
    whole = number.scaleb(places)
    if whole != whole.to_integral_value():
        raise Refused(Flaw.PLACES, typed)
    if abs(whole) > LARGEST:
        raise Refused(Flaw.HIGH, typed)
    return int(whole)


def unscaled(number: int, places: int) -> Decimal:
    return Decimal(number).scaleb(-places)


def limit(spec: Spec, text: str) -> Any:
    """Return a limit as its values are stored, None where there is none; or raise Refused."""
    return parsed(Spec(spec.type, spec.places), text) if spec.type in LIMITED else None


def sort_text(text: str) -> str:
    return words.sort_name(text)


def _check_limits(spec: Spec, value: Any) -> None:
    if spec.type not in LIMITED:
        return
    if spec.low and value < limit(spec, spec.low):
        raise Refused(Flaw.LOW, spec.low)
    if spec.high and value > limit(spec, spec.high):
        raise Refused(Flaw.HIGH, spec.high)


def _text(spec: Spec, typed: Any) -> str:
    if not isinstance(typed, str):
        typed = str(typed)
    if len(typed) > LONGEST[spec.type]:
        raise Refused(Flaw.LONG, LONGEST[spec.type])
    if spec.type != Type.LONG_TEXT and re.search(r"[\r\n]", typed):
        raise Refused(Flaw.TYPE, typed)
    return str(typed)


def _url(spec: Spec, typed: Any) -> str:
    text = _text(spec, typed)
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise Refused(Flaw.TYPE, typed) from error
    fits = parts.scheme in {"http", "https"} and "." in parts.netloc and " " not in text
    if not fits:
        raise Refused(Flaw.TYPE, typed)
    return _text(spec, text)


def _email(spec: Spec, typed: Any) -> str:
    try:
        found = validate_email(_text(spec, typed), check_deliverability=False)
    except (EmailNotValidError, UnicodeError) as error:
        raise Refused(Flaw.TYPE, typed) from error
    return str(found.normalized)


def _number(spec: Spec, typed: Any) -> int:
    return scaled(typed, 0 if spec.type == Type.WHOLE else spec.places)


def _yes_no(_spec: Spec, typed: Any) -> int:
    if typed in (True, False):
        return int(typed)
    said = str(typed).lower()
    if said in YES | NO:
        return int(said in YES)
    raise Refused(Flaw.TYPE, typed)


def _day(_spec: Spec, typed: Any) -> date:
    if isinstance(typed, datetime):
        return typed.date()
    if isinstance(typed, date):
        return typed
    try:
        return date.fromisoformat(str(typed))
    except ValueError as error:
        raise Refused(Flaw.TYPE, typed) from error


def _moment(_spec: Spec, typed: Any) -> datetime:
    """Return the moment in UTC; a text without zone is refused: nobody knows when it was."""
    if isinstance(typed, str):
        try:
            typed = datetime.fromisoformat(typed)
        except ValueError as error:
            raise Refused(Flaw.TYPE, typed) from error
    if not isinstance(typed, datetime) or typed.tzinfo is None:
        raise Refused(Flaw.TYPE, typed)
    try:
        return typed.astimezone(UTC)
    except OverflowError as error:
        raise Refused(Flaw.TYPE, typed) from error


def _choice(spec: Spec, typed: Any) -> int:
    if not isinstance(typed, int) or typed not in spec.choices:
        raise Refused(Flaw.CHOICE, typed)
    return typed


def _choices(spec: Spec, typed: Any) -> tuple[int, ...]:
    many = typed if isinstance(typed, list | tuple) else [typed]
    return tuple(sorted({_choice(spec, each) for each in many}))


def _user(_spec: Spec, typed: Any) -> Any:
    """Return the colleague; who is only named was not found."""
    if not hasattr(typed, "pk"):
        raise Refused(Flaw.TYPE, typed)
    return typed


_READERS: dict[Type, Any] = {
    Type.TEXT: _text,
    Type.LONG_TEXT: _text,
    Type.URL: _url,
    Type.EMAIL: _email,
    Type.WHOLE: _number,
    Type.DECIMAL: _number,
    Type.MONEY: _number,
    Type.YES_NO: _yes_no,
    Type.DAY: _day,
    Type.MOMENT: _moment,
    Type.CHOICE: _choice,
    Type.CHOICES: _choices,
    Type.USER: _user,
}
