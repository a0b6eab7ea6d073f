"""How a receiver knows that a message is ours; docs/how-to/receive-webhooks.md tells the other
side.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.crypto import salted_hmac

PREFIX = "whsec_"


def secret_of(salt: str) -> str:
    """Return the endpoint's secret: derived from the site's key, so it stands in no table."""
    made = salted_hmac("mainstay.webhooks", salt, algorithm="sha256").digest()
    return PREFIX + base64.urlsafe_b64encode(made).decode().rstrip("=")


def secrets_of(endpoint: Any, now: datetime) -> list[str]:
    """Return the secrets that sign now: the endpoint's own, and for a while the one before."""
    salts = [endpoint.salt]
    if endpoint.previous_until is not None and now < endpoint.previous_until:
        salts.append(endpoint.previous_salt)
    return [secret_of(salt) for salt in salts]


def signatures(*, secrets: Iterable[str], timestamp: int, body: bytes) -> str:
    """Return what the header holds: a signature under each secret, with a comma between."""
    return ",".join(signature(secret=each, timestamp=timestamp, body=body) for each in secrets)


def signature(*, secret: str, timestamp: int, body: bytes) -> str:
    """Return the HMAC-SHA256 of `timestamp.body` under the secret, in hexadecimal."""
    signed = f"{timestamp}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
