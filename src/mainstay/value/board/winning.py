"""Where customers come from: what a new one costs by channel, and what it brings."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.shared.templatetags.figures import number
from mainstay.value.acquisition import charts
from mainstay.value.acquisition.figures import amount, back_after, month, times
from mainstay.value.presenters.explained import explain

from .block import Ask, Block, Chapter
from .queries import Facts


def chapter(facts: Facts) -> Chapter:
    title, report = _("Where they come from"), facts.won
    if report is None or report.whole.cac is None:
        text = _(
            "No channel has both a known cost and enough new customers in the last twelve months."
            " Enter what your channels cost."
        )
        ask = Ask(text, _("New customers"), reverse("value:acquisition"))
        return Chapter(title, [Block("cac", _("Cost of a new customer"), ask=ask)])
    cost = charts.cost_of_one(report, facts.channels, facts.unit)
    worth = charts.worth_of_cost(report, facts.channels)
    method = _("Cost of channels ÷ new customers that came by them, where the cost is known.")
    figure = amount(report.whole.cac, facts.unit)
    lead = _("A new customer costs %(cost)s.") % {"cost": figure.value}
    blocks = [_block(facts, ("cac", _("Cost of a new customer"), lead), cost, method, figure)]
    if worth is not None:
        method = _("Margin brought so far and lifetime value still expected ÷ cost.")
        told = ("ltv", _("Lifetime value for each unit spent"), _returns(report))
        blocks.append(_block(facts, told, worth, method, times(report.whole.ratio)))
    return Chapter(title, blocks)


def _returns(report: Any) -> str:
    lead = _("Each unit spent brings %(ratio)s; the money is back after %(months)s.")
    ratio, back = times(report.whole.ratio), back_after(report.whole.payback)
    return lead % {"ratio": ratio.value, "months": back.value}


def _block(facts: Facts, told: tuple[str, str, str], chart: Any, method: str, figure: Any) -> Block:
    report: Any = facts.won
    key, title, lead = told
    first, last = (month(day) for day in report.period)
    known = explain(
        facts.run,
        n=report.whole.counted,
        method=method,
        inputs=_("First purchases from %(first)s to %(last)s") % {"first": first, "last": last},
        interval=f"95 %: {figure.interval}",
        note=_("%(n)s new customers came by no known channel.")
        % {"n": number(report.without_channel)},
    )
    url = reverse("value:acquisition")
    return Block(key, title, lead, chart=chart, explain=known, url=url)
