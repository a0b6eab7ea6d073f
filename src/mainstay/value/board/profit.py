"""What the customers earn us: the whale curve, and the products on which they do."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.shared.templatetags.figures import day, money_short, number, percent
from mainstay.value.presenters.explained import explain
from mainstay.value.presenters.overview import Row, customers_url
from mainstay.value.profitability import presenters, words
from mainstay.value.profitability.matrix import name_of

from .block import Ask, Block, Chapter, Table
from .queries import Facts

CATEGORIES = 8


def chapter(facts: Facts) -> Chapter:
    title = _("What they earn you")
    run = facts.profit
    if run is None or not run.summary["n"] or not run.summary["activities"]:
        return Chapter(title, [_ask()])
    return Chapter(title, [_whale(facts, run), _matrix(facts, run)])


def _ask() -> Block:
    text = _(
        "No activity has a cost yet, so nobody knows who earns and who loses money. Enter what"
        " orders, deliveries and visits cost a year."
    )
    label, url = _("Activities and costs"), reverse("value:activities")
    return Block("whale", _("Whale curve"), ask=Ask(text, label, url))


def _whale(facts: Facts, run: Any) -> Block:
    whale = run.summary["whale"]
    lead = _(
        "%(gain)s customers earn %(peak)s; %(loss)s customers lose %(lost)s of it again. Net"
        " profit: %(total)s."
    ) % {
        "gain": number(whale["peak_customers"]),
        "peak": money_short(whale["peak_minor"], facts.unit),
        "loss": number(whale["loss_customers"]),
        "lost": money_short(whale["loss_minor"], facts.unit),
        "total": money_short(whale["total_minor"], facts.unit),
    }
    told = explain(
        facts.run,
        n=whale["n"],
        method=str(words.NET_METHOD),
        inputs=presenters.year(run),
        note=presenters.estimated(run),
    )
    told["as_of"] = day(run.as_of)
    url, chart = reverse("value:profitability"), presenters.whale(run)
    return Block("whale", _("Whale curve"), lead, chart=chart, explain=told, url=url)


def _matrix(facts: Facts, run: Any) -> Block:
    """Return how many customers earn well, earn, or lose on each category."""
    counted = {(row["category"], row["sign"]): row["n"] for row in run.summary["signs"]}
    known = [row for row in run.summary["categories"] if row["category"]]
    most = sorted(known, key=lambda row: -row["revenue_minor"])[:CATEGORIES]
    rows = [
        Row(
            name_of(row["category"], facts.categories),
            customers_url(cell_category=row["category"], cell_sign=-1),
            "",
            (
                money_short(row["net_profit_minor"], facts.unit),
                *(number(counted.get((row["category"], sign), 0)) for sign in words.SIGNS),
            ),
        )
        for row in most
    ]
    lead = _("%(loss)s of %(n)s pairs of a customer and a category lose money.") % {
        "loss": number(sum(n for (_category, sign), n in counted.items() if sign < 0)),
        "n": number(sum(counted.values())),
    }
    text = _(
        "Customers by category: ++ net profit of at least %(bound)s of sales, + at least zero, − a"
        " loss."
    )
    columns = [_("Category"), _("Net profit"), *words.SIGNS.values()]
    return Block(
        "matrix",
        _("Profitability matrix"),
        lead,
        text % {"bound": percent(run.summary["high"])},
        table=Table(columns, rows),
        url=reverse("value:matrix"),
    )
