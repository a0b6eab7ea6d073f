"""A conversation noted with what belongs to it: files, an answer, the next step as a task."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mainstay.customers.choices import Channel
from mainstay.customers.profiling import actions as profiling
from mainstay.customers.talks import actions
from mainstay.customers.todo import actions as todo


@transaction.atomic
def note_with_next_step(
    *,
    by: Any,
    now: datetime,
    customer: Any,
    uploads: list[Any],
    next_task: dict[str, Any] | None = None,
    answered: dict[str, Any] | None = None,
    **given: Any,
) -> Any:
    """Note a conversation, its files, what a question was answered, and the next step as a task."""
    row = actions.note(by=by, now=now, customer=customer, **given)
    if uploads:
        actions.attach(by=by, now=now, interaction=row, uploads=uploads)
    if next_task:
        about = {"customer": customer, "contact": row.contact, "interaction": row}
        todo.add(by=by, now=now, values=next_task | {"assignee": by} | about)
    if answered:
        _note_answer(by, now, row, answered)
    return row


def _note_answer(by: Any, now: datetime, talk: Any, answered: dict[str, Any]) -> None:
    """Note the answer as given by whom the conversation was with; a refusal stands beside it."""
    about = {"customer": talk.customer, "contact": talk.contact}
    values = answered["values"] | {"source": str(Channel(talk.channel).label)}
    try:
        profiling.note_answer(by=by, now=now, **about, question=answered["question"], values=values)
    except ValidationError as refusal:
        raise ValidationError({"answer": refusal.messages}) from refusal
