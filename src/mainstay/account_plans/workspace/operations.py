"""What every operation of the API on a key account begins with."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mainstay.shared.rest.operations import found

from .queries import account


def acting(request: HttpRequest, customer_id: int) -> dict[str, Any]:
    """Return by whom, when and on which account; refuse where the user does not see it."""
    seen = found(account(request.user, customer_id))
    return {"by": request.user, "now": timezone.now(), "account": seen}
