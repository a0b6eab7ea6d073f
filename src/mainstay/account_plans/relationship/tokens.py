"""The token of an invitation: signed, so that only links which we made are looked up at all."""

from typing import Any

from django.core import signing

SALT = "mainstay.account_relations"
LONGEST = 200


def drawn(invitation: Any) -> str:
    return signing.Signer(salt=SALT).sign_object([invitation.pk, invitation.nonce])


def read(token: str) -> tuple[int, str] | None:
    """Return number and nonce; None for what is not ours."""
    try:
        number, nonce = signing.Signer(salt=SALT).unsign_object(token[:LONGEST])
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(number), str(nonce)
