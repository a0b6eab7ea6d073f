"""What drives costs, counted from order lines: one row per customer and product category."""

from datetime import date

import ibis
from ibis import _

from mainstay.analysis.tables import VALUED_KINDS

COUNTED = ("orders", "lines", "returns", "units")  # what order lines tell of themselves
UNSORTED = ""  # the category of products without one


def within(lines: ibis.Table, *, first: date, last: date) -> ibis.Table:
    """Return the valued lines of known customers in the period, with every optional column."""
    kept = lines.filter(
        _.customer_id.notnull(), _.amount_minor.notnull(), _.day.between(first, last)
    )
    if "kind" in lines.columns:
        kept = kept.filter(_.kind.fill_null("goods").isin(VALUED_KINDS))
    absent = {
        "kind": ibis.literal("goods"),
        "quantity": ibis.literal(1.0),
        "cost_minor": ibis.null("int64"),
        "product_id": ibis.null("int64"),
    }
    more = {name: value for name, value in absent.items() if name not in lines.columns}
    order = _.order_id if "order_id" in lines.columns else _.day
    return kept.mutate(order=order, **more)


def categorised(lines: ibis.Table, categories: ibis.Table | None) -> ibis.Table:
    """Return the lines with the column `category`.

    Args:
        lines: from `within`.
        categories: product_id and category (text); None where the source knows no products.
    """
    if categories is None:
        return lines.mutate(category=ibis.literal(UNSORTED))
    named = lines.left_join(categories, "product_id")
    return named.select(*lines.columns, category=_.category.fill_null(UNSORTED))


def cells(lines: ibis.Table) -> ibis.Table:
    """Return one row per customer and category: amounts, and the drivers that fall on it.

    An order that spans categories counts as one, shared by the number of its lines; so does a
    return. Columns: customer_id, category, revenue_minor, cost_minor and costed_minor (of lines
    whose cost is known), orders, lines, returns, units, products.
    """
    sells = (_.kind.fill_null("goods") == "goods") & _is_purchase()
    takes_back = (_.kind.fill_null("goods") == "goods") & (_.amount_minor < 0)
    by_order = lines.group_by("customer_id", "order", "category").agg(
        revenue_minor=_.amount_minor.sum().cast("int64"),
        cost_minor=_.cost_minor.sum().fill_null(0).cast("int64"),
        costed_minor=_.amount_minor.sum(where=_.cost_minor.notnull()).fill_null(0).cast("int64"),
        lines=sells.sum().fill_null(0).cast("int64"),
        back=takes_back.sum().fill_null(0).cast("int64"),
        units=_.quantity.sum(where=sells & (_.quantity > 0)).fill_null(0.0),
    )
    order = ibis.window(group_by=["customer_id", "order"])
    shared = by_order.mutate(
        order_part=_.lines / _.lines.sum().over(order).nullif(0),
        return_part=_.back / _.back.sum().over(order).nullif(0),
    )
    return (
        shared.group_by("customer_id", "category")
        .agg(
            **{name: _[name].sum().cast("int64") for name in _AMOUNTS},
            orders=_.order_part.sum().fill_null(0.0),
            lines=_.lines.sum().cast("int64"),
            returns=_.return_part.sum().fill_null(0.0),
            units=_.units.sum(),
        )
        .order_by("customer_id", "category")
    )


_AMOUNTS = ("revenue_minor", "cost_minor", "costed_minor")


def _is_purchase() -> ibis.Deferred:
    return (_.amount_minor > 0) | ((_.amount_minor == 0) & (_.quantity.fill_null(1.0) > 0))


def base(lines: ibis.Table, *, first: date) -> ibis.Table:
    """Return one row per customer who ever bought: sales of two years, products, latest day.

    Args:
        lines: from `within`, from the very first day on.
        first: first day of the latest year; the year before it is `before`.
    """
    before = first.replace(year=first.year - 1, day=min(first.day, 28))
    new, old = _.day >= first, (_.day >= before) & (_.day < first)
    return (
        lines.group_by("customer_id")
        .agg(
            sales_minor=_.amount_minor.sum(where=new).fill_null(0).cast("int64"),
            sales_before_minor=_.amount_minor.sum(where=old).fill_null(0).cast("int64"),
            sales_ever_minor=_.amount_minor.sum().cast("int64"),
            products=_.product_id.nunique(where=new & (_.amount_minor > 0)),
        )
        .order_by("customer_id")
    )
