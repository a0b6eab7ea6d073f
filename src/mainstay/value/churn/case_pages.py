"""The pages of investments in retention: what a point is worth here, and each case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.people.permissions import can
from mainstay.people.queries import company
from mainstay.shared import money as amounts
from mainstay.shared.templatetags.figures import money_round
from mainstay.value.models import RetentionCase, RunPart
from mainstay.value.queries import current_part

from . import money, queries, tiles, words
from .actions import CASE_FIELDS
from .forms import CaseForm
from .presenters import figures
from .stage import KEY
from .tiles import Figures, Line


def form(data: Any, case: RetentionCase | None = None) -> CaseForm:
    """Return the form of a case, its amounts in whole units."""
    currency = company().currency
    if case is None:
        return CaseForm(data, currency=currency)
    initial = {name: getattr(case, name) for name in (*CASE_FIELDS, "version")}
    for name in ("cost_once_minor", "cost_yearly_minor"):
        initial[name] = amounts.major(initial[name], currency)
    return CaseForm(data, initial=initial, currency=currency)


def measured(user: Any) -> tuple[RunPart | None, Figures | None]:
    """Return what the current run has counted, and its figures where it could count."""
    part = current_part(KEY)
    return part, figures(part, user) if part is not None and "year" in part.content else None


def overview(user: Any) -> dict[str, Any]:
    """Return what better retention would bring here, and the cases that are weighed."""
    part, found = measured(user)
    worth = found.worth if found else None
    cases = [(case, reverse("value:retention_case", args=[case.pk])) for case in queries.cases()]
    context = {"part": part, "may_edit": can(user, "churn.edit"), "cases": cases}
    if found is None or worth is None:
        return context | {"why": words.no_worth_in_words(part)}
    return context | {
        "tiles": found.worth_tiles(worth),
        "gains": found.gains(worth),
        "years": worth.base.years,
        "rows": [_row(case, url, worth, found.unit) for case, url in cases],
    }


def _row(case: RetentionCase, url: str, worth: money.Worth, unit: str) -> Line:
    answer = money.answer(case, worth.base)
    even = _("none pays") if answer.break_even is None else tiles.points(answer.break_even)
    figures = (
        money_round(answer.cost, unit),
        tiles.points(case.points),
        money_round(answer.net.value, unit),
        tiles.money_span(answer.net, unit),
        even,
    )
    return Line(case.name, url, figures)


def one(user: Any, case: RetentionCase, form: CaseForm) -> dict[str, Any]:
    """Return the case with its answer for the base as it was measured last."""
    part, found = measured(user)
    worth = found.worth if found else None
    context = {"form": form, "case": case, "part": part, "may_edit": can(user, "churn.edit")}
    if found is None or worth is None:
        return context | {"why": words.no_worth_in_words(part)}
    answer = money.answer(case, worth.base)
    even = answer.break_even
    return context | {
        "answer": answer,
        "base": worth.base,
        "currency": found.unit,
        "explain": found.point(worth).explain,
        "verdict": words.verdict(answer),
        "points": tiles.points(even) if even is not None else "",
    }
