"""What the headers of an e-mail say. Strangers wrote them: whatever is broken is read as absent."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_tz

from mainstay.engine.letters.letter import Address
from mainstay.engine.letters.text import clean

LONGEST = 20_000
MOST_ADDRESSES = 200
MOST_ANSWERS = 50
LONGEST_EMAIL, LONGEST_NAME = 254, 150
_ID = re.compile(r"<([^<>\s]{1,500})>")
_SPACES = re.compile(r"\s+")
_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
_FAR = 24 * 60
# A time with something after it that says where.
_ZONED = re.compile(r"\d:\d\d\s+(?!-0000)[A-Z+-]|\(")
_LISTS = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID")


def line(message: Message, name: str, longest: int = LONGEST) -> str:
    """Return a header in letters, on one line."""
    found = message.get(name)
    if found is None:
        return ""
    return _SPACES.sub(" ", clean(decoded(str(found)[:LONGEST]))).strip()[:longest]


def decoded(raw: str) -> str:
    """Return the words behind =?utf-8?…?=; where that fails, what stands there."""
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    return "".join(p if isinstance(p, str) else in_letters(p, charset) for p, charset in parts)


def in_letters(content: bytes, charset: str | None) -> str:
    """Return the text in the encoding it claims, else in the likeliest; never fails."""
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252"}
    named = (charset or "").lower()
    for each in (wider.get(named, named), "utf-8"):
        try:
            return content.decode(each or "utf-8")
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def addresses(message: Message, *names: str) -> tuple[Address, ...]:
    """Return who stands in the headers, each address once and in small letters."""
    raw = [str(each)[:LONGEST] for name in names for each in message.get_all(name, [])]
    found: dict[str, Address] = {}
    for name, email in getaddresses(raw):
        address = _SPACES.sub("", clean(decoded(email))).lower()
        if "@" in address and len(address) <= LONGEST_EMAIL and len(found) < MOST_ADDRESSES:
            words = _SPACES.sub(" ", clean(decoded(name))).strip(" '\"")[:LONGEST_NAME]
            found.setdefault(address, Address(words, address))
    return tuple(found.values())


def ids(message: Message, *names: str) -> list[str]:
    """Return the ids of e-mails that the headers name."""
    found = (_ID.findall(str(message.get(name) or "")[:LONGEST]) for name in names)
    return list(dict.fromkeys(each for several in found for each in several))


def key_of(message_id: str) -> str:
    return hashlib.sha256(f"id {message_id}".encode("utf-8", "replace")).hexdigest()


def moment(message: Message, received: str) -> tuple[datetime | None, int | None, str]:
    """Return when it was sent, the sender's distance from UTC in minutes, and what says so.

    Without a usable Date it is when the nearest server took it, then what the mailbox noted.
    """
    servers = [str(each).rsplit(";", 1)[-1] for each in message.get_all("Received", [])]
    asked = [("date", str(message.get("Date") or "")), *(("received", s) for s in servers[::-1])]
    for source, raw in (*asked, ("box", received)):
        at, offset = _read(raw[:200])
        if at is not None:
            return at, offset, source
    return None, None, ""


def _read(raw: str) -> tuple[datetime | None, int | None]:
    try:
        parts = parsedate_tz(raw)
        if parts is None:
            return None, None
        offset = (parts[9] or 0) // 60 if _ZONED.search(raw) else None
        at = datetime(*parts[:6], tzinfo=UTC) - timedelta(minutes=offset or 0)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None, None
    if at < _EARLIEST or (offset is not None and abs(offset) > _FAR):
        return None, None
    return at, offset


def is_automatic(message: Message) -> bool:
    """Answer whether a program answered in a person's name (RFC 3834 and what came before it)."""
    said = line(message, "Auto-Submitted").lower()
    if said and not said.startswith("no"):
        return True
    precedence = line(message, "Precedence").lower()
    return precedence == "auto_reply" or any(
        message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply")
    )


def is_bulk(message: Message) -> bool:
    """Answer whether the e-mail went to many at once: a newsletter or a mailing list."""
    many = line(message, "Precedence").lower() in ("bulk", "list", "junk")
    return many or any(message.get(name) for name in _LISTS)
