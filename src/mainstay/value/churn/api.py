"""Lost customers over the API: losses, the rule, reasons, notes, investments in retention."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers.queries import visible_to
from mainstay.people.permissions import can, require
from mainstay.shared.rest.limits import KEY, LARGEST_INTEGER, Input, Listing, Number, Term, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, Refused
from mainstay.shared.versions import EditedMeanwhile
from mainstay.value.queries import current_number

from . import actions, facts, queries
from .choices import LossKind, Typical

router = Router()
Amount = Annotated[int, Field(ge=0, le=LARGEST_INTEGER, description="In minor units.")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Days = Annotated[int, Field(ge=0, le=3650)]


class Range(Schema):
    value: float
    low: float
    high: float
    level: float | None = None


class ChurnRuleOut(Schema):
    kind: str
    k: float
    typical: str
    floor_days: int
    grace_days: int
    threshold: float


class ChurnRuleIn(Input):
    kind: LossKind
    k: Annotated[float, Field(ge=1, le=100, allow_inf_nan=False)] = 3.0
    typical: Typical = Typical.MEDIAN
    floor_days: Annotated[int, Field(ge=1, le=3650)] = 30
    grace_days: Days = 30
    threshold: Share = 0.2


class ChurnYearOut(Schema):
    start: dt.date
    end: dt.date
    customers: int
    lost: int
    back: int
    churn_rate: Range | None


class MonthOut(Schema):
    month: dt.date
    customers: int = Field(description="On the first day of the month.")
    lost: int
    came_back: int
    returned: int
    provisional: bool
    churn_rate: Range | None
    lost_minor: int | None = None


class ReasonSum(Schema):
    key: str = Field(description="“none”: nobody has noted why.")
    name: str
    lost: int
    lost_minor: int | None = None


class GainOut(Schema):
    points: float = Field(description="0.01: of 100 customers one more stays a year.")
    worth_minor: Range
    share_of_all: float


class ChurnCostOut(Schema):
    lost_times_value_minor: int
    lifetime_minor: int
    margin: float
    lifetime_times_churn_minor: int
    lifetime_lost_minor: int
    years: int
    discount_rate: float


class ChurnOut(Schema):
    """Money is left out for whoever may not see it."""

    run_id: int
    as_of: dt.date
    rule: ChurnRuleOut
    cannot: str = Field(description="no_contracts or no_model: why nothing could be counted.")
    year: ChurnYearOut | None = None
    months: list[MonthOut] = []
    reasons: list[ReasonSum] = []
    cost: ChurnCostOut | None = None
    gains: list[GainOut] = []


class LossOut(Schema):
    customer_id: int
    first_day: dt.date
    last_day: dt.date
    lost_on: dt.date
    came_back_on: dt.date | None
    yearly_minor: int | None = None


class LossPage(Schema):
    items: list[LossOut]
    next: str | None


class LossListing(Listing):
    lost_from: dt.date | None = None
    lost_until: dt.date | None = None
    reason: Annotated[Term, Field(description="Its key; none: nobody has noted why.")] = ""
    not_back: bool | None = None


class ReasonOut(Schema):
    key: str
    name: str


class ReasonIn(Input):
    name: Annotated[Text, Field(min_length=1)]


class NoteIn(Input):
    reason: Text = Field(description="The key of a reason.")
    noted_on: dt.date
    text: Annotated[Text, Field(max_length=2000)] = ""


class NoteOut(Schema):
    reason: str
    noted_on: dt.date
    text: str


class ChurnCaseIn(Input):
    name: Annotated[Text, Field(min_length=1, max_length=120)]
    note: Annotated[Text, Field(max_length=2000)] = ""
    cost_once_minor: Amount = 0
    cost_yearly_minor: Amount = 0
    points_low: Share
    points: Share
    points_high: Share


class ChurnAnswerOut(Schema):
    as_of: dt.date
    customers: int
    years: int
    cost_minor: int
    gain_minor: Range
    net_minor: Range
    break_even_points: float | None


class ChurnCaseOut(ChurnCaseIn):
    id: int
    version: int
    answer: ChurnAnswerOut | None = Field(description="Null: no run allows to say whether it pays.")


@router.get("/churn", response=ChurnOut)
@needs("value:read")
def get_churn(request: HttpRequest) -> Any:
    """Read what the current run says of lost customers."""
    require(request.user, "value.view")
    told = facts.current(may_see_money=can(request.user, "money.view"))
    if told is None:
        raise Refused(404, _("No value run has counted losses yet. Start one, and read it then."))
    return told


@router.get("/churn/losses", response=LossPage)
@needs("value:read")
def list_losses(request: HttpRequest, wish: Query[LossListing]) -> Any:
    """List losses of the current run among the customers you may see."""
    require(request.user, "value.view")
    rows = queries.narrowed_losses(current_number(), user=request.user, **_wishes(wish))
    page = page_of(rows, wish)
    money = can(request.user, "money.view")
    items = [LossOut.from_orm(row) for row in page["items"]]
    for item in items if not money else []:
        item.yearly_minor = None
    return {"items": items, "next": page["next"]}


def _wishes(wish: LossListing) -> dict[str, Any]:
    names = ("lost_from", "lost_until", "reason", "not_back")
    return {name: getattr(wish, name) for name in names}


@router.put("/churn/rule", response=ChurnRuleOut)
@needs("value:write")
def set_rule(request: HttpRequest, payload: ChurnRuleIn) -> Any:
    """Choose who counts as lost, from the next value run on."""
    return _done(actions.choose_rule, by=request.user, values=payload.model_dump())


@router.get("/churn/reasons", response=list[ReasonOut])
@needs("value:read")
def list_reasons(request: HttpRequest) -> Any:
    """List the reasons that are offered."""
    require(request.user, "value.view")
    return [{"key": key, "name": name} for key, name in queries.reasons().items()]


@router.post("/churn/reasons", response={201: ReasonOut})
@needs("value:write")
@writes
def add_reason(request: HttpRequest, payload: ReasonIn, idempotency_key: str | None = KEY) -> Any:
    """Add a reason of your own."""
    row = _done(actions.save_reason, by=request.user, values=payload.model_dump())
    return Status(201, ReasonOut.from_orm(row))


@router.post("/churn/customers/{customer_id}/notes", response={201: NoteOut})
@needs("customers:write")
@writes
def note_loss(
    request: HttpRequest, customer_id: Number, payload: NoteIn, idempotency_key: str | None = KEY
) -> Any:
    """Note why a customer left; the latest note counts."""
    customer = found(visible_to(request.user).filter(pk=customer_id).first())
    known: Any = {"by": request.user, "customer": customer, "today": timezone.localdate()}
    row = _done(actions.note_loss, **known, values=payload.model_dump())
    return Status(201, NoteOut.from_orm(row))


@router.get("/churn/cases", response=list[ChurnCaseOut])
@needs("value:read")
def list_cases(request: HttpRequest) -> Any:
    """List the investments in retention that are weighed, each with its answer."""
    require(request.user, "money.view")
    return [_case(row) for row in queries.cases()]


@router.post("/churn/cases", response={201: ChurnCaseOut})
@needs("value:write")
@writes
def add_case(request: HttpRequest, payload: ChurnCaseIn, idempotency_key: str | None = KEY) -> Any:
    """Weigh an investment in retention."""
    return Status(201, _case(_done(actions.save_case, by=request.user, values=payload.dict())))


@router.put("/churn/cases/{case_id}", response=ChurnCaseOut)
@needs("value:write")
def change_case(request: HttpRequest, case_id: Number, payload: ChurnCaseIn) -> Any:
    """Change an investment, and weigh it anew."""
    row = found(queries.cases().filter(pk=case_id).first())
    return _case(_done(actions.save_case, by=request.user, case=row, values=payload.dict()))


def _case(row: Any) -> ChurnCaseOut:
    names = [name for name in ChurnCaseOut.model_fields if name != "answer"]
    told = {name: getattr(row, name) for name in names}
    return ChurnCaseOut.model_validate(told | {"answer": facts.weighed(row)})


def _done(action: Any, **known: Any) -> Any:
    """Carry the action out; a refusal names its fields."""
    try:
        return action(**known, now=timezone.now())
    except ValidationError as refusal:
        told = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        faults = [Fault(field=name, message=texts[0]) for name, texts in told.items()]
        raise Refused(422, faults[0].message, faults) from refusal
    except EditedMeanwhile as meanwhile:
        raise Refused(409, _("Somebody else saved it meanwhile; read it again.")) from meanwhile
