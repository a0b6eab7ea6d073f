"""E-mails as mail programs write them."""

from email.message import EmailMessage
from typing import Any

DAY = "Wed, 04 Feb 2026 10:15:00 +0200"


def email(text: str = "Good morning", *, html: str = "", **headers: Any) -> EmailMessage:
    """Return an e-mail; `message_id="a@b"` becomes the header Message-ID, None leaves one out."""
    usual = {
        "from_": "Ada Vogel <ada@port.example>",
        "to": "owner@example.com",
        "subject": "Spring prices",
        "date": DAY,
        "message_id": "<1@port.example>",
    }
    message = EmailMessage()
    for name, value in (usual | headers).items():
        if value is not None:
            message[name.rstrip("_").replace("_", "-").title()] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def mbox(*messages: EmailMessage | bytes) -> bytes:
    """Return the e-mails one after the other, as an .mbox holds them."""
    begin = b"From ada@port.example Wed Feb  4 08:15:00 2026\n"
    parts = (each if isinstance(each, bytes) else each.as_bytes() for each in messages)
    return b"\n".join(begin + part + b"\n" for part in parts)
