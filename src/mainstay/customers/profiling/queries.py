"""Reads of questions and answers."""

from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet

from mainstay.customers.queries import visible_to

from . import rules
from .bank import words
from .models import Answer, Question
from .rules import Candidate, Choice, Past


def bank() -> QuerySet[Question]:
    """Return all questions, the one worth most first."""
    return Question.objects.order_by("-worth", "pk")


def question(pk: int) -> Question | None:
    return Question.objects.filter(pk=pk).first()


def question_for(customer: Any, pk: int) -> Question | None:
    """Return the question if it is in use for such a customer."""
    return next((row for row in asked_of(customer) if row.pk == pk), None)


def asked_of(customer: Any) -> list[Question]:
    """Return the questions in use for such a customer."""
    rows = bank().filter(enabled=True, customer_kind__in=("", customer.kind))
    return list(rows)


def latest(customer: Any) -> dict[int, Answer]:
    """Return what came of asking each question last."""
    rows = Answer.objects.filter(customer=customer).select_related("by", "contact")
    return {row.question_id: row for row in rows.order_by("answered_at", "pk")}


def history(customer: Any) -> QuerySet[Answer]:
    rows = Answer.objects.filter(customer=customer).select_related("question", "by", "contact")
    return rows.order_by("-answered_at", "-pk")


def next_for(customer: Any, today: date) -> tuple[Question | None, Choice | None]:
    """Return the question to ask this customer now, and why."""
    questions, answers = {row.pk: row for row in asked_of(customer)}, latest(customer)
    choice = rules.best(
        (_candidate(row, customer, answers.get(row.pk)) for row in questions.values()), today
    )
    return (questions[choice.id], choice) if choice else (None, None)


def put_next(customer: Any, today: date) -> tuple[int, str] | None:
    """Return the number and the words of the question to ask now."""
    row, _choice = next_for(customer, today)
    return (row.pk, words(row)) if row else None


def _candidate(row: Question, customer: Any, answer: Answer | None) -> Candidate:
    return Candidate(
        row.pk,
        row.worth,
        row.valid_days,
        row.rest_days,
        known=bool(row.field and getattr(customer, row.field)),
        past=Past(answer.outcome, answer.answered_at.date()) if answer else None,
    )


def coverage(user: Any) -> tuple[dict[str, int], dict[int, int]]:
    """Return how many customers of each kind the user sees, and for how many of them each
    question was answered."""
    seen = visible_to(user).filter(archived_at=None).order_by()
    kinds = dict(seen.values("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    answers = Answer.objects.filter(outcome="answered", customer__in=seen).order_by()
    counted = answers.values("question").annotate(n=Count("customer", distinct=True))
    return kinds, dict(counted.values_list("question", "n"))


def latest_answer_on() -> Any:
    return Answer.objects.aggregate(at=Max("answered_at"))["at"]
