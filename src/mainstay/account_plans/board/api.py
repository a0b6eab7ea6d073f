"""The board of all key accounts over the API."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from mainstay.people import queries as people
from mainstay.shared.rest.limits import Number, Text
from mainstay.shared.rest.operations import known, needs

from . import presenters, worth

router = Router()


class BoardFactorOut(Schema):
    key: str
    tone: str = Field(description="attention, watch, well or unknown.")
    reason: str


class BoardCertaintyOut(Schema):
    kind: str
    level: int | None = Field(description="The lowest over all services: 1 low, 3 high.")


class BoardActionOut(Schema):
    task_id: int
    title: str
    due_date: date | None
    who: str
    late: bool


class BoardRowOut(Schema):
    customer_id: int
    name: str
    owner: str | None
    value_minor: int | None = Field(description="null: not known; sorted last.")
    gap_minor: int | None
    share_of_wallet: float | None
    certainty: list[BoardCertaintyOut]
    health: str = Field(description="attention, watch, well or unknown; never a sum.")
    factors: list[BoardFactorOut]
    next_action: BoardActionOut | None
    changes: list[str] = Field(description="Within the last 30 days.")


class BoardOut(Schema):
    as_of: date | None = Field(description="Of the value run; null: there is none yet.")
    value_kind: str | None = Field(
        description="What value_minor is of every account: lifetime value or sales."
    )
    notes: list[str] = Field(description="What must be known of the values as a whole.")
    next_page: int | None
    items: list[BoardRowOut]


@router.get("/board", response=BoardOut)
@needs("customers:read")
def get_board(
    request: HttpRequest,
    owner: Text | None = None,
    sort: Literal["health", "value", "gap", "next", "name"] = "health",
    page: Number = 1,
) -> Any:
    """Read the key accounts that you may see, fifty a page: value, gap, certainty, health."""
    whose = None
    if owner is not None:
        whose = known(people.owners().filter(email=owner).first(), "owner").pk
    shown = presenters.page(request.user, timezone.now(), owner=whose, sort=sort, at=page)
    by = shown["measure"]
    return {
        "as_of": shown["run"].as_of if shown["run"] else None,
        "value_kind": worth.KINDS[by] if by else None,
        "notes": shown["notes"],
        "next_page": shown["next_page"],
        "items": [_row(each) for each in shown["rows"]],
    }


def _row(row: dict[str, Any]) -> dict[str, Any]:
    factors = row["health"].factors
    following = row["next"]
    return {
        "customer_id": row["pk"],
        "name": row["name"],
        "owner": row["email"],
        "value_minor": row["worth"]["minor"],
        "gap_minor": row["gap"]["minor"],
        "share_of_wallet": row["gap"]["share"],
        "certainty": [{"kind": c["kind"], "level": c["level"]} for c in row["certainty"]],
        "health": row["health"].key,
        "factors": [{"key": f.key, "tone": f.word, "reason": f.reason} for f in factors],
        "next_action": {
            "task_id": following["task"],
            "title": following["title"],
            "due_date": following["due"],
            "who": following["who"],
            "late": following["late"],
        }
        if following["title"]
        else None,
        "changes": row["changes"],
    }
