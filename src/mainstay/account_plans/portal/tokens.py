"""The token of an invitation: drawn from the row's salt and the site's key, so stored nowhere."""

from typing import Any

from django.utils.crypto import salted_hmac

from mainstay.people.rules import token_hash

PURPOSE = "mainstay.account_portal"
LONGEST = 100


def token_of(invitation: Any) -> str:
    return salted_hmac(PURPOSE, invitation.salt, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what is kept of a token; an address may be of any length."""
    return token_hash(token[:LONGEST])
