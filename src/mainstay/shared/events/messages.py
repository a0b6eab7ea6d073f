"""The body of a delivery, told with the rights of the endpoint's owner at the moment of sending.

Policy: a subject that the owner may not see is left out, with that anything happened to it.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from mainstay.shared import access
from mainstay.shared.events import queries
from mainstay.shared.events.catalogue import kind_of
from mainstay.shared.events.models import Delivery

LARGEST_BODY = 1024 * 1024
TEST = "webhook.test"


@dataclass(frozen=True)
class Message:
    """What is sent, and what the log keeps of it: everything but what subjects contain."""

    body: bytes
    logged: str
    events: int


def message_of(delivery: Delivery) -> Message:
    happened = _test(delivery) if not delivery.events else _told(delivery)
    head = {"delivery": delivery.pk, "replay": delivery.replay}
    _fit(happened)
    bare = [{name: value for name, value in each.items() if name != "data"} for each in happened]
    return Message(
        body=_encoded(head | {"events": happened}),
        logged=_encoded(head | {"events": bare}).decode(),
        events=len(happened),
    )


def _test(delivery: Delivery) -> list[dict[str, Any]]:
    at = delivery.created_at.isoformat()
    return [{"id": f"test-{delivery.pk}", "name": TEST, "at": at, "subject": None, "told": {}}]


def _told(delivery: Delivery) -> list[dict[str, Any]]:
    rows = queries.rows_of(delivery)
    data = _described(rows, queries.owner_of(delivery))
    return [
        {
            "id": f"{row.pk}-{place}",
            "name": row.name,
            "at": row.at.isoformat(),
            "subject": number,
            "told": told,
            "data": data[row.name][number],
        }
        for row in rows
        for place, (number, told) in enumerate(row.items)
        if number in data[row.name]
    ]


def _described(rows: list[Any], owner: Any) -> dict[str, dict[int, Any]]:
    """Return what the owner may know of the subjects, by event and number."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        numbers[row.name] |= {number for number, _told in row.items}
    found: dict[str, dict[int, Any]] = {}
    for name, ids in numbers.items():
        kind = kind_of(name)
        allowed = kind is not None and access.can(owner, kind.permission)
        found[name] = dict(kind.describe(owner, sorted(ids))) if kind and allowed else {}
    return found


def _fit(happened: list[dict[str, Any]]) -> None:
    """Send what would make the body too large without its data; the API tells them."""
    room = LARGEST_BODY
    for each in happened:
        room -= len(_encoded(each))
        if room < 0 and "data" in each:
            each["data"] = None


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
