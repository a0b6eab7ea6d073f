"""Passwords of mailboxes, encrypted by the site's key: a copy of the database alone opens none.

Whoever runs the machine may keep them out of the database altogether, in an environment variable;
its name begins with MAINSTAY_MAIL_, so that no other secret of the machine can be sent away by
naming it here.
"""

import base64
import os

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

PURPOSE = "mainstay.mail.passwords"
VARIABLES = "MAINSTAY_MAIL_"


class NoSecret(Exception):
    """There is no password; the text says what to do."""


def sealed(secret: str) -> str:
    return _cipher().encrypt(secret.encode()).decode()


def opened(sealed: str, variable: str) -> str:
    """Return the password that was sealed, or that the environment holds."""
    if variable:
        return _from_environment(variable)
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        text = _("The site's key has changed since the password was typed; type it once more.")
        raise NoSecret(text) from error


def _from_environment(variable: str) -> str:
    found = os.environ.get(variable, "") if variable.startswith(VARIABLES) else ""
    if not found:
        text = _("The environment variable %(name)s is not set on this machine; set it there.")
        raise NoSecret(text % {"name": variable})
    return found


def _cipher() -> Fernet:
    key = salted_hmac(PURPOSE, "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
