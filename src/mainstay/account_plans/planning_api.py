"""Key accounts over the API: certainty, actions, our team, the plan."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mainstay.customers import queries as customers
from mainstay.people import queries as people
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, known, needs, writes

from .action_plans import actions as action_plans
from .action_plans import queries as planned
from .certainty import actions as certainty
from .certainty import queries as certainty_of
from .certainty.choices import Kind
from .plan import queries as plan
from .team import queries as team
from .workspace.queries import Account, account

router = Router()
Level = Annotated[int, Field(ge=1, le=3, description="1 low, 2 medium, 3 high.")]


class CertaintyOut(Schema):
    service: str
    kind: str
    present: int | None
    wanted: int | None
    effect: str | None = Field(description="keep, improve or loosen.")
    evidence: str
    rated_on: date | None


class CertaintyIn(Input):
    service: Text = Field(description="As it is called at this account; a new name adds one.")
    kind: Text = Field(description="need, market or transaction.")
    present: Level | None = None
    wanted: Level | None = None
    evidence: Text = ""
    rated_on: date | None = Field(None, description="Today unless told.")


class ActionOut(Schema):
    id: int
    task_id: int
    layer: str = Field(description="person, operational or strategic.")
    person: str | None
    title: str
    assignee: str | None
    due_date: date | None
    state: str


class ActionIn(Input):
    title: Text
    line_id: Number | None = Field(None, description="Of the person it is for; null: the account.")
    layer: Text = Field("operational", description="operational or strategic.")
    due_date: date | None = None
    assignee: Text | None = Field(None, description="E-mail of who does it.")


class PlanLineOut(Schema):
    id: int
    contact_id: int | None
    person: str
    roles: list[str]
    goals: str
    tactics: list[str]
    relations: list[str]
    ours: str | None


class PlanLineIn(Input):
    contact_id: Number | None = None
    person: Text = ""
    roles: list[Text] = []
    goals: Text = ""
    tactics: list[Text] = []
    relations: list[Text] = []
    ours: Text | None = Field(None, description="E-mail of who of us.")


class TableOut(Schema):
    lines: list[PlanLineOut]
    actions: list[ActionOut]


class TeamMemberOut(Schema):
    name: str
    email: str
    role: str
    tasks: str
    leads: bool


class TeamOut(Schema):
    members: list[TeamMemberOut]


class CertaintiesOut(Schema):
    items: list[CertaintyOut]


class PlanOut(Schema):
    title: str
    customer: str
    as_of: date
    parts: list[dict[str, Any]] = Field(description="Five, each with sentences and tables.")
    annexes: list[dict[str, Any]]
    approved_at: datetime | None


def _account(request: HttpRequest, customer_id: int) -> Account:
    return found(account(request.user, customer_id))  # type: ignore[no-any-return]


@router.get("/{customer_id}/certainty", response=CertaintiesOut)
@needs("customers:read")
def list_certainty(request: HttpRequest, customer_id: Number) -> Any:
    """Read the latest judgement of each service and kind."""
    table = certainty_of.table(_account(request, customer_id).customer)
    return {"items": [_cell(cell) for cells in table.values() for cell in cells]}


@router.post("/{customer_id}/certainty", response={201: CertaintyOut})
@needs("customers:write")
@writes
def judge_certainty(
    request: HttpRequest,
    customer_id: Number,
    payload: CertaintyIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Note a judgement; earlier ones are kept."""
    about = _account(request, customer_id)
    by: dict[str, Any] = {"by": request.user, "now": timezone.now(), "account": about}
    kind = known(payload.kind if payload.kind in Kind.values else None, "kind")
    rows = certainty_of.offerings(about.customer)
    row = rows.filter(name=payload.service).first()
    row = row or certainty.set_offering(**by, values={"name": payload.service})
    values = payload.model_dump(include={"present", "wanted", "evidence", "rated_on"})
    certainty.rate(**by, offering=row, kind=kind, values=values)
    cell = certainty_of.Cell(row, kind, certainty_of.latest_of(row, kind))
    return Status(201, CertaintyOut(**_cell(cell)))


