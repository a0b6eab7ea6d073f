"""A conversation noted with what follows from it: its files, and the next step as a task."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mainstay.customers.talks import actions
from mainstay.customers.todo import actions as todo


@transaction.atomic
def note_with_next_step(
    *,
    by: Any,
    now: datetime,
    customer: Any,
    uploads: list[Any],
    next_step: str = "",
    next_day: date | None = None,
    **given: Any,
) -> Any:
    """Note a conversation, keep its files, and make a task of the next step."""
    row = actions.note(by=by, now=now, customer=customer, **given)
    if uploads:
        actions.attach(by=by, now=now, interaction=row, uploads=uploads)
    if next_step:
        values = {"title": next_step, "due_date": next_day, "assignee": by}
        about = {"customer": customer, "contact": row.contact, "interaction": row}
        todo.add(by=by, now=now, values=values | about)
    return row
