"""Everything that changes consents, purposes and cases."""

from .cases import (
    check_identity,
    extend,
    forget_packages,
    let_return,
    open_case,
    refuse,
    restrict,
    start,
)
from .consents import choose, confirm, make_link, note_consent, revoke_link, withdraw_all
from .erasing import erase
from .packing import pack
from .purposes import add_wording, archive_purpose, save_purpose
from .repeating import Repeated, repeat_erasures

__all__ = [
    "Repeated",
    "add_wording",
    "archive_purpose",
    "check_identity",
    "choose",
    "confirm",
    "erase",
    "extend",
    "forget_packages",
    "let_return",
    "make_link",
    "note_consent",
    "open_case",
    "pack",
    "refuse",
    "repeat_erasures",
    "restrict",
    "revoke_link",
    "save_purpose",
    "start",
    "withdraw_all",
]