def _cell(cell: certainty_of.Cell) -> dict[str, Any]:
    rating = cell.rating
    return {
        "service": cell.offering.name,
        "kind": cell.kind,
        "present": cell.present,
        "wanted": cell.wanted,
        "effect": cell.effect,
        "evidence": rating.evidence if rating else "",
        "rated_on": rating.rated_on if rating else None,
    }


@router.get("/{customer_id}/actions", response=TableOut)
@needs("customers:read")
def list_account_actions(request: HttpRequest, customer_id: Number) -> Any:
    """Read the action table: the people, and all actions; day and state are their task's."""
    table = planned.table(_account(request, customer_id).customer)
    actions = [_action(row) for row in table.all]
    return {"lines": [_line(row) for row in table.lines], "actions": actions}


@router.post("/{customer_id}/actions", response={201: ActionOut})
@needs("customers:write")
@writes
def plan_account_action(
    request: HttpRequest, customer_id: Number, payload: ActionIn, idempotency_key: str | None = KEY
) -> Any:
    """Plan an action, for a person of the table or for the account: it becomes a task."""
    about = _account(request, customer_id)
    values = payload.model_dump(include={"title", "due_date"})
    values["layer"] = known(_layer(payload.layer), "layer")
    if payload.assignee is not None:
        values["assignee"] = _staff(payload.assignee, "assignee")
    line = None
    if payload.line_id is not None:
        line = known(planned.line(about.customer, payload.line_id), "line_id")
    by: dict[str, Any] = {"by": request.user, "now": timezone.now(), "account": about}
    return Status(201, ActionOut(**_action(action_plans.plan(**by, values=values, line=line))))


def _layer(text: str) -> str | None:
    return text if text in ("operational", "strategic") else None


def _staff(email: str, field: str) -> Any:
    return known(people.owners().filter(email=email).first(), field)


def _action(row: Any) -> dict[str, Any]:
    task = row.task
    return {
        "id": row.pk,
        "task_id": task.pk,
        "layer": row.layer,
        "person": row.line.person if row.line else None,
        "title": task.title,
        "assignee": task.assignee.email if task.assignee else None,
        "due_date": task.due_date,
        "state": task.state,
    }


@router.post("/{customer_id}/actions/lines", response={201: PlanLineOut})
@needs("customers:write")
@writes
def add_account_person(
    request: HttpRequest,
    customer_id: Number,
    payload: PlanLineIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Add a person to the action table."""
    about = _account(request, customer_id)
    values = payload.model_dump(exclude={"contact_id", "ours"})
    if payload.contact_id:
        rows = customers.contacts_visible_to(request.user).filter(pk=payload.contact_id)
        values["contact"] = known(rows.first(), "contact_id")
    if payload.ours is not None:
        values["ours"] = _staff(payload.ours, "ours")
    by: dict[str, Any] = {"by": request.user, "now": timezone.now(), "account": about}
    return Status(201, PlanLineOut(**_line(action_plans.set_line(**by, values=values))))


def _line(row: Any) -> dict[str, Any]:
    names = ("person", "roles", "goals", "tactics", "relations", "contact_id")
    ours = row.ours.email if row.ours else None
    return {"id": row.pk, "ours": ours} | {name: getattr(row, name) for name in names}


@router.get("/{customer_id}/team", response=TeamOut)
@needs("customers:read")
def list_account_team(request: HttpRequest, customer_id: Number) -> Any:
    """Read who of us works for the account."""
    rows = team.team(_account(request, customer_id).customer)
    names = ("role", "tasks", "leads")
    return {
        "members": [
            {"name": row.user.name, "email": row.user.email}
            | {name: getattr(row, name) for name in names}
            for row in rows
        ]
    }


@router.get("/{customer_id}/plan", response=PlanOut)
@needs("customers:read")
def get_account_plan(request: HttpRequest, customer_id: Number) -> Any:
    """Read the plan as it stands: the same that is printed, with what is stale marked."""
    about = _account(request, customer_id)
    held = plan.approved(about.customer)
    content = plan.paper(plan.plan(about, timezone.now()))
    return content | {"approved_at": held.decided_at if held else None}
