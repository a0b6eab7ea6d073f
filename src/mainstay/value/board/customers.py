"""Who the customers are: classes, scores, segments, and who is about to leave."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.analysis import charts as specs
from mainstay.shared.templatetags.figures import day, money_short, number, percent
from mainstay.value.presenters import charts, overview
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import cards, customers_counted
from mainstay.value.presenters.overview import Row

from .block import Ask, Block, Chapter, Table
from .queries import Facts


def chapter(facts: Facts) -> Chapter:
    return Chapter(_("Who your customers are"), [_pareto(facts), _grid(facts), _segments(facts)])


def _pareto(facts: Facts) -> Block:
    told, title = facts.summary, _("Pareto and ABC classes")
    if not told["classes"] or not (told["total_minor"] or 0) > 0:
        text = _("Returns outweigh purchases, or nothing was paid: revenue has no classes.")
        return Block("pareto", title, ask=Ask(text, _("Orders"), reverse("orders:list")))
    first = told["classes"][0]
    lead = _("%(n)s customers (%(share)s) bring %(revenue)s of the revenue.") % {
        "n": number(first["customers"]),
        "share": percent(first["customers"] / told["n"]),
        "revenue": percent(first["revenue_minor"] / told["total_minor"]),
    }
    columns = [_("Class"), _("Customers"), _("Share"), _("Revenue"), _("Share")]
    return Block(
        "pareto",
        title,
        lead,
        chart=charts.pareto(facts.run),
        table=Table(columns, overview.classes(facts.run)),
        explain=cards(facts.run)["classes"],
    )


def _grid(facts: Facts) -> Block:
    """Return the grid; on paper it is drawn, on a screen its cells are links."""
    run = facts.run
    return Block(
        "rfm",
        _("Recency × frequency"),
        text=_("Customers by score: 5 bought last, and most often."),
        chart=_heat(run),
        shape="value/parts/grid.html",
        data={
            "grid": overview.grid(run),
            "cuts": run.summary["cuts"],
            "currency": facts.unit,
        },
    )


def _heat(run: Any) -> Chart:
    labels = {"f": _("Frequency"), "r": _("Recency"), "customers": _("Customers")}
    spec = specs.heat(run.summary["grid"], x="f", y="r", value="customers", labels=labels)
    return Chart(_("Recency × frequency"), "", spec)


def _segments(facts: Facts) -> Block:
    columns = [_("Segment"), _("Customers"), _("Share"), _("Revenue")]
    table = Table(columns, overview.segments(facts.run))
    return Block("segments", _("RFM segments"), table=table)


def at_risk(facts: Facts) -> Block:
    """Return the most valuable customers who are probably lost."""
    title, risk = _("Customers at risk, by value"), facts.summary.get("at_risk")
    explain = cards(facts.run).get("at_risk", {})
    if not risk:
        text = _("P(alive) could not be computed, so nobody can be called at risk.")
        return Block("at_risk", title, ask=Ask(text))
    if not risk["customers"]:
        lead = _("No customer of class A or B is probably lost.")
        return Block("at_risk", title, lead, explain=explain)
    lead = _("%(customers)s of class A and B are probably lost; they brought %(amount)s a year.")
    rows = [
        Row(
            value.customer.name,
            reverse("cockpit:customer", args=[value.customer_id]),
            "",
            (
                money_short(value.revenue_minor, facts.unit),
                day(value.last_day),
                percent(value.p_alive),
            ),
        )
        for value in facts.at_risk
    ]
    columns = [_("Customer"), _("Revenue"), _("Last purchase"), _("P(alive)")]
    return Block(
        "at_risk",
        title,
        lead
        % {
            "customers": customers_counted(risk["customers"]),
            "amount": money_short(risk["yearly_minor"], facts.unit),
        },
        table=Table(columns, rows),
        explain=explain,
        url=overview.customers_url(p_alive_to=risk["below"], sort="revenue"),
    )
