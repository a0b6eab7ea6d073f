"""Everything that changes forms, captured contacts and coupons."""

from .building import (
    add_field,
    add_touchpoint,
    archive_form,
    count_visitors,
    move_field,
    remove_field,
    revoke_touchpoint,
    save_form,
)
from .coupons import add_batch, redeem
from .deciding import accept, attach, refuse
from .sending import TooMany, admit, confirm, count_view, send, told

__all__ = [
    "TooMany",
    "accept",
    "add_batch",
    "add_field",
    "add_touchpoint",
    "admit",
    "archive_form",
    "attach",
    "confirm",
    "count_view",
    "count_visitors",
    "move_field",
    "redeem",
    "refuse",
    "remove_field",
    "revoke_touchpoint",
    "save_form",
    "send",
    "told",
]
