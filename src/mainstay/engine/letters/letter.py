"""What is understood of one e-mail, in plain values that travel from the child as JSON."""

import base64
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Address:
    name: str
    email: str


@dataclass(frozen=True)
class File:
    """A file of the e-mail; `why` says why its content was left out: "large", "many", "picture"."""

    name: str
    type: str
    size: int
    content: bytes = b""
    why: str = ""


@dataclass(frozen=True)
class Letter:
    """One e-mail. `key` stays the same whichever way the e-mail comes in.

    `offset` is the sender's distance from UTC in minutes; None: the e-mail does not say, and
    `sent_at` is read as UTC. `timed_by` says which header gave the moment.
    """

    key: str
    message_id: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    sent_at: datetime | None = None
    offset: int | None = None
    timed_by: str = ""
    sender: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    # The keys of the e-mails that this one answers, the first of the thread first.
    answers: tuple[str, ...] = ()
    automatic: bool = False
    bulk: bool = False
    is_report: bool = False
    # Addresses that could not be reached for good, with what the server said.
    failed: tuple[Address, ...] = ()
    files: tuple[File, ...] = ()
    cut: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return plain values for the way out of the child."""
        plain = asdict(self)
        plain["sent_at"] = self.sent_at.isoformat() if self.sent_at else None
        for each in plain["files"]:
            each["content"] = base64.b64encode(each["content"]).decode()
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Letter":
        """Return the e-mail that the child has read."""
        given = dict(plain)
        given["sent_at"] = datetime.fromisoformat(given["sent_at"]) if given["sent_at"] else None
        given["sender"] = Address(**given["sender"]) if given["sender"] else None
        for name in ("to", "cc", "failed"):
            given[name] = tuple(Address(**each) for each in given[name])
        given["files"] = tuple(
            File(**{**each, "content": base64.b64decode(each["content"])})
            for each in given["files"]
        )
        given["answers"] = tuple(given["answers"])
        return cls(**given)


@dataclass(frozen=True)
class Found:
    """The next e-mail of a file: read, or the reason why not ("malformed", "too_large")."""

    place: int
    letter: Letter | None = None
    why: str = ""
