"""One e-mail, from its bytes to plain values.

The standard parser in its older face: it takes every broken header as it stands, where the newer
one raises in the middle, or needs minutes for a long list of addresses.
"""

import hashlib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import islice
from pathlib import PurePath

from mainstay.engine.letters import headers, text
from mainstay.engine.letters.letter import Address, File, Letter

LARGEST_FILE = 20 << 20
LARGEST_TEXT = 2 << 20
MOST_FILES = 10
MOST_PARTS = 500
LONGEST_NAME = 150
BROKEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)


class Malformed(Exception):
    """This is no e-mail, or one whose parts cannot be told apart."""


def letter(content: bytes) -> Letter:
    """Return what is understood of the e-mail, or raise Malformed."""
    try:
        return _letter(content)
    except BROKEN as error:
        raise Malformed from error


def _letter(content: bytes) -> Letter:
    message = message_from_bytes(content, policy=compat32)
    sender = headers.addresses(message, "From", "Sender")[:1]
    if not sender and not message.get("Date"):
        raise Malformed
    parts = list(islice(_leaves(message), MOST_PARTS))
    written = _written(parts)
    new, quoted = text.folded(written)
    at, offset, timed_by = headers.moment(message, _noted_by_box(message))
    ids = headers.ids(message, "Message-ID", "Message-Id")[:1]
    is_report = _is_report(message)
    return Letter(
        key=headers.key_of(ids[0]) if ids else _key_of_content(message, written),
        message_id=ids[0] if ids else "",
        subject=headers.line(message, "Subject", 200),
        text=new[: text.LONGEST],
        quoted=quoted[: text.LONGEST_QUOTED],
        sent_at=at,
        offset=offset,
        timed_by=timed_by,
        sender=sender[0] if sender else None,
        to=headers.addresses(message, "To", "Delivered-To") if _addressed(message) else (),
        cc=headers.addresses(message, "Cc", "Bcc"),
        answers=_answers(message),
        automatic=headers.is_automatic(message),
        bulk=headers.is_bulk(message),
        is_report=is_report,
        failed=tuple(_failed(parts)) if is_report else (),
        files=tuple(_files(parts)),
        cut=len(new) > text.LONGEST,
    )


def _addressed(message: Message) -> bool:
    return message.get("To") is not None or message.get("Delivered-To") is not None


def _answers(message: Message) -> tuple[str, ...]:
    named = headers.ids(message, "References", "In-Reply-To")
    kept = [*named[:1], *named[1:][-headers.MOST_ANSWERS :]]
    return tuple(headers.key_of(each) for each in kept)


def _noted_by_box(message: Message) -> str:
    """Return the moment in the line “From anna@example.com Mon May  4 …” of an mbox."""
    first = message.get_unixfrom() or ""
    return " ".join(first.split()[2:])


def _key_of_content(message: Message, written: str) -> str:
    """Return a key for an e-mail without an id: of what no server on its way changes."""
    said = [str(message.get(name) or "") for name in ("Date", "From", "To", "Subject")]
    whole = "\0".join([*said, written])
    return hashlib.sha256(f"content {whole}".encode("utf-8", "replace")).hexdigest()


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something; an e-mail within the e-mail is a file."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = _within(part)
        if part.get_content_maintype() == "multipart" and inner:
            waiting.extend(reversed(inner))
        else:
            yield part


def _is_report(message: Message) -> bool:
    kind = str(message.get_param("report-type") or "").lower()
    return message.get_content_type() == "multipart/report" and kind == "delivery-status"


def _written(parts: list[Message]) -> str:
    """Return the first plain text that is no file, else the first HTML as text."""
    for wanted in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == wanted and not _is_file(part):
                written = text.clean(headers.in_letters(_content(part)[:LARGEST_TEXT], _set(part)))
                found = text.of_html(written) if wanted == "text/html" else written.strip()
                if found:
                    return found
    return ""


def _set(part: Message) -> str | None:
    return part.get_content_charset()


def _content(part: Message) -> bytes:
    inner = part.get_payload(decode=True)
    if isinstance(inner, bytes):
        return inner
    return b"".join(each.as_bytes() for each in _within(part)[:1])


def _within(part: Message) -> list[Message]:
    inner = part.get_payload()
    several = inner if isinstance(inner, list) else []
    return [each for each in several if isinstance(each, Message)]


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _files(parts: list[Message]) -> Iterator[File]:
    kept = 0
    for part in parts:
        if not _is_file(part) and part.get_content_type() != "message/rfc822":
            continue
        content = _content(part)
        why = _left_out(part, len(content), kept)
        kept += not why
        kind = part.get_content_type()[:100]
        yield File(_name(part), kind, len(content), b"" if why else content, why)


def _left_out(part: Message, size: int, kept: int) -> str:
    """Return why the content of a file is not kept; pictures in the text are its decoration."""
    if part.get("Content-ID") and part.get_content_maintype() == "image":
        return "picture" if part.get_content_disposition() != "attachment" else ""
    if size > LARGEST_FILE:
        return "large"
    return "many" if kept >= MOST_FILES else ""


def _name(part: Message) -> str:
    """Return the file's name without folders and signs that nobody sees."""
    raw = headers.decoded(str(part.get_filename() or "")[:1000])
    short = PurePath(text.clean(raw).replace("\\", "/")).name
    short = "".join(sign for sign in short if sign.isprintable()).strip()[-LONGEST_NAME:]
    if short:
        return short
    return "message.eml" if part.get_content_type() == "message/rfc822" else "file"


def _failed(parts: list[Message]) -> Iterator[Address]:
    """Yield the addresses that a report of delivery (RFC 3464) says failed for good."""
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _within(part):
            said = headers.line(block, "Action").lower()
            status = headers.line(block, "Status")
            address = headers.line(block, "Final-Recipient").rpartition(";")[2].strip().lower()
            if said == "failed" and status.startswith("5") and "@" in address:
                why = headers.line(block, "Diagnostic-Code") or status
                yield Address(why[:150], address[: headers.LONGEST_EMAIL])
