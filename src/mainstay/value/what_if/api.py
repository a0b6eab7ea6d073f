"""What-if over the API: the levers in the address, and the scenarios that are kept."""

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, LARGEST_INTEGER, Input, Number, Text
from mainstay.shared.rest.operations import needs, writes
from mainstay.shared.rest.problems import Refused

from . import actions, queries
from .outcome import LEVERS, Result, moved, today

router = Router()
Retention = Annotated[float | None, Field(gt=0, le=1, allow_inf_nan=False)]
Margin = Annotated[float | None, Field(ge=-1, le=1, allow_inf_nan=False)]
Rate = Annotated[float | None, Field(gt=-1, le=10, allow_inf_nan=False)]
Costs = Annotated[
    dict[str, Annotated[int, Field(ge=0, le=LARGEST_INTEGER)]],
    Field(max_length=200, description="Yearly cost in minor units by the number of the activity."),
]


class Levers(Input):
    """Shares from 0 to 1, the discount rate a year; what is left out stays as it is."""

    retention: Retention = None
    margin: Margin = None
    discount_rate: Rate = None


class ScenarioIn(Levers):
    name: Annotated[Text, Field(min_length=1, max_length=120)]
    note: Annotated[Text, Field(max_length=2000)] = ""
    costs: Costs = Field(default_factory=dict)


class Worth(Schema):
    """Money in minor units; the interval is that of the run, moved in proportion."""

    equity_minor: float | None
    equity_low_minor: float | None
    equity_high_minor: float | None
    yearly_minor: list[float] = Field(description="Present value of each future year.")
    net_profit_minor: float | None
    unprofitable_customers: int | None
    lost_minor: float | None


class Compared(Schema):
    run_id: int
    today: Worth
    then: Worth


class ScenarioOut(Schema):
    id: int
    name: str
    note: str
    retention: float | None
    margin: float | None
    discount_rate: float | None
    costs: dict[str, int]


class ScenarioList(Schema):
    items: list[ScenarioOut]


@router.get("/what-if", response=Compared)
@needs("value:read")
def compute_what_if(request: HttpRequest, wish: Query[Levers]) -> Any:
    """Read what other levers would come to, beside today."""
    require(request.user, "money.view")
    return _compared(wish.model_dump())


@router.get("/scenarios", response=ScenarioList)
@needs("value:read")
def list_scenarios(request: HttpRequest) -> Any:
    """List the scenarios that are kept, the latest first."""
    require(request.user, "money.view")
    return {"items": list(queries.scenarios())}


@router.post("/scenarios", response={201: ScenarioOut})
@needs("value:run")
@writes
def keep_scenario(
    request: HttpRequest, payload: ScenarioIn, idempotency_key: str | None = KEY
) -> Any:
    """Keep levers under a name; a scenario of that name is replaced."""
    require(request.user, "value.run")
    try:
        row = actions.keep_scenario(
            by=request.user, now=timezone.now(), values=payload.model_dump()
        )
    except ValidationError as refusal:
        raise Refused(422, refusal.messages[0]) from refusal
    return Status(201, ScenarioOut.from_orm(row))


@router.get("/scenarios/{scenario_id}", response=Compared)
@needs("value:read")
def compute_scenario(request: HttpRequest, scenario_id: Number) -> Any:
    """Read what a scenario comes to under the current runs, beside today."""
    require(request.user, "money.view")
    row = queries.scenario(pk=scenario_id)
    if row is None:
        raise Refused(404, _("No scenario has this number, or it was put away."))
    return _compared({name: getattr(row, name) for name in (*LEVERS, "costs")})


def _compared(levers: dict[str, Any]) -> Compared:
    now = today()
    if now is None:
        raise Refused(404, _("No value run is complete yet; start one and wait for its job."))
    try:
        then = moved(now, levers)
    except ValueError as reason:
        raise Refused(422, str(reason)) from reason
    return Compared(run_id=now.run.pk, today=_worth(moved(now, {})), then=_worth(then))


def _worth(result: Result) -> Worth:
    value, low, high = result.equity or (None, None, None)
    net, unprofitable, lost = result.profit or (None, None, None)
    return Worth(
        equity_minor=value,
        equity_low_minor=low,
        equity_high_minor=high,
        yearly_minor=result.flows,
        net_profit_minor=net,
        unprofitable_customers=unprofitable,
        lost_minor=lost,
    )
