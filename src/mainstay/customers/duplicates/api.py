"""Searches for duplicates over the API, and the thresholds; pairs are answered under merges."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.people.permissions import require
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Number
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Refused

from . import actions, queries
from .choices import Reach

router = Router()
Probability = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ScanOut(Schema):
    id: int
    reach: str
    as_of: datetime
    state: str
    reason: str = Field(description="Why it ended without a result.")
    settings: dict[str, float] = Field(description="The thresholds that were in force.")
    counts: dict[str, dict[str, int]] = Field(description="Per kind of customer; empty before.")
    import_id: int | None = Field(description="The import that it followed.")
    started_by: str | None
    finished_at: datetime | None

    @staticmethod
    def resolve_import_id(row: Any) -> int | None:
        number: int | None = row.imported_by_id
        return number

    @staticmethod
    def resolve_started_by(row: Any) -> str | None:
        return row.started_by.email if row.started_by else None


class ScanPage(Schema):
    items: list[ScanOut]
    next: str | None


class ScanIn(Input):
    reach: Literal["everything", "changed"] = Field(
        "changed", description="All customers, or those new or changed since the latest search."
    )


class ThresholdsOut(Schema):
    ask_from: float
    merge_from: float
    merges_by_rule: bool
    after_imports: bool
    version: int


class ThresholdsIn(Input):
    ask_from: Probability
    merge_from: Probability
    merges_by_rule: bool = Field(description="Merge sure pairs after a search, without asking.")
    after_imports: bool = Field(description="Search after every import of customers.")
    version: Version | None = Field(None, description="Refused with 409 if it is no longer this.")


@router.get("/scans", response=ScanPage)
@needs("customers:read")
def list_duplicate_scans(request: HttpRequest, wish: Query[limits.Listing]) -> Any:
    """List the searches for duplicates, oldest first."""
    require(request.user, actions.RIGHT)
    return page_of(queries.scans(), wish)


@router.post("/scans", response={201: ScanOut})
@needs("customers:write")
@writes
def start_duplicate_scan(
    request: HttpRequest, payload: ScanIn, idempotency_key: str | None = KEY
) -> Any:
    """Start a search for duplicates; read it until its state is complete. One runs at a time."""
    wish = Reach(payload.reach)
    try:
        made = actions.start_scan(by=request.user, reach=wish, now=timezone.now())
    except actions.CannotScan as reason:
        raise Refused(409, str(reason)) from reason
    return Status(201, ScanOut.from_orm(made))


@router.get("/scans/{scan_id}", response=ScanOut)
@needs("customers:read")
def get_duplicate_scan(request: HttpRequest, scan_id: Number) -> Any:
    """Read one search: its state, and what came of it."""
    require(request.user, actions.RIGHT)
    return found(queries.scan(scan_id))


@router.get("/thresholds", response=ThresholdsOut)
@needs("customers:read")
def get_duplicate_thresholds(request: HttpRequest) -> Any:
    """Read from which probability on records are merged by rule, or a person is asked."""
    require(request.user, actions.RIGHT)
    return queries.thresholds()


@router.put("/thresholds", response={200: ThresholdsOut})
@needs("customers:write")
@writes
def set_duplicate_thresholds(
    request: HttpRequest, payload: ThresholdsIn, idempotency_key: str | None = KEY
) -> Any:
    """Set the thresholds; open pairs follow at once."""
    values = payload.model_dump(exclude={"version"})
    row = actions.set_thresholds(
        by=request.user, values=values, now=timezone.now(), version=payload.version
    )
    return Status(200, ThresholdsOut.from_orm(row))
