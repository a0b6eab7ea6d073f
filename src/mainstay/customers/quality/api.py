"""The quality of data over the API: the latest check, findings, rules, returned mail."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers.queries import visible_to
from mainstay.people import queries as people
from mainstay.people.permissions import require
from mainstay.shared.rest import limits
from mainstay.shared.rest.guarded import Guarded
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Term, Text
from mainstay.shared.rest.operations import found, known, needs, page_of, writes

from . import actions, queries
from .catalogue import BY_KEY, label

router = Router()


class SourceScore(Schema):
    source: str = Field(description="Empty: customers that no source knows.")
    customers: int
    score: float


class QualityRunOut(Schema):
    id: int
    started_at: datetime
    finished_at: datetime | None
    customers: int
    flawless: int
    score: float | None = Field(description="Mean of the customers' scores, of 100.")
    found: int
    fixed: int
    rules: dict[str, int] = Field(description="Customers that do not meet each rule.")
    sources: list[SourceScore]

    @staticmethod
    def resolve_score(row: Any) -> float | None:
        return round(row.total / row.customers, 2) if row.customers else None

    @staticmethod
    def resolve_sources(row: Any) -> list[SourceScore]:
        return [
            SourceScore(source=name, customers=n, score=round(total / n, 2))
            for name, n, total, _squares in row.sources
        ]


class QualityRunPage(Schema):
    items: list[QualityRunOut]
    next: str | None


class QualityRuleOut(Schema):
    key: str
    label: str
    group: str
    enabled: bool
    weight: int
    kind: str
    classes: str
    limit: int | None


class RuleIn(Input):
    enabled: bool
    weight: Annotated[int, Field(ge=1, le=100)]
    kind: Literal["", "organisation", "person"] = ""
    classes: Term = Field("", description="Letters of value classes, like AB; empty: all.")
    limit: Integer | None = None


class FindingOut(Guarded):
    id: int
    customer_id: int
    contact_id: int | None
    address_id: int | None
    rule: str
    label: str
    detail: str
    state: str
    assignee: str | None
    reason: str
    found_at: datetime
    closed_at: datetime | None

    @classmethod
    def hidden(cls, user: Any) -> frozenset[str]:
        return frozenset({"detail"} if queries.tells_hidden(user) else ())

    @staticmethod
    def resolve_label(row: Any) -> str:
        return label(row.rule)

    @staticmethod
    def resolve_assignee(row: Any) -> str | None:
        return row.assignee.email if row.assignee else None


class FindingPage(Schema):
    items: list[FindingOut]
    next: str | None


class FindingListing(limits.Listing):
    rule: Annotated[Term, Field(description="Only of this rule.")] = ""
    state: Annotated[Term, Field(description="open, ignored or fixed.")] = ""
    customer_id: Annotated[Number | None, Field(description="Only of this customer.")] = None


class FindingChange(Input):
    state: Literal["open", "ignored"] | None = None
    reason: Text = Field("", description="Why it is no error; needed to ignore it.")
    assignee: Text | None = Field(None, description="E-mail of who sees to it; null: nobody.")


class BouncesIn(Input):
    emails: Annotated[list[Text], Field(min_length=1, max_length=limits.LARGEST_BATCH)]
    reason: Text = ""


class BouncesOut(Schema):
    noted: int


class ScoreOut(Schema):
    customer_id: int
    score: int
    flaws: list[str]
    checked_at: datetime

    @staticmethod
    def resolve_flaws(row: Any) -> list[str]:
        return [key for key in row.flaws.split(",") if key]


@router.get("/runs", response=QualityRunPage)
@needs("customers:read")
def list_quality_runs(request: HttpRequest, wish: Query[limits.Listing]) -> Any:
    """List the checks of the file, oldest first."""
    require(request.user, "customers.view")
    return page_of(queries.runs(), wish)


@router.post("/runs", response={202: QualityRunOut})
@needs("customers:write")
@writes
def start_quality_run(request: HttpRequest, idempotency_key: str | None = KEY) -> Any:
    """Have the whole file checked by a worker."""
    run = actions.start(by=request.user, now=timezone.now())
    return Status(202, QualityRunOut.from_orm(run))


@router.get("/rules", response=list[QualityRuleOut])
@needs("customers:read")
def list_quality_rules(request: HttpRequest) -> Any:
    """List the rules as they are used."""
    require(request.user, "customers.view")
    return [_rule(key, row) for key, row in queries.settings().items()]


@router.put("/rules/{key}", response={200: QualityRuleOut})
@needs("customers:write")
@writes
def change_quality_rule(
    request: HttpRequest, key: str, payload: RuleIn, idempotency_key: str | None = KEY
) -> Any:
    """Switch a rule, weigh it, say for whom it is."""
    found(BY_KEY.get(key))
    values = payload.model_dump()
    row = actions.change_rule(by=request.user, now=timezone.now(), key=key, values=values)
    return Status(200, _rule(key, row))


@router.get("/findings", response=FindingPage)
@needs("customers:read")
def list_findings(request: HttpRequest, wish: Query[FindingListing]) -> Any:
    """List findings, oldest first."""
    rows = queries.worklist(request.user).select_related("assignee")
    asked = {"rule": wish.rule, "state": wish.state, "customer": wish.customer_id}
    return page_of(rows.filter(**{key: value for key, value in asked.items() if value}), wish)


@router.patch("/findings/{finding_id}", response={200: FindingOut})
@needs("customers:write")
@writes
def change_finding(
    request: HttpRequest,
    finding_id: Number,
    payload: FindingChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Assign a finding, say that it is no error, or put it back on the list."""
    found(queries.finding(request.user, finding_id))
    about: dict[str, Any] = {"by": request.user, "now": timezone.now(), "ids": [finding_id]}
    if "assignee" in payload.model_fields_set:
        actions.assign(**about, assignee=_person(payload.assignee))
    if payload.state == "ignored":
        actions.ignore(**about, reason=payload.reason)
    if payload.state == "open":
        actions.reopen(**about)
    return Status(200, FindingOut.from_orm(queries.finding(request.user, finding_id)))


@router.post("/bounces", response={200: BouncesOut})
@needs("customers:write")
@writes
def note_bounces(
    request: HttpRequest, payload: BouncesIn, idempotency_key: str | None = KEY
) -> Any:
    """Note addresses that mail came back from; the next check finds who has them."""
    noted = actions.note_bounces(by=request.user, now=timezone.now(), **payload.model_dump())
    return Status(200, BouncesOut(noted=noted))


@router.get("/customers/{customer_id}", response=ScoreOut)
@needs("customers:read")
def get_quality(request: HttpRequest, customer_id: Number) -> Any:
    """Read the score of a customer and the rules its record does not meet."""
    customer = found(visible_to(request.user).filter(pk=customer_id).first())
    return found(queries.score_of(customer))


def _rule(key: str, row: Any) -> QualityRuleOut:
    names = ("enabled", "weight", "kind", "classes", "limit")
    values = {name: getattr(row, name) for name in names}
    return QualityRuleOut(key=key, label=label(key), group=BY_KEY[key].group, **values)


def _person(email: str | None) -> Any:
    if email is None:
        return None
    return known(people.owners().filter(email__iexact=email).first(), "assignee")
