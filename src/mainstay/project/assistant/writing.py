"""What an assistant may do, each after a person confirmed it."""

from datetime import date, datetime
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from mainstay.customers import actions
from mainstay.customers import queries as customers
from mainstay.customers.choices import Channel
from mainstay.customers.talks import actions as talks
from mainstay.customers.todo import actions as todo
from mainstay.people import queries as people
from mainstay.people.permissions import require
from mainstay.project.assistant.confirming import Change, confirmed
from mainstay.project.assistant.reading import Number, Words, seen
from mainstay.project.assistant.session import tool, user_for

Confirmation = Annotated[
    str, Field(description="Leave empty first: the answer tells what would change.")
]
Text = Annotated[str, Field(max_length=20_000)]
WRITE = "customers:write"


@tool
def note_conversation(
    customer_id: Number,
    channel: Words,
    subject: Words,
    body: Text = "",
    happened_at: datetime | None = None,
    confirmation: Confirmation = "",
) -> dict[str, Any]:
    """Note a call, visit, meeting, email, letter or note with a customer on its timeline. Without
    `happened_at` it happened now."""
    user = user_for(WRITE)
    require(user, "interactions.edit")
    customer = seen(user, customer_id)
    if channel not in Channel.values:
        text = _("There is no channel “%(name)s”. Known: %(known)s.")
        raise ToolError(text % {"name": channel[:80], "known": ", ".join(Channel.values)})
    said: dict[str, Any] = {"channel": channel, "subject": subject, "body": body}
    if happened_at is not None:
        said["occurred_at"] = _zoned(happened_at)

    def carry_out() -> dict[str, Any]:
        about = {"by": user, "now": timezone.now(), "customer": customer}
        return {"conversation_id": talks.note(**about, values=said).pk}

    told = {"customer": customer.name, **said}
    return confirmed(
        user, Change("note_conversation", {"id": customer_id}, told, carry_out), confirmation
    )


@tool
def add_task(
    title: Words,
    customer_id: Number | None = None,
    due_date: date | None = None,
    confirmation: Confirmation = "",
) -> dict[str, Any]:
    """Add a task for oneself, about a customer if one is given."""
    user = user_for(WRITE)
    require(user, "interactions.edit")
    customer = seen(user, customer_id) if customer_id is not None else None
    values: dict[str, Any] = {"title": title, "due_date": due_date}
    if customer is not None:
        values["customer"] = customer

    def carry_out() -> dict[str, Any]:
        return {"task_id": todo.add(by=user, now=timezone.now(), values=values).pk}

    told = {"title": title, "due": str(due_date or ""), "about": customer and customer.name}
    return confirmed(user, Change("add_task", {"id": customer_id}, told, carry_out), confirmation)


@tool
def set_tags(
    customer_id: Number, tags: list[Words], confirmation: Confirmation = ""
) -> dict[str, Any]:
    """Give a customer exactly these tags."""
    user = user_for(WRITE)
    require(user, "customers.edit")
    customer = seen(user, customer_id)
    wanted = sorted({tag.strip() for tag in tags if tag.strip()})

    def carry_out() -> dict[str, Any]:
        about = {"by": user, "now": timezone.now(), "customer": customer}
        actions.set_tags(**about, names=wanted)
        return {"tags": wanted}

    before = customers.tags_of([customer_id]).get(customer_id, [])
    told = {"customer": customer.name, "tags_before": before, "tags_after": wanted}
    return confirmed(user, Change("set_tags", {"id": customer_id}, told, carry_out), confirmation)


@tool
def set_owner(
    customer_id: Number, owner_email: Words, confirmation: Confirmation = ""
) -> dict[str, Any]:
    """Let another colleague look after a customer; an empty e-mail: nobody."""
    user = user_for(WRITE)
    require(user, "customers.edit")
    customer = seen(user, customer_id)
    owner = people.owners().filter(email__iexact=owner_email).first() if owner_email else None
    if owner_email and owner is None:
        text = _("“%(value)s” is nobody who works here; write the e-mail they sign in with.")
        raise ToolError(text % {"value": owner_email[:80]})

    def carry_out() -> dict[str, Any]:
        values = {"owner": owner, "team": owner.team if owner else customer.team}
        about = {"by": user, "now": timezone.now(), "customer": customer}
        actions.change_customer(**about, values=values, version=customer.version)
        return {"owner": str(owner or "")}

    told = {
        "customer": customer.name,
        "owner_before": str(customer.owner or ""),
        "owner_after": str(owner or ""),
    }
    return confirmed(user, Change("set_owner", {"id": customer_id}, told, carry_out), confirmation)


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ToolError(_("Write the time with its zone, such as 2026-03-05T10:00:00+01:00."))
    return moment


WRITING = (note_conversation, add_task, set_tags, set_owner)
