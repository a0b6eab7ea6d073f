"""Tasks over the API."""

from datetime import date, datetime, time
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers import queries as customers
from mainstay.customers.todo import actions, queries
from mainstay.people import queries as people
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Term, Text
from mainstay.shared.rest.operations import found, known, needs, page_of, writes

router = Router()


class TaskOut(Schema):
    id: int
    title: str
    notes: str
    customer_id: int | None
    contact_id: int | None
    interaction_id: int | None
    assignee: str | None
    due_date: date | None
    due_time: time | None
    time_zone: str
    remind: int | None = Field(description="Minutes before it is due; null: not at all.")
    repeat_every: int | None
    repeat_unit: str
    priority: int
    state: str
    done_at: datetime | None
    done_by: str | None
    version: int
    created_at: datetime
    updated_at: datetime

    @staticmethod
    def resolve_assignee(row: Any) -> str | None:
        return row.assignee.email if row.assignee else None

    @staticmethod
    def resolve_done_by(row: Any) -> str | None:
        return row.done_by.email if row.done_by else None


class TaskPage(Schema):
    items: list[TaskOut]
    next: str | None


class TaskFields(Input):
    """What may be written; a field left out stays as it is."""

    title: Text = ""
    notes: Text = ""
    customer_id: Number | None = None
    contact_id: Number | None = None
    assignee: Text | None = Field(None, description="E-mail of who does it; null: nobody yet.")
    due_date: date | None = None
    due_time: time | None = Field(None, description="In the time zone of who does it.")
    remind: Annotated[int, Field(ge=0, le=43200)] | None = None
    repeat_every: Annotated[int, Field(ge=1, le=99)] | None = None
    repeat_unit: Text = Field("", description="day, week or month.")
    priority: Annotated[int, Field(ge=1, le=9)] = Field(5, description="1 high, 5 normal, 9 low.")


class TaskIn(TaskFields):
    title: Text


class TaskChange(TaskFields):
    state: Text = Field("", description="done, open or cancelled.")
    version: Integer | None = Field(None, description="Refused with 409 if it is no longer this.")


class TaskListing(limits.Listing):
    customer_id: Number | None = None
    contact_id: Number | None = None
    assignee: Annotated[Term, Field(description="E-mail.")] = ""
    state: Term = ""
    due_until: date | None = None
    updated_since: limits.Moment | None = None


@router.get("", response=TaskPage)
@needs("customers:read")
def list_tasks(request: HttpRequest, wish: Query[TaskListing]) -> Any:
    """List tasks, oldest first: read on with `next` until it is null."""
    wishes = wish.model_dump(exclude={"limit", "cursor"})
    return page_of(queries.told(request.user, **wishes), wish)


@router.post("", response={201: TaskOut})
@needs("customers:write")
@writes
def add_task(request: HttpRequest, payload: TaskIn, idempotency_key: str | None = KEY) -> Any:
    """Add a task; without an assignee it is your own."""
    values = _values(request, payload)
    row = actions.add(by=request.user, now=timezone.now(), values=values)
    return Status(201, _out(request, row.pk))


@router.get("/{task_id}", response=TaskOut)
@needs("customers:read")
def get_task(request: HttpRequest, task_id: Number) -> Any:
    """Read one task."""
    return _out(request, task_id)


@router.patch("/{task_id}", response={200: TaskOut})
@needs("customers:write")
@writes
def change_task(
    request: HttpRequest, task_id: Number, payload: TaskChange, idempotency_key: str | None = KEY
) -> Any:
    """Change the fields that are sent; a repeated task that is done comes again as a new one."""
    row = found(queries.visible_to(request.user).filter(pk=task_id).first())
    about: dict[str, Any] = {"by": request.user, "now": timezone.now(), "task": row}
    actions.change(**about, values=_values(request, payload), version=payload.version)
    if "state" in payload.model_fields_set:
        turn = known(actions.TURNS.get(payload.state), "state")
        turn(**about)
    return Status(200, _out(request, task_id))


def _values(request: HttpRequest, payload: TaskFields) -> dict[str, Any]:
    """Return the fields that were sent, with records for what they name."""
    values = payload.model_dump(exclude_unset=True, exclude={"version", "state"})
    for name, rows in (
        ("customer", customers.visible_to(request.user)),
        ("contact", customers.contacts_visible_to(request.user)),
    ):
        if f"{name}_id" in values:
            number = values.pop(f"{name}_id")
            values[name] = number and known(rows.filter(pk=number).first(), f"{name}_id")
    if values.get("assignee") is not None:
        named = people.owners().filter(email=values["assignee"]).first()
        values["assignee"] = known(named, "assignee")
    return values


def _out(request: HttpRequest, pk: int) -> TaskOut:
    return TaskOut.from_orm(found(queries.visible_to(request.user).filter(pk=pk).first()))
