"""The limits of the API, in one place; docs/reference/api-limits.md tells them."""

import re
import threading
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Schema
from ninja.throttling import BaseThrottle
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from mainstay.shared.rest import actions

LARGEST_INTEGER = 2**63 - 1
DEFAULT_ROWS, MOST_ROWS = 50, 500
LARGEST_BATCH = 1000
LONGEST_CURSOR = 1000
REQUESTS_PER_MINUTE = 1200
CLAIMED_AT_ONCE = 20
SPENT = -1
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _fit(text: str) -> str:
    if found := _UNFIT.search(text):
        letter = f"U+{ord(found.group()):04X}"
        raise ValueError(
            _("holds a control character (%(letter)s); remove it") % {"letter": letter}
        )
    return text


def _within_centuries(moment: datetime) -> datetime:
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise ValueError(_("The year is out of range; use one from 1900 to 2199."))
    return moment


Text = Annotated[str, AfterValidator(_fit)]
Term = Annotated[str, AfterValidator(_fit), Field(max_length=200)]
Moment = Annotated[AwareDatetime, AfterValidator(_within_centuries)]
Number = Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
Integer = Annotated[int, Field(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER)]
Real = Annotated[float, Field(allow_inf_nan=False)]


class Input(Schema):
    """What is sent in: a name that does not exist is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Listing(Input):
    """Where to go on in a list, and how far."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many rows.")] = DEFAULT_ROWS
    cursor: Annotated[
        str, Field(max_length=LONGEST_CURSOR, description="The `next` of the page before.")
    ] = ""


KEY: Any = Header(  # type: ignore[type-arg]
    None,
    alias="Idempotency-Key",
    min_length=1,
    max_length=200,
    pattern=r"^[\x21-\x7e]+$",
    description="Drawn by you for one write; sent again, it gives the stored answer.",
)


class PerToken(BaseThrottle):
    """So many requests a minute for each token, over all processes of the server.

    A process claims requests from the database some at a time, so that most cost no query; what
    it claimed and did not use is lost with the minute: the limit is never exceeded.
    """

    def __init__(self) -> None:
        self._left: dict[int, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def allow_request(self, request: HttpRequest) -> bool:
        token: Any = request.auth  # type: ignore[attr-defined]
        minute = _seconds() // 60
        taken = self._take(token.pk, minute, 0)
        if taken is None:
            # Not under the lock: another writer may keep this one waiting.
            taken = self._take(token.pk, minute, self._claim(token.pk, minute))
        return bool(taken)

    def _take(self, token: int, minute: int, granted: int | None) -> bool | None:
        """Answer whether one more may pass; None: it takes another claim to know."""
        with self._lock:
            claimed_in, left = self._left.get(token, (minute, 0))
            left = (left if claimed_in == minute else 0) + (granted or 0)
            if left == 0 and not granted:
                return None
            self._left[token] = (minute, max(left - 1, SPENT))
        return left > 0

    def _claim(self, token: int, minute: int) -> int:
        granted = actions.claim_requests(
            client=f"token {token}",
            minute=minute,
            number=CLAIMED_AT_ONCE,
            most=REQUESTS_PER_MINUTE,
        )
        return granted or SPENT

    def wait(self) -> float:
        return 60 - _seconds() % 60


def _seconds() -> int:
    return int(timezone.now().timestamp())
