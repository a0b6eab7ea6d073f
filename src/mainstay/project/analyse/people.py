"""Sections that name customers: those at risk and the largest."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from mainstay.project.analyse.html import Html, paragraph, section, table
from mainstay.project.analyse.wording import SEGMENTS, Money, count

SHOWN = 20
Summary = dict[str, Any]


def at_risk(summary: Summary, customers: pa.Table) -> Html:
    """List valuable customers who are probably lost, the most valuable first."""
    risk = summary.get("at_risk")
    if not risk:
        return Html()
    title = "Valuable customers who are probably lost"
    below = f"{risk['below']:.0%}"
    if not risk["customers"]:
        said = f"No customer of class A or B has a chance below {below} of still being one."
        return section("risk", title, paragraph(said))
    valuable = pc.is_in(customers["abc_class"], pa.array(["A", "B"]))
    lost = customers.filter(pc.and_(valuable, pc.less(customers["p_alive"], risk["below"])))
    money = Money.of(summary)
    return section(
        "risk",
        title,
        paragraph(
            f"{count(risk['customers'])} customers of class A and B bought in a rhythm that has"
            f" broken off: the chance that they are still customers is below {below}.",
            f"They brought {money(risk['yearly_minor'])} a year. These are the largest; all of them"
            " are in customers.parquet (abc_class, p_alive).",
        ),
        _listed(lost, money),
    )


def largest(summary: Summary, customers: pa.Table) -> Html:
    """List the customers with most revenue."""
    return section("largest", "Largest customers so far", _listed(customers, Money.of(summary)))


def _listed(customers: pa.Table, money: Money) -> Html:
    order = pc.select_k_unstable(
        customers,
        k=min(SHOWN, customers.num_rows),
        sort_keys=[("revenue_minor", "descending"), ("customer_id", "ascending")],
    )
    rows = [_row(row, money) for row in customers.take(order).to_pylist()]
    heads = ["Customer", "Segment", "Revenue", "Purchase days", "Last purchase", "Still a customer"]
    return table([*heads, "Next 12 months", "Lifetime value"], rows, words=2)


def _row(row: dict[str, Any], money: Money) -> list[str]:
    alive, expected = row.get("p_alive"), row.get("expected_12m")
    worth = money(row.get("clv_minor"))
    if row.get("clv_low_minor") is not None:
        low, high = money(row["clv_low_minor"]), money(row["clv_high_minor"])
        worth = Html(f'<span title="{low} to {high}">{worth}</span>')
    return [
        str(row["customer_id"]),
        SEGMENTS.get(row["segment"], row["segment"]),
        money(row["revenue_minor"]),
        count(row["occasions"]),
        str(row["last_day"]),
        "–" if alive is None else f"{alive:.0%}",
        "–" if expected is None else f"{expected:.1f}",
        worth,
    ]
