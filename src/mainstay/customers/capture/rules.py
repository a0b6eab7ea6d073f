"""Decisions on captured contacts, on plain values."""

import hashlib
import hmac
import re
from urllib.parse import urlsplit

LEAST_SECONDS, MOST_SECONDS = 3, 12 * 3600
# What one address may do in a window of so many seconds.
MOST = {"send": 10, "look": 120, "open": 30, "act": 40}
WINDOW = 600
# Letters and digits that nobody mistakes for another when reading aloud.
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8


def sender(address: str, secret: str, window: int, what: str) -> str:
    """Return a name for who sends that tells nothing of the address, new for each window."""
    text = f"{address} {window}".encode()
    return f"{what} {hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:32]}"


def is_too_quick(age: float) -> bool:
    return age < LEAST_SECONDS


def origins(typed: str) -> list[str]:
    """Return the sites of a text as origins; raise ValueError with the first that is none."""
    return [_origin(word) for word in re.split(r"[\s,]+", typed.strip()) if word]


def _origin(word: str) -> str:
    parts = urlsplit(word if "//" in word else f"https://{word}")
    host = re.fullmatch(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", parts.netloc.lower())
    if parts.scheme not in {"http", "https"} or host is None:
        raise ValueError(word)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def is_web_address(typed: str) -> bool:
    """Answer whether a link may be shown to the public."""
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def read_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed."""
    return re.sub(r"[^A-Z0-9]", "", typed.upper())


def shown_code(code: str) -> str:
    """Return a code in groups of four, to be read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
