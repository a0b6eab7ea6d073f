"""New customers over the API: what they cost and are worth, channels, campaigns and their costs."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers import actions as customers
from mainstay.customers.queries import campaigns
from mainstay.people.permissions import require
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Listing, Number, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Refused
from mainstay.value.queries import current_run

from . import actions, queries

router = Router()
Amount = Annotated[int, Field(ge=0, le=actions.LARGEST, description="In minor units.")]


class Interval(Schema):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class PaybackOut(Schema):
    """Months of life until the money is back; null: not within the months observed."""

    months: int | None
    earliest: int | None
    latest: int | None
    observed: int
    customers: int


class WonOut(Schema):
    """New customers and their cost; cac, worth and ratio are null for fewer than 20."""

    channel_id: int | None = Field(None, alias="channel")
    campaign_id: int | None = Field(None, alias="campaign")
    cohort: dt.date | None
    customers: int
    counted: int = Field(description="Those who came in months whose cost is known.")
    cost_minor: float = Field(alias="cost")
    months: int = Field(description="With a known cost.")
    cac: Interval | None
    worth_each: Interval | None = Field(alias="each")
    ratio: Interval | None = Field(description="LTV : CAC.")
    payback: PaybackOut | None


class AcquisitionOut(Schema):
    run_id: int
    as_of: dt.date
    first_month: dt.date
    last_month: dt.date
    customers: int
    without_channel: int
    without_cost: int
    months_without_cost: int
    blended: Interval | None
    whole: WonOut
    channels: list[WonOut]
    campaigns: list[WonOut]
    cohorts: list[WonOut]


class Span(Input):
    months: Annotated[int, Field(ge=1, le=600, description="Whole months up to the run.")] = 12


class CampaignOut(Schema):
    id: int
    name: str


class ChannelOut(Schema):
    id: int
    name: str
    campaigns: list[CampaignOut]


class ChannelIn(Input):
    name: Annotated[Text, Field(min_length=1, max_length=80)]
    campaigns: Annotated[list[Annotated[Text, Field(max_length=120)]], Field(max_length=50)] = (
        Field([], description="To be added; known ones stay.")
    )


class CostOut(Schema):
    id: int
    channel_id: int
    campaign_id: int | None
    month: dt.date
    amount_minor: int
    note: str


class CostPage(Schema):
    items: list[CostOut]
    next: str | None


class CostListing(Listing):
    channel_id: Number | None = None


class CostIn(Input):
    channel: Annotated[Text, Field(min_length=1, max_length=80, description="A new one is added.")]
    campaign: Annotated[Text, Field(max_length=120, description="Within the channel.")] = ""
    month: Annotated[dt.date, Field(description="Any day of the month.")]
    amount_minor: Amount
    note: Annotated[Text, Field(max_length=200)] = ""


class CostBatch(Input):
    costs: Annotated[list[CostIn], Field(min_length=1, max_length=limits.LARGEST_BATCH)]


class CostsRecorded(Schema):
    added: int
    changed: int
    unchanged: int


@router.get("/acquisition", response=AcquisitionOut, by_alias=False)
@needs("value:read")
def get_acquisition(request: HttpRequest, wish: Query[Span]) -> Any:
    """Read what the new customers of the last whole months cost, are worth and bring back."""
    require(request.user, "money.view")
    run = current_run()
    book = queries.book(run) if run else None
    if run is None or book is None:
        raise Refused(404, _("No value run tells of new customers yet; start one."))
    report = queries.report(book, run, months=wish.months)
    return {
        **vars(report),
        "run_id": run.pk,
        "as_of": run.as_of,
        "first_month": report.period.first,
        "last_month": report.period.last,
        **{name: _won(getattr(report, name)) for name in ("channels", "campaigns", "cohorts")},
        "whole": _won([report.whole])[0],
        "blended": _ends(report.blended),
    }


def _won(rows: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(row, name) for name in ("channel", "campaign", "cohort")},
            **{name: getattr(row, name) for name in ("customers", "counted", "cost", "months")},
            **{name: _ends(getattr(row, name)) for name in ("cac", "each", "ratio", "payback")},
        }
        for row in rows
    ]


def _ends(estimate: Any) -> dict[str, Any] | None:
    return None if estimate is None else dict(estimate._asdict())


@router.get("/acquisition/channels", response=list[ChannelOut])
@needs("value:read")
def list_channels(request: HttpRequest) -> Any:
    """List the channels by which customers come, with their campaigns."""
    require(request.user, "money.view")
    return [_channel(row["channel"]) for row in queries.listed_channels()]


@router.post("/acquisition/channels", response={201: ChannelOut})
@needs("value:write")
@writes
def add_channel(request: HttpRequest, payload: ChannelIn, idempotency_key: str | None = KEY) -> Any:
    """Add a channel, with campaigns if some are named."""
    values = payload.model_dump()
    row = customers.add_channel(by=request.user, now=timezone.now(), values=values)
    return Status(201, _channel(row))


@router.put("/acquisition/channels/{channel_id}", response=ChannelOut)
@needs("value:write")
def change_channel(request: HttpRequest, channel_id: Number, payload: ChannelIn) -> Any:
    """Give a channel another name, and add campaigns to it."""
    require(request.user, "acquisition.edit")
    row = found(queries.channel(pk=channel_id))
    known: Any = {"by": request.user, "now": timezone.now(), "values": payload.model_dump()}
    return _channel(customers.change_channel(channel=row, **known))


@router.delete("/acquisition/channels/{channel_id}", response={204: None})
@needs("value:write")
def remove_channel(request: HttpRequest, channel_id: Number) -> Any:
    """Remove a channel by which no customer came, with its campaigns and costs."""
    require(request.user, "acquisition.edit")
    row = found(queries.channel(pk=channel_id))
    customers.remove_channel(by=request.user, now=timezone.now(), channel=row)
    return Status(204, None)


@router.get("/acquisition/costs", response=CostPage)
@needs("value:read")
def list_costs(request: HttpRequest, wish: Query[CostListing]) -> Any:
    """List what channels and campaigns cost by month, the latest first."""
    require(request.user, "money.view")
    rows = queries.costs(request.user)
    if wish.channel_id is not None:
        rows = rows.filter(channel=wish.channel_id)
    return page_of(rows, wish, order=("-month", "-id"))


@router.post("/acquisition/costs/batch", response=CostsRecorded)
@needs("value:write")
@writes
def record_costs(
    request: HttpRequest, payload: CostBatch, idempotency_key: str | None = KEY
) -> Any:
    """Record up to 1,000 costs, all or none; a known month of a channel or campaign is changed."""
    rows = [row.model_dump() for row in payload.costs]
    counts = actions.record_costs(by=request.user, now=timezone.now(), rows=rows)
    return Status(200, CostsRecorded(**counts))


@router.delete("/acquisition/costs/{cost_id}", response={204: None})
@needs("value:write")
def remove_cost(request: HttpRequest, cost_id: Number) -> Any:
    """Take a cost off; its month then counts as unknown."""
    require(request.user, "acquisition.edit")
    row = found(queries.cost(request.user, pk=cost_id))
    actions.remove_cost(by=request.user, now=timezone.now(), cost=row)
    return Status(204, None)


def _channel(row: Any) -> ChannelOut:
    own = [CampaignOut(id=one.pk, name=one.name) for one in campaigns().filter(channel=row)]
    return ChannelOut(id=row.pk, name=row.name, campaigns=own)
