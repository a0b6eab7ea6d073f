"""Sections that name customers: those at risk and the largest."""

from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from mainstay.project.analyse.html import Html, paragraph, section, table
from mainstay.project.analyse.language import day, ngettext, number, percent
from mainstay.project.analyse.language import gettext as _
from mainstay.project.analyse.wording import Money, count, segment

SHOWN = 20
Summary = dict[str, Any]


def at_risk(summary: Summary, customers: pa.Table) -> Html:
    """List valuable customers who are probably lost, the most valuable first."""
    risk = summary.get("at_risk")
    if not risk:
        return Html()
    title = _("Valuable customers who are probably lost")
    below = percent(risk["below"])
    if not risk["customers"]:
        none = _("No customer of class A or B has a chance below %(share)s of still being one.")
        return section("risk", title, paragraph(none % {"share": below}))
    valuable = pc.is_in(customers["abc_class"], pa.array(["A", "B"]))
    lost = customers.filter(pc.and_(valuable, pc.less(customers["p_alive"], risk["below"])))
    money = Money.of(summary)
    told = ngettext(
        "%(n)s customer of class A or B bought in a rhythm that has broken off: the chance of still"
        " being a customer is below %(share)s.",
        "%(n)s customers of class A and B bought in a rhythm that has broken off: the chance that"
        " they are still customers is below %(share)s.",
        risk["customers"],
    )
    brought = _(
        "They brought %(amount)s a year. These are the largest; all of them are in"
        " customers.parquet (abc_class, p_alive)."
    )
    if place := summary["source"].get("customers"):
        brought = brought.replace("customers.parquet", place)
    return section(
        "risk",
        title,
        paragraph(
            told % {"n": count(risk["customers"]), "share": below},
            brought % {"amount": money(risk["yearly_minor"])},
        ),
        _listed(lost, money),
    )


def largest(summary: Summary, customers: pa.Table) -> Html:
    """List the customers with most revenue."""
    return section("largest", _("Largest customers so far"), _listed(customers, Money.of(summary)))


def _listed(customers: pa.Table, money: Money) -> Html:
    order = pc.select_k_unstable(
        customers,
        k=min(SHOWN, customers.num_rows),
        sort_keys=[("revenue_minor", "descending"), ("customer_id", "ascending")],
    )
    rows = [_row(row, money) for row in customers.take(order).to_pylist()]
    heads = [
        _("Customer"),
        _("Segment"),
        _("Revenue"),
        _("Purchase days"),
        _("Last purchase"),
        _("Still a customer"),
        _("Next 12 months"),
        _("Lifetime value"),
    ]
    return table(heads, rows, words=2)


def _row(row: dict[str, Any], money: Money) -> list[str]:
    alive, expected = row.get("p_alive"), row.get("expected_12m")
    worth = money(row.get("clv_minor"))
    if row.get("clv_low_minor") is not None:
        between = money.between(row["clv_low_minor"], row["clv_high_minor"])
        worth = Html(f'<span title="{escape(between)}">{escape(worth)}</span>')
    return [
        str(row["customer_id"]),
        segment(row["segment"]),
        money(row["revenue_minor"]),
        count(row["occasions"]),
        day(row["last_day"]),
        "–" if alive is None else percent(alive),
        "–" if expected is None else number(expected, 1),
        worth,
    ]
