"""Keeping a customer beside winning one, from this company's own figures."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mainstay.shared.templatetags.figures import day, money_round, number
from mainstay.value.churn.queries import cases
from mainstay.value.models import ValueRun
from mainstay.value.profitability.queries import current_run as profit_run

from .figures import NONE, TIMES, Figure, amount

CLAIMED = 5  # "winning a customer costs five times as much as keeping one"
MOST_CASES = 3


@dataclass(frozen=True)
class Compared:
    """One way to have one more customer, what it costs, and how that is known."""

    name: str
    cost: Figure
    times: str
    how: str


def compared(run: ValueRun, report: Any, unit: str) -> list[Compared]:
    """Return what winning one costs, and what keeping costs: as served, and by each case."""
    cac = report.whole.cac
    rows = [_winning(report, cac, unit)]
    if (served := _serving(cac, unit)) is not None:
        rows.append(served)
    rows += _cases(run, cac, unit)
    text = _("A claim about companies in general; no figure of yours is in it.")
    name = _("Textbook: winning one costs this many times keeping one")
    return [*rows, Compared(name, NONE, f"{CLAIMED}{TIMES}", text)]


def _winning(report: Any, cac: Any, unit: str) -> Compared:
    how = _("Cost of channels ÷ their new customers: %(n)s customers, %(months)s months.")
    words = how % {"n": number(report.whole.counted), "months": number(report.period.months)}
    return Compared(_("Winning a new customer"), amount(cac, unit), "", words)


def _serving(cac: Any, unit: str) -> Compared | None:
    """Return the cost to serve a customer for a year; None where nobody has computed it."""
    profit = profit_run()
    if profit is None or not profit.summary.get("n") or not profit.summary["cost_to_serve_minor"]:
        return None
    told = profit.summary
    each = told["cost_to_serve_minor"] / told["n"]
    how = _("Cost to serve ÷ customers who bought in the year up to %(day)s: %(n)s customers.")
    words = how % {"day": day(profit.as_of), "n": number(told["n"])}
    cost = Figure(money_round(each, unit))
    return Compared(_("Serving a customer for a year"), cost, _over(cac, each), words)


def _cases(run: ValueRun, cac: Any, unit: str) -> list[Compared]:
    """Return what one more kept customer costs by each case of better retention."""
    part = run.parts.filter(key="churn").first()
    customers = ((part.content.get("year") or {}) if part else {}).get("customers", 0)
    if not customers:
        return []
    found = []
    for case in cases().filter(points__gt=0)[:MOST_CASES]:
        cost = case.cost_yearly_minor + case.cost_once_minor
        each, low, high = (
            cost / (points * customers) if points > 0 else None
            for points in (case.points, case.points_high, case.points_low)
        )
        most = money_round(high, unit) if high else _("no upper end")
        figure = Figure(money_round(each, unit), f"{money_round(low, unit)} – {most}")
        how = _(
            "Cost of the first year ÷ customers that stay because of it: %(points)s points of"
            " retention of %(n)s customers, as the case expects."
        )
        words = how % {"points": number(case.points * 100, 1), "n": number(customers)}
        name = _("Keeping one more: %(case)s") % {"case": case.name}
        found.append(Compared(name, figure, _over(cac, each), words))
    return found


def _over(cac: Any, each: float | None) -> str:
    """Return how many times as much winning costs."""
    return f"{number(cac.value / each, 1)}{TIMES}" if cac is not None and each else "–"
