"""Stages over the API: the funnel, one customer's stage and way, a person's decision."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers.queries import visible_to
from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, needs, writes

from . import actions, presenters, queries, tasks
from .rules import ASIDE, WAY

router = Router()
customer_router = Router()
StageName = Literal[
    "suspect",
    "prospect",
    "disqualified",
    "first_time",
    "repeat",
    "client",
    "member",
    "advocate",
    "partner",
    "inactive",
    "former",
]


class FunnelQuery(Input):
    channel_id: Annotated[Number | None, Field(description="Only who came by this channel.")] = None
    year: Annotated[
        int | None, Field(ge=1900, le=2199, description="Only who came into the stage then.")
    ] = None


class Line(Schema):
    stage: StageName
    customers: int = Field(description="Who stands there now, of those you may see.")
    entered: int = Field(description="Who came into it long enough ago.")
    converted: int = Field(description="Who of them came further within the window.")
    share: float | None = Field(description="Null: too few to say.")
    share_low: float | None
    share_high: float | None
    median_days: float | None = Field(description="Of the time in the stage; null: not yet known.")
    median_low: float | None
    median_high: float | None


class FunnelOut(Schema):
    as_of: date | None = Field(description="Null: no stage was computed yet.")
    made_at: datetime | None
    window_months: int | None
    method: str = "Share: Wilson, 95 %. Time in stage: Kaplan-Meier median, 95 %."
    stages: list[Line]


class Step(Schema):
    day: date
    from_stage: str
    to_stage: str
    why: str
    by: str


class Decision(Schema):
    stage: str
    reason: str
    from_date: date
    until_date: date | None


class StageOut(Schema):
    customer_id: int
    stage: StageName | None = Field(description="Null: none was computed yet.")
    since: date | None
    why: str
    by_hand: bool
    decision: Decision | None
    history: list[Step] = Field(description="Latest first.")


class StageIn(Input):
    stage: StageName
    reason: Text = Field(description="Stands in the history, with your name.")
    until_date: date | None = Field(None, description="The last day; null: until it is ended.")


class Started(Schema):
    job_id: int


@router.get("", response=FunnelOut)
@needs("customers:read")
def get_lifecycle(request: HttpRequest, wish: Query[FunnelQuery]) -> Any:
    """Read how many customers stand in each stage, who came further, how long they stay."""
    require(request.user, "customers.view")
    told = presenters.figures(str(wish.channel_id or ""), str(wish.year or ""))
    counts = queries.counts(request.user, told.snapshot)
    return {
        "as_of": told.snapshot and told.snapshot.as_of,
        "made_at": told.snapshot and told.snapshot.made_at,
        "window_months": told.snapshot and told.snapshot.thresholds["window_months"],
        "stages": [_line(stage, counts.get(stage, 0), told) for stage in (*WAY, *ASIDE)],
    }


def _line(stage: str, n: int, told: Any) -> dict[str, Any]:
    share, time = told.shares.get(stage), told.times.get(stage, {})
    estimate = share and share.share
    return {
        "stage": stage,
        "customers": n,
        "entered": share.entered if share else 0,
        "converted": share.converted if share else 0,
        "share": estimate and estimate.value,
        "share_low": estimate and estimate.low,
        "share_high": estimate and estimate.high,
        "median_days": time.get("median"),
        "median_low": time.get("low"),
        "median_high": time.get("high"),
    }


@router.post("/compute", response={202: Started})
@needs("customers:write")
@writes
def compute_lifecycle(request: HttpRequest, idempotency_key: str | None = KEY) -> Any:
    """Have all stages computed by a worker; /jobs/{job_id} tells how far it is."""
    require(request.user, "value.run")
    job = tasks.compute_stages.using(by=request.user).enqueue()
    return Status(202, Started(job_id=int(job.id)))


@customer_router.get("/{customer_id}/stage", response=StageOut)
@needs("customers:read")
def get_stage(request: HttpRequest, customer_id: Number) -> Any:
    """Read in which stage a customer stands, why, and its way so far."""
    return _stage(_customer(request, customer_id))


@customer_router.put("/{customer_id}/stage", response={200: StageOut})
@needs("customers:write")
@writes
def set_stage(
    request: HttpRequest, customer_id: Number, payload: StageIn, idempotency_key: str | None = KEY
) -> Any:
    """Decide in which stage a customer stands, with a reason."""
    row = _customer(request, customer_id)
    about: Any = {"by": request.user, "now": timezone.now(), "today": timezone.localdate()}
    actions.set_stage(**about, customer=row, values=payload.model_dump())
    return Status(200, _stage(row))


@customer_router.delete("/{customer_id}/stage", response={200: StageOut})
@needs("customers:write")
@writes
def free_stage(request: HttpRequest, customer_id: Number, idempotency_key: str | None = KEY) -> Any:
    """End the decision; the next computation goes by the facts."""
    row = _customer(request, customer_id)
    actions.end_override(by=request.user, now=timezone.now(), customer=row)
    return Status(200, _stage(row))


def _customer(request: HttpRequest, number: int) -> Any:
    return found(visible_to(request.user).filter(pk=number).first())


def _stage(customer: Any) -> StageOut:
    standing: Any = queries.standing_of(customer)
    override: Any = queries.override_of(customer)
    return StageOut(
        customer_id=customer.pk,
        stage=standing and standing.stage,
        since=standing and standing.since,
        why=presenters.why(standing, override),
        by_hand=bool(standing and standing.by_hand),
        decision=override and Decision.from_orm(override),
        history=[_step(row) for row in queries.history_of(customer)[:500]],
    )


def _step(row: Any) -> Step:
    why, plain = presenters.reason_of(row), {"from_stage": row.from_stage, "day": row.day}
    return Step(**plain, to_stage=row.to_stage, why=why, by=row.by_name)
