"""Profitability over the API: the result, each customer's, activities, quantities, decisions."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.orders import actions as orders
from mainstay.orders import queries as order_queries
from mainstay.people import queries as people
from mainstay.people.permissions import require
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Integer, Listing, Number, Real, Term, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, Refused

from . import actions, queries

router = Router()


class ProfitRunOut(Schema):
    id: int
    as_of: dt.date
    state: str
    reason: str
    is_current: bool
    customer_count: int
    parameters: dict[str, Any]
    created_at: dt.datetime
    finished_at: dt.datetime | None


class ProfitResult(Schema):
    run: ProfitRunOut
    summary: dict[str, Any]


class ProfitWish(Input):
    as_of: dt.date | None = Field(None, description="The last day of the year; today if left out.")


class MatrixCellOut(Schema):
    category_id: int | None
    revenue_minor: int
    margin_minor: int
    cost_to_serve_minor: int
    net_profit_minor: int
    sign: int = Field(description="2: ++, 1: +, -1: −")


class ProfitOut(Schema):
    """A customer's year; money in minor units."""

    customer_id: int
    orders: int
    returns: int
    categories: int
    products: int
    revenue_minor: int
    before_minor: int
    margin_minor: int
    cost_to_serve_minor: int
    net_profit_minor: int
    costs: list[int] = Field(description="One for each of the run's activities, in their order.")
    tenth: int | None
    treatment: str
    change: float | None
    sales_rank: float | None
    sales_through: float | None
    before_rank: float | None
    ever_rank: float | None


class ProfitWithCells(ProfitOut):
    cells: list[MatrixCellOut]


class ProfitPage(Schema):
    items: list[ProfitOut]
    next: str | None


class ProfitListing(Listing):
    treatment: Annotated[Term, Field(description="raise_price, lower_service_cost …")] = ""
    tenth: Annotated[int | None, Field(ge=1, le=10)] = None
    max_net_profit_minor: Integer | None = None


class ActivityOut(Schema):
    id: int
    name: str
    yearly_cost_minor: int
    driver: str
    capacity_hours: float | None
    unit_minutes: float | None
    archived_at: dt.datetime | None
    version: int


class ActivityPage(Schema):
    items: list[ActivityOut]
    next: str | None


class ActivityIn(Input):
    name: Text
    yearly_cost_minor: Integer
    driver: Text = Field(description="orders, lines, returns, units, visit, call … or own")
    capacity_hours: Real | None = None
    unit_minutes: Real | None = None


class QuantityIn(Input):
    activity: Text = Field(description="Name of an activity with the driver “own”.")
    customer_id: Number
    day: dt.date
    quantity: Real


class QuantitiesIn(Input):
    rows: Annotated[list[QuantityIn], Field(min_length=1, max_length=limits.LARGEST_BATCH)]


class QuantitiesOut(Schema):
    written: int


class DecisionIn(Input):
    state: Text = Field(description="open, agreed, done or declined")
    assignee_id: Number | None = None
    note: Text = ""
    version: Number | None = None


class DecisionOut(Schema):
    customer_id: int
    state: str
    assignee_id: int | None
    note: str
    version: int


@router.get("", response=ProfitResult)
@needs("value:read")
def get_profitability(request: HttpRequest) -> Any:
    """Read the current result with its summary: whale curve, activities, check, tenths."""
    require(request.user, "money.view")
    run = queries.current_run()
    if run is None:
        raise Refused(404, _("Profitability was not computed yet; start it and wait for its job."))
    return ProfitResult(run=ProfitRunOut.from_orm(run), summary=run.summary)


@router.post("", response={201: ProfitRunOut})
@needs("value:run")
@writes
def start_profitability(
    request: HttpRequest, payload: ProfitWish, idempotency_key: str | None = KEY
) -> Any:
    """Order the profitability of the year up to a day."""
    now, as_of = timezone.now(), payload.as_of or timezone.localdate()
    try:
        run = actions.start_run(by=request.user, as_of=as_of, now=now)
    except actions.CannotCost as reason:
        raise Refused(422, str(reason), [Fault(field="as_of", message=str(reason))]) from reason
    return Status(201, ProfitRunOut.from_orm(run))


