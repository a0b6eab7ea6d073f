"""A new secret for an endpoint, while the one before goes on signing for a chosen time."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.shared import trail
from mainstay.shared.events.actions.endpoints import mine
from mainstay.shared.events.models import Endpoint

OVERLAP_HOURS = 24
MOST_HOURS = 30 * 24


@transaction.atomic
def change_secret(
    *, by: Any, now: datetime, endpoint: Endpoint, overlap_hours: int = OVERLAP_HOURS
) -> Endpoint:
    """Give the endpoint a new secret; the old one signs beside it for so many hours.

    A secret from before an earlier change that still signed does so no more.
    """
    if not 0 <= overlap_hours <= MOST_HOURS:
        text = _("The old secret goes on for 0 to %(most)d hours; choose fewer.")
        raise ValidationError({"overlap_hours": text % {"most": MOST_HOURS}})
    row = mine(by, endpoint)
    until = now + timedelta(hours=overlap_hours)
    row.previous_salt, row.previous_until = (row.salt, until) if overlap_hours else ("", None)
    row.salt = secrets.token_hex(16)
    row.save(update_fields=["salt", "previous_salt", "previous_until"])
    new = {"overlap_hours": overlap_hours}
    trail.record(by=by, verb="webhook.secret_changed", target=row, new=new, now=now)
    return row


@transaction.atomic
def end_previous_secret(*, by: Any, now: datetime, endpoint: Endpoint) -> Endpoint:
    """Let the secret before sign no more, as when it is lost or the receiver has changed over."""
    row = mine(by, endpoint)
    if row.previous_until is not None:
        row.previous_salt, row.previous_until = "", None
        row.save(update_fields=["previous_salt", "previous_until"])
        trail.record(by=by, verb="webhook.old_secret_ended", target=row, now=now)
    return row
