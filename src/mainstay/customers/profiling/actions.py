"""Asking, noting answers, and keeping the bank."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import actions as customers
from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.models import Affiliation
from mainstay.customers.queries import seen_by
from mainstay.people.permissions import can
from mainstay.records.actions import record
from mainstay.shared import versions

from .bank import words
from .models import Answer, Outcome, Question

RIGHT, ASKING = "capture.edit", "interactions.edit"
FIELDS = ("industry", "city", "website", "founded_year", "tax_number", "description")


@transaction.atomic
def save_question(
    *, by: Any, now: datetime, values: Mapping[str, Any], question: Question | None = None
) -> Question:
    """Add a question to the bank, or change the one given."""
    may_edit(by, RIGHT)
    row = question or Question()
    old, new = versions.apply(row, values)
    if not words(row).strip():
        raise ValidationError({"text": _("Write the question.")})
    if row.kind == "choice" and len(choices(row)) < 2:  # noqa: PLR2004  one is no choice
        raise ValidationError({"options": _("Write at least two choices, each on its own line.")})
    if row.field and row.field not in FIELDS:
        raise ValidationError({"field": _("Choose a field from the list.")})
    row.save()
    if new:
        record(by=by, verb="profiling.question_saved", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def note_answer(
    *,
    by: Any,
    now: datetime,
    customer: Any,
    question: Question,
    values: Mapping[str, Any],
    contact: Any = None,
) -> Answer:
    """Note what came of asking; an answer is written to the customer's field, with its history."""
    may_edit(by, ASKING, customer=customer)
    if not seen_by(by).filter(pk=customer.pk).exists():
        raise ValidationError(_("This customer is not among those you may see."))
    row = Answer(question=question, customer=customer, contact=contact, answered_at=now, by=by)
    versions.apply(row, values)
    if row.outcome == Outcome.ANSWERED:
        row.value = fitting(question, row.value)
    else:
        row.value = ""
    _check_contact(row)
    row.save()
    _write_through(row, now)
    new = {"question": words(question), "outcome": row.outcome, "answer": row.value}
    record(by=by, verb="customer.answered", target=customer, new=new, now=now)
    return row


def fitting(question: Question, typed: str) -> str:
    """Return the answer as it is kept; raise a sentence for one of another kind."""
    value = typed.strip()
    wrong = ""
    match question.kind:
        case _ if not value:
            wrong = _("Write the answer, or say what came of asking.")
        case "number" if not value.replace(" ", "").isdecimal():
            wrong = _("Write a whole number.")
        case "day" if not _is_day(value):
            wrong = _("Write the day like 2026-03-31.")
        case "yes_no" if value not in {"yes", "no"}:
            wrong = _("Choose yes or no.")
        case "choice" if value not in choices(question):
            wrong = _("Choose an answer from the list.")
    if wrong:
        raise ValidationError({"value": wrong})
    return value.replace(" ", "") if question.kind == "number" else value


def choices(question: Question) -> list[str]:
    return [line.strip() for line in question.options.splitlines() if line.strip()]


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _check_contact(row: Answer) -> None:
    known = Affiliation.objects.filter(customer=row.customer, contact=row.contact)
    if row.contact is not None and not known.exists():
        raise ValidationError(_("This contact is not one of the customer's."))


def _write_through(row: Answer, now: datetime) -> None:
    """Write the answer to the customer's field; who may only note answers leaves it to others."""
    field = row.question.field
    may_write = row.by is None or can(row.by, "customers.edit")
    if row.outcome != Outcome.ANSWERED or not field or not may_write:
        return
    value: Any = int(row.value) if field == "founded_year" else row.value
    try:
        customers.change_customer(
            by=row.by, now=now, customer=row.customer, values={field: value}, version=None
        )
    except ValidationError as refusal:
        raise ValidationError({"value": refusal.messages}) from refusal
