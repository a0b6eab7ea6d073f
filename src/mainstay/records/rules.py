"""What an audit event may hold: any text, made storable; an audit row never fails for a letter."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LONGEST_TEXT = 2000


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    fit = _UNFIT.sub("\ufffd", text)
    return fit if len(fit) <= longest else fit[: longest - 1] + "…"


def plain(value: Any) -> Any:
    """Return the value as JSON can keep it: numbers, texts, lists, tables."""
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if abs(value) < float("inf") else str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case dict():
            return {clean(str(key), 200): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case _:
            return clean(str(value))
