"""Value over the API: runs, and what the current run says of each customer."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.people.permissions import can, readable_fields, require
from mainstay.shared.rest.limits import KEY, Input, Integer, Listing, Number, Term
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, Refused
from mainstay.value import actions, queries

router = Router()
FROM_THIS_MODEL = "value.customervalue"
ORDERS = {
    "customer_id": ("customer_id",),
    "clv": ("clv_minor", "customer_id"),
    "-clv": ("-clv_minor", "-customer_id"),
}


class RunOut(Schema):
    id: int
    as_of: dt.date
    state: str
    reason: str
    is_current: bool
    customer_count: int
    parameters: dict[str, Any]
    fingerprint: str
    timings: dict[str, Any]
    created_at: dt.datetime
    finished_at: dt.datetime | None
    forgotten_at: dt.datetime | None = Field(description="Since when only its sums are kept.")
    job_id: int | None

    @staticmethod
    def resolve_job_id(row: Any) -> int | None:
        return int(row.job_id) if row.job_id else None


class RunPage(Schema):
    items: list[RunOut]
    next: str | None


class RunWithSummary(Schema):
    run: RunOut
    summary: dict[str, Any] = Field(description="Empty for users who may not see money.")


class RunWish(Input):
    as_of: dt.date | None = Field(None, description="The day to value for; today if left out.")
    model: Annotated[Term, Field(description="Of purchases, or best; else the setting.")] = ""


class ValueOut(Schema):
    """Money in minor units; what the user may not see is null."""

    customer_id: int
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    occasions: int | None = None
    revenue_minor: int | None = None
    margin_minor: int | None = None
    recency_days: int | None = None
    tenure_days: int | None = None
    trend: float | None = None
    r: int | None = None
    f: int | None = None
    m: int | None = None
    rfm: str | None = None
    segment: str | None = None
    abc_class: str | None = None
    revenue_rank: int | None = None
    revenue_share_cum: float | None = None
    p_alive: float | None = None
    expected_12m: float | None = None
    expected_12m_low: float | None = None
    expected_12m_high: float | None = None
    expected_average_minor: int | None = None
    clv_minor: int | None = None
    clv_low_minor: int | None = None
    clv_high_minor: int | None = None


class ValuePage(Schema):
    run: RunOut
    items: list[ValueOut]
    next: str | None


class ValueListing(Listing):
    abc_class: Annotated[Term, Field(description="A, B or C.")] = ""
    segment: Annotated[Term, Field(description="The RFM segment's key.")] = ""
    run_id: Annotated[Number | None, Field(description="An earlier run; else the current.")] = None
    min_revenue_minor: Integer | None = None
    max_p_alive: Annotated[float | None, Field(ge=0, le=1, allow_inf_nan=False)] = None
    sort: Annotated[
        Literal["customer_id", "clv", "-clv"],
        Field(description="By CLV, -clv the largest first: customers without one are left out."),
    ] = "customer_id"


@router.get("/runs", response=RunPage)
@needs("value:read")
def list_runs(request: HttpRequest, wish: Query[Listing]) -> Any:
    """List value runs, the latest first."""
    require(request.user, "value.view")
    return page_of(queries.runs(), wish, order=("-id",))


@router.post("/runs", response={201: RunOut})
@needs("value:run")
@writes
def start_run(request: HttpRequest, payload: RunWish, idempotency_key: str | None = KEY) -> Any:
    """Order a value run; follow it by its job or by its state."""
    require(request.user, "value.run")
    now, as_of = timezone.now(), payload.as_of or timezone.localdate()
    try:
        run = actions.start_run(by=request.user, as_of=as_of, model=payload.model, now=now)
    except actions.CannotRun as reason:
        raise Refused(422, str(reason), [Fault(field="as_of", message=str(reason))]) from reason
    return Status(201, RunOut.from_orm(queries.run(pk=run.pk)))


@router.get("/runs/current", response=RunWithSummary)
@needs("value:read")
def get_current_run(request: HttpRequest) -> Any:
    """Read the run that every page shows, with its summary."""
    return _told(request, _current(request))


@router.get("/runs/{run_id}", response=RunWithSummary)
@needs("value:read")
def get_run(request: HttpRequest, run_id: Number) -> Any:
    """Read one run, with its summary."""
    require(request.user, "value.view")
    return _told(request, found(queries.run(pk=run_id)))


@router.get("/customers", response=ValuePage)
@needs("value:read")
def list_values(request: HttpRequest, wish: Query[ValueListing]) -> Any:
    """List what a run says of each customer; one page is always of one run."""
    run = _current(request) if wish.run_id is None else found(queries.run(pk=wish.run_id))
    require(request.user, "value.view")
    wishes = {
        "abc_class": wish.abc_class,
        "segment": wish.segment,
        "revenue_minor__gte": wish.min_revenue_minor,
        "p_alive__lte": wish.max_p_alive,
    }
    if run.forgotten_at is not None:
        raise Refused(404, _("What this run said of each customer was deleted; its sums stay."))
    rows = queries.narrowed(queries.values_in(run, user=request.user), wishes)
    if wish.sort != "customer_id":
        require(request.user, "money.view")
        rows = rows.filter(
            clv_minor__isnull=False
        )  # as a range of the index, not as NOT (… IS NULL)
    page = page_of(rows, wish, order=ORDERS[wish.sort])
    items = [_value(request, row) for row in page["items"]]
    return ValuePage(run=RunOut.from_orm(run), items=items, next=page["next"])


@router.get("/customers/{customer_id}", response=ValueOut)
@needs("value:read")
def get_value(request: HttpRequest, customer_id: Number) -> Any:
    """Read what the current run says of one customer."""
    require(request.user, "value.view")
    return _value(request, found(queries.value_of(customer_id, user=request.user)))


def _current(request: HttpRequest) -> Any:
    require(request.user, "value.view")
    run = queries.current_run()
    if run is None:
        raise Refused(404, _("No value run is complete yet; start one and wait for its job."))
    return run


def _told(request: HttpRequest, run: Any) -> RunWithSummary:
    summary = run.summary if can(request.user, "money.view") else {}
    return RunWithSummary(run=RunOut.from_orm(run), summary=summary)


def _value(request: HttpRequest, row: Any) -> ValueOut:
    readable = readable_fields(request.user, FROM_THIS_MODEL)
    names = [name for name in ValueOut.model_fields if name in readable]
    return ValueOut(customer_id=row.customer_id, **{name: getattr(row, name) for name in names})
