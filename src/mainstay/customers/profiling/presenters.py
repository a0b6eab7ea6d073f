"""What the pages of questions and answers show."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.analysis.numerics import intervals
from mainstay.customers import pages
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import day, number, percent

from . import queries
from .bank import shipped, words
from .forms import AnswerForm, QuestionForm
from .rules import Choice, Why

FEW = 10  # customers under whom no share is told


def asking(customer: Any, row: Any, data: Any) -> dict[str, Any]:
    initial = {"confidence": "high"}
    form = AnswerForm(data, question=row, customer=customer, initial=initial, auto_id="answer-%s")
    return {"customer": customer, "question": row, "words": words(row), "form": form}


def why(choice: Choice, row: Any) -> str:
    """Return in words why this question comes now."""
    match choice.why:
        case Why.NEVER:
            reason = _("Never asked.")
        case Why.STALE:
            reason = _("The answer of %(day)s is older than %(days)s days.") % {
                "day": day(choice.since),
                "days": number(row.valid_days),
            }
        case Why.AGAIN:
            reason = _("Asked on %(day)s without an answer.") % {"day": day(choice.since)}
        case _:
            reason = _("Not wanted to say on %(day)s; that is long ago.") % {
                "day": day(choice.since)
            }
    return (
        reason
        + " "
        + _("Of the open questions it is worth most (%(worth)d).") % {"worth": row.worth}
    )


def bank(user: Any) -> dict[str, Any]:
    """Return the questions with how many customers have answered each."""
    kinds, answered = queries.coverage(user)
    at = queries.latest_answer_on()
    rows = []
    for row in queries.bank():
        n = kinds.get(row.customer_kind, 0) if row.customer_kind else sum(kinds.values())
        share = _share(min(answered.get(row.pk, 0), n), n, at)
        rows.append({"row": row, "words": words(row), "n": n, **share})
    return {"rows": rows, "may_edit": can(user, "capture.edit")}


def _share(k: int, n: int, at: Any) -> dict[str, Any]:
    if n < FEW:
        return {"answered": k, "share": "", "explain": None}
    found = intervals.wilson(k, n)
    ends = {"low": percent(found.low, 1), "high": percent(found.high, 1)}
    explain = {
        "method": _("Customers who answered, of those the question is for."),
        "n": _("%(k)s of %(n)s") % {"k": number(k), "n": number(n)},
        "interval": _("%(low)s to %(high)s (Wilson, 95 %%)") % ends,
        "as_of": day(at) if at else day(timezone.localdate()),
    }
    return {"answered": k, "share": percent(found.value), "explain": explain}


def question_form(row: Any, data: Any) -> QuestionForm:
    if row is None:
        start = {"kind": "text", "worth": 50, "valid_days": 365, "rest_days": 30, "enabled": True}
        return QuestionForm(data, initial=start)
    initial = {name: getattr(row, name) for name in QuestionForm.base_fields}
    form = QuestionForm(data, initial=initial)
    if row.key:
        text = _("Empty: as it is shipped, in the reader's language: “%(words)s”")
        form.fields["text"].help_text = text % {"words": shipped(row)}
    return form


def profile(user: Any, customer: Any) -> dict[str, Any]:
    """Return every question with what the customer answered, and all answers over time."""
    latest = queries.latest(customer)
    rows = [
        {"row": row, "words": words(row), "answer": latest.get(row.pk)}
        for row in queries.asked_of(customer)
    ]
    history = [(words(row.question), row) for row in queries.history(customer)[:100]]
    return {
        "customer": customer,
        "rows": rows,
        "history": history,
        "back": pages.url(customer.pk),
        "may_ask": can(user, "interactions.edit"),
    }