@router.get("/customers", response=ProfitPage)
@needs("value:read")
def list_profits(request: HttpRequest, wish: Query[ProfitListing]) -> Any:
    """List what each customer earned, in the order of their numbers."""
    require(request.user, "money.view")
    wishes = {
        "treatment": wish.treatment,
        "tenth": wish.tenth,
        "net_profit_minor__lte": wish.max_net_profit_minor,
    }
    narrowed = {name: value for name, value in wishes.items() if value not in (None, "")}
    return page_of(queries.profits(request.user).filter(**narrowed), wish, order=("customer_id",))


@router.get("/customers/{customer_id}", response=ProfitWithCells)
@needs("value:read")
def get_profit(request: HttpRequest, customer_id: Number) -> Any:
    """Read what one customer earned, on each category too."""
    require(request.user, "money.view")
    row = found(queries.profit_of(customer_id, user=request.user))
    cells = [MatrixCellOut.from_orm(cell) for cell in queries.cells_of(row.run_id, [customer_id])]
    return ProfitWithCells.model_construct(**ProfitOut.from_orm(row).model_dump(), cells=cells)


@router.put("/customers/{customer_id}/decision", response=DecisionOut)
@needs("customers:write")
@writes
def decide_treatment(
    request: HttpRequest,
    customer_id: Number,
    payload: DecisionIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Keep what was decided about an unprofitable customer."""
    require(request.user, "money.view")
    row = found(queries.profit_of(customer_id, user=request.user))
    person = people.owners().filter(pk=payload.assignee_id).first() if payload.assignee_id else None
    if payload.assignee_id and person is None:
        sentence = _("No person who looks after customers has this number.")
        raise Refused(422, sentence, [Fault(field="assignee_id", message=sentence)])
    values = {"state": payload.state, "assignee": person, "note": payload.note}
    kept = actions.decide(
        by=request.user,
        now=timezone.now(),
        customer=row.customer,
        values=values,
        version=payload.version,
    )
    return Status(200, DecisionOut.from_orm(kept))


@router.get("/activities", response=ActivityPage)
@needs("value:read")
def list_activities(request: HttpRequest, wish: Query[Listing]) -> Any:
    """List activities with their yearly cost and driver, archived ones too."""
    require(request.user, "money.view")
    return page_of(order_queries.every_activity(), wish, order=("id",))


@router.post("/activities", response={201: ActivityOut})
@needs("orders:write")
@writes
def add_activity(
    request: HttpRequest, payload: ActivityIn, idempotency_key: str | None = KEY
) -> Any:
    """Add an activity; it counts from the next computation on."""
    values = payload.model_dump()
    row = orders.save_activity(by=request.user, now=timezone.now(), values=values)
    return Status(201, ActivityOut.from_orm(row))


@router.put("/activities/{activity_id}", response=ActivityOut)
@needs("orders:write")
@writes
def change_activity(
    request: HttpRequest,
    activity_id: Number,
    payload: ActivityIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change an activity."""
    require(request.user, "money.view")
    row = found(order_queries.activity(pk=activity_id))
    values, now = payload.model_dump(), timezone.now()
    changed = orders.save_activity(by=request.user, now=now, values=values, activity=row)
    return Status(200, ActivityOut.from_orm(changed))


@router.post("/quantities", response=QuantitiesOut)
@needs("orders:write")
@writes
def record_quantities(
    request: HttpRequest, payload: QuantitiesIn, idempotency_key: str | None = KEY
) -> Any:
    """Record quantities of own drivers: the same activity, customer and day again replaces."""
    rows = [
        orders.QuantityIn(
            activity=row.activity, customer=row.customer_id, day=row.day, quantity=row.quantity
        )
        for row in payload.rows
    ]
    try:
        written = orders.record_quantities(by=request.user, now=timezone.now(), rows=rows)
    except orders.QuantitiesRefused as refusal:
        sentence = _("Nothing was recorded; correct what is listed and send again.")
        faults = [Fault(row=at, field=name, message=why) for at, name, why in refusal.problems]
        raise Refused(422, sentence, faults[: limits.DEFAULT_ROWS]) from refusal
    return Status(200, QuantitiesOut(written=written))
