"""Cohorts over the API: the cells of the map, the growth of a relationship, one's own cohorts."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.people.permissions import can, require
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, needs, writes
from mainstay.shared.rest.problems import Refused
from mainstay.value.queries import current_run

from . import actions, queries

router = Router()


class CellOut(Schema):
    """A cohort at an age: `customers` of `of` have lived through it; sums are theirs."""

    cohort: dt.date
    age: int = Field(description="From 0.")
    of: int
    customers: int
    active: int
    retention: float | None
    retention_low: float | None
    retention_high: float | None
    purchases: int
    revenue_minor: int
    margin_minor: int | None = Field(description="Null for users who may not see money.")


class CohortsOut(Schema):
    run_id: int
    as_of: dt.date
    period: str
    cells: list[CellOut]


class CohortWish(Input):
    period: Annotated[
        Literal["month", "quarter", "year"], Field(description="In which ages are counted.")
    ] = "quarter"
    own: Annotated[bool, Field(description="Your own cohorts instead of calendar periods.")] = False


class StepOut(Schema):
    """From one year of the relationship to the next, over the same customers; minor units."""

    year: int = Field(description="The later one, from 2.")
    customers: int
    before: float
    after: float
    change: list[float] | None = Field(description="Value, low and high of the 95 % interval.")
    parts: dict[str, float] | None = Field(description="They add up to the change.")


class GrowthOut(Schema):
    run_id: int
    as_of: dt.date
    steps: list[StepOut]


class OwnIn(Input):
    name: Annotated[Text, Field(min_length=1, max_length=80)]
    first: Annotated[dt.date, Field(description="Any day of the first month.")]
    last: Annotated[dt.date, Field(description="Any day of the last month.")]


class OwnOut(Schema):
    id: int
    name: str
    first: dt.date
    last: dt.date


@router.get("/cohorts", response=CohortsOut)
@needs("value:read")
def get_cohorts(request: HttpRequest, wish: Query[CohortWish]) -> Any:
    """Read the cells of the cohorts: retention, revenue and margin at each age."""
    run, known = _known(request)
    cells: Any = queries.cells(known, wish.period)
    if wish.own:
        mine = list(queries.own_cohorts(request.user))
        cells = queries.own_cells(known, wish.period, mine)
    if cells is None:
        raise Refused(404, _("This run knows cohorts of your own in months only; start a new one."))
    money = can(request.user, "money.view")
    told = [_cell(cell, money) for cell in cells]
    return CohortsOut(run_id=run.pk, as_of=run.as_of, period=wish.period, cells=told)


def _cell(cell: Any, money: bool) -> CellOut:
    share = cell.retention()
    value, low, high = share if share else (None, None, None)
    return CellOut(
        **{name: getattr(cell, name) for name in ("cohort", "age", "of", "customers", "active")},
        retention=value,
        retention_low=low,
        retention_high=high,
        purchases=cell.purchases,
        revenue_minor=cell.revenue_minor,
        margin_minor=cell.margin_minor if money else None,
    )


@router.get("/cohorts/growth", response=GrowthOut)
@needs("value:read")
def get_growth(request: HttpRequest) -> Any:
    """Read how the margin of the same customers changes from year to year of the relationship."""
    require(request.user, "money.view")
    run, known = _known(request)
    return GrowthOut(run_id=run.pk, as_of=run.as_of, steps=known["steps"])


def _known(request: HttpRequest) -> tuple[Any, dict[str, Any]]:
    require(request.user, "value.view")
    run = current_run()
    known = queries.content(run) if run else None
    if run is None or known is None:
        raise Refused(404, _("No value run tells of cohorts yet; start one."))
    return run, known


@router.get("/cohorts/own", response=list[OwnOut])
@needs("value:read")
def list_own_cohorts(request: HttpRequest) -> Any:
    """List the cohorts you have put together."""
    require(request.user, "value.view")
    return list(queries.own_cohorts(request.user))


@router.post("/cohorts/own", response={201: OwnOut})
@needs("value:write")
@writes
def add_own_cohort(request: HttpRequest, payload: OwnIn, idempotency_key: str | None = KEY) -> Any:
    """Put a cohort together; one that overlaps another of yours is refused."""
    values = payload.model_dump()
    row = actions.save_own(by=request.user, now=timezone.now(), values=values)
    return Status(201, OwnOut.from_orm(row))


@router.put("/cohorts/own/{cohort_id}", response=OwnOut)
@needs("value:write")
def change_own_cohort(request: HttpRequest, cohort_id: Number, payload: OwnIn) -> Any:
    """Change a cohort of yours."""
    require(request.user, "value.view")
    row = found(queries.own_cohort(request.user, pk=cohort_id))
    known: Any = {"by": request.user, "now": timezone.now(), "values": payload.model_dump()}
    return OwnOut.from_orm(actions.save_own(own=row, **known))


@router.delete("/cohorts/own/{cohort_id}", response={204: None})
@needs("value:write")
def remove_own_cohort(request: HttpRequest, cohort_id: Number) -> Any:
    """Take a cohort of yours off."""
    require(request.user, "value.view")
    row = found(queries.own_cohort(request.user, pk=cohort_id))
    actions.remove_own(by=request.user, now=timezone.now(), own=row)
    return Status(204, None)
