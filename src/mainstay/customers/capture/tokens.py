"""The token of a page that was shown: when it was, and a name for what is sent from it."""

import secrets
from datetime import datetime

from django.core import signing

from .rules import MOST_SECONDS, is_too_quick

SALT = "mainstay.capture"
GIFT_SALT = "mainstay.capture.gift"
GIFT_DAYS = 30


class Unusable(Exception):
    """The token is not ours, too old or too young; `young` says which."""

    def __init__(self, *, young: bool = False) -> None:
        super().__init__("token")
        self.young = young


def fresh() -> str:
    """Return a name for one page that is shown."""
    return secrets.token_urlsafe(12)


def drawn(touchpoint: str, now: datetime) -> str:
    content = [touchpoint, fresh(), int(now.timestamp())]
    return signing.dumps(content, salt=SALT, compress=True)


def nonce(token: str, touchpoint: str, now: datetime, *, at_once: bool = False) -> str:
    """Return what names the page; raise Unusable. `at_once`: it may be used right away."""
    try:
        where, name, at = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Unusable from error
    age = now.timestamp() - at
    if where != touchpoint or age > MOST_SECONDS:
        raise Unusable
    if is_too_quick(age) and not at_once:
        raise Unusable(young=True)
    return str(name)


def of_gift(form: int, now: datetime) -> str:
    """Return the token by which somebody who filled in the form fetches its file."""
    return signing.dumps([form, int(now.timestamp())], salt=GIFT_SALT)


def gift_of(token: str, now: datetime) -> int:
    """Return the number of the form whose file the token fetches; raise Unusable."""
    try:
        form, at = signing.loads(token, salt=GIFT_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Unusable from error
    if now.timestamp() - at > GIFT_DAYS * 24 * 3600:
        raise Unusable
    return int(form)
