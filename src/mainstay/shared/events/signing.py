"""How a receiver knows that a message is ours; docs/how-to/receive-webhooks.md tells the other
side.
"""

import base64
import hashlib
import hmac

from django.utils.crypto import salted_hmac

PREFIX = "whsec_"


def secret_of(salt: str) -> str:
    """Return the endpoint's secret: derived from the site's key, so it stands in no table."""
    made = salted_hmac("mainstay.webhooks", salt, algorithm="sha256").digest()
    return PREFIX + base64.urlsafe_b64encode(made).decode().rstrip("=")


def signature(*, secret: str, timestamp: int, body: bytes) -> str:
    """Return the HMAC-SHA256 of `timestamp.body` under the secret, in hexadecimal."""
    signed = f"{timestamp}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
