"""Customer profitability by activity-based costing: purchases less goods, sale and service.

    lines -> customers × categories with their drivers      (Ibis, in the engine)
          -> costs of activities, divided to the cent       (NumPy, on whole numbers)
          -> customers and cells (Arrow tables), summary (plain values)

An activity with times is costed by them: rate = cost of the year / practical capacity, cost =
rate × unit time × quantity, and the capacity nobody used stays apart. One without times is divided
among the whole quantity of its driver.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mainstay.analysis import tables
from mainstay.analysis.numerics.shares import apportion, apportion_within, sum_of
from mainstay.analysis.value import drivers, ranks, whale
from mainstay.analysis.value.activities import THOUSANDTHS, Activity, Charge, charge
from mainstay.analysis.value.whale import Ints


class Engine(Protocol):
    """Where expressions run."""

    def run(self, expression: Any) -> pa.Table:
        """Compute the expression and return its rows."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The policy of a computation; it covers the year that ends with `as_of`."""

    as_of: date
    activities: Sequence[Activity]
    default_margin: float = 1.0  # of revenue, where no line has a cost
    high: float = 0.10  # net profit of revenue from which a cell of the matrix is ++

    def __post_init__(self) -> None:
        """Refuse what would give nonsense."""
        keys = [activity.key for activity in self.activities]
        if len(set(keys)) < len(keys):
            raise ValueError("Two activities have the same key; give each its own.")
        if not 0 < self.high < 1:
            raise ValueError("The bound of ++ must lie between 0 and 1, such as 0.10.")

    @property
    def first(self) -> date:
        """The first day of the year that ends with `as_of`."""
        try:
            return self.as_of.replace(year=self.as_of.year - 1) + timedelta(1)
        except ValueError:  # the 29th of February
            return date(self.as_of.year - 1, 3, 1)


@dataclass(frozen=True)
class Profitability:
    """One row per customer, one per customer and category, and what explains them."""

    customers: pa.Table
    cells: pa.Table
    summary: dict[str, Any]


def profitability(
    lines: ibis.Table,
    *,
    engine: Engine,
    parameters: Parameters,
    categories: ibis.Table | None = None,
    quantities: pa.Table | None = None,
) -> Profitability:
    """Return what each customer earned us in the year up to `as_of`, after the cost to serve.

    Args:
        lines: order lines (`tables.ORDER_LINES`).
        engine: where the expressions run.
        parameters: the activities with their costs and drivers, and the year.
        categories: product_id and category; None gives a single category.
        quantities: driver, customer_id, quantity: drivers that order lines do not tell.

    Raises:
        ValueError: a needed column is absent, or a quantity is negative or not a number.
    """
    tables.check(lines)
    first, last = parameters.first, parameters.as_of
    ever = drivers.within(lines, first=date.min, last=last)
    base = engine.run(drivers.base(ever, first=first))
    year = drivers.categorised(drivers.within(lines, first=first, last=last), categories)
    ledger = Ledger(base, engine.run(drivers.cells(year)), checked(quantities))
    return _result(ledger, parameters)


def checked(quantities: pa.Table | None) -> pa.Table:
    """Return the quantities; refuse what cannot be a quantity."""
    if quantities is None:
        none = {"driver": pa.string(), "customer_id": pa.int64(), "quantity": pa.float64()}
        return pa.schema(list(none.items())).empty_table()
    found = quantities["quantity"].cast(pa.float64()).to_numpy()
    if not np.isfinite(found).all() or (found < 0).any():
        raise ValueError("A driver's quantity is negative or no number; correct it and try again.")
    return quantities


class Ledger:
    """Customers in order, their cells, and the quantities of every driver."""

    def __init__(self, base: pa.Table, cells: pa.Table, quantities: pa.Table) -> None:
        """Number the customers: those who ever bought, and those who only caused work."""
        self.base, self.cells, self.extra = base, cells, quantities
        known = [table["customer_id"].to_numpy() for table in (base, quantities)]
        self.ids = np.unique(np.concatenate([ids for ids in known if len(ids)] or known[:1]))
        self.group = np.searchsorted(self.ids, cells["customer_id"].to_numpy())

    def of_base(self, name: str) -> Ints:
        """Return a column of the base for every customer, 0 for who never bought."""
        column = np.zeros(len(self.ids), np.int64)
        places = np.searchsorted(self.ids, self.base["customer_id"].to_numpy())
        column[places] = self.base[name].fill_null(0).to_numpy()
        return column

    def per_customer(self, values: Any) -> Ints:
        """Return the sum of a cells' column for every customer, exact."""
        totals = np.zeros(len(self.ids), np.int64)
        np.add.at(totals, self.group, values)
        return totals

    def quantity(self, driver: str) -> Ints:
        """Return each customer's quantity of a driver in thousandths."""
        if driver in drivers.COUNTED:
            found = np.bincount(self.group, self.weights(driver), len(self.ids))
            whole = driver != "units"  # parts of an order add up to whole orders
            return (np.rint(found) if whole else found * THOUSANDTHS).round().astype(np.int64) * (
                THOUSANDTHS if whole else 1
            )
        mine = self.extra.filter(pc.equal(self.extra["driver"], driver))
        places = np.searchsorted(self.ids, mine["customer_id"].to_numpy())
        amounts = np.bincount(places, mine["quantity"].to_numpy(), len(self.ids))
        return np.rint(amounts * THOUSANDTHS).astype(np.int64)

    def weights(self, driver: str) -> Any:
        return self.cells[driver].cast(pa.float64()).to_numpy()


def _result(ledger: Ledger, parameters: Parameters) -> Profitability:
    margins, known = _margins(ledger.cells, parameters.default_margin)
    charges = [charge(each, ledger.quantity(each.driver)) for each in parameters.activities]
    costs = [apportion(each.allocated_minor, each.quantities) for each in charges]
    service = np.zeros(len(ledger.cells), np.int64)
    for each, cost in zip(charges, costs, strict=True):
        if each.activity.driver in drivers.COUNTED:
            weights = ledger.weights(each.activity.driver)
            service += apportion_within(cost, weights, ledger.group)
    customers = _customers(ledger, ledger.per_customer(margins), costs)
    cells = _cells(ledger, margins, service, parameters.high)
    return Profitability(customers, cells, _summary(customers, cells, charges, parameters, known))


def _margins(cells: pa.Table, default: float) -> tuple[Ints, dict[str, Any]]:
    """Return each cell's margin, and how much of it rests on known costs.

    Lines of unknown cost take the margin of all lines whose cost is known.
    """
    revenue, cost, costed = (
        cells[name].to_numpy() for name in ("revenue_minor", "cost_minor", "costed_minor")
    )
    all_revenue, all_costed = sum_of(revenue), sum_of(costed)
    usable = all_costed > 0 and all_revenue > 0
    share = 1 - sum_of(cost) / all_costed if usable else default
    margins = revenue - cost - np.rint((revenue - costed) * (1 - share)).astype(np.int64)
    basis = "costs" if usable else "default"
    known = min(all_costed / all_revenue, 1.0) if usable else 0.0
    return margins, {"share": share, "basis": basis, "known": known}


def _customers(ledger: Ledger, margins: Ints, costs: list[Ints]) -> pa.Table:
    revenue = ledger.of_base("sales_minor")
    service: Ints = sum(costs, np.zeros_like(revenue))
    net = margins - service
    bought = ledger.cells["lines"].to_numpy() > 0
    counted = {name: ledger.quantity(name) // THOUSANDTHS for name in ("orders", "returns")}
    # Whoever neither bought nor caused work this year says nothing about this year's profit.
    active = (revenue != 0) | (service != 0) | (net != 0) | (counted["orders"] > 0)
    tenth = np.zeros(len(net), np.int64)
    tenth[active] = whale.tenths(net[active])
    advice = whale.treat(net=net, revenue=revenue, service=service)
    columns: dict[str, Any] = {
        "customer_id": ledger.ids,
        **counted,
        "categories": ledger.per_customer(bought.astype(np.int64)),
        "products": ledger.of_base("products"),
        "revenue_minor": revenue,
        "before_minor": ledger.of_base("sales_before_minor"),
        "margin_minor": margins,
        "cost_to_serve_minor": service,
        "net_profit_minor": net,
        "tenth": pa.array(tenth, mask=~active),
        "treatment": advice.kind,
        "change": pa.array(advice.change, from_pandas=True),
        **ranks.shares(revenue, "sales"),
        **ranks.shares(ledger.of_base("sales_before_minor"), "before"),
        **ranks.shares(ledger.of_base("sales_ever_minor"), "ever"),
        "costs": _lists(costs, len(net)),
    }
    return pa.table(columns)


def _lists(costs: list[Ints], rows: int) -> pa.Array:
    """Return one list per customer: the cost of each activity, in the activities' order."""
    flat = np.column_stack(costs).ravel() if costs else np.zeros(0, np.int64)
    ends = np.arange(rows + 1, dtype=np.int32) * len(costs)
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(flat))


def _cells(ledger: Ledger, margins: Ints, service: Ints, high: float) -> pa.Table:
    revenue = ledger.cells["revenue_minor"].to_numpy()
    net = margins - service
    return pa.table(
        {
            "customer_id": ledger.cells["customer_id"],
            "category": ledger.cells["category"],
            "revenue_minor": revenue,
            "margin_minor": margins,
            "cost_to_serve_minor": service,
            "net_profit_minor": net,
            "sign": whale.signs(net=net, revenue=revenue, high=high),
        }
    )


def _summary(
    customers: pa.Table,
    cells: pa.Table,
    charges: list[Charge],
    parameters: Parameters,
    known: dict[str, Any],
) -> dict[str, Any]:
    active = customers.filter(pc.is_valid(customers["tenth"]))
    net = active["net_profit_minor"].to_numpy()
    names = ("revenue_minor", "margin_minor", "cost_to_serve_minor", "net_profit_minor")
    sums = {name: sum_of(active[name].to_numpy()) for name in names}
    check = _checked(charges, sums["cost_to_serve_minor"])
    return {
        "as_of": parameters.as_of.isoformat(),
        "first": parameters.first.isoformat(),
        "high": parameters.high,
        "n": active.num_rows,
        "silent": customers.num_rows - active.num_rows,
        **sums,
        "margin": known,
        "activities": [each.plain() for each in charges],
        "check": check,
        "whale": whale.curve(net)._asdict(),
        "rule": whale.rule(net),
        "tenths": _grouped(active, "tenth", names),
        "treatments": _grouped(active, "treatment", ("net_profit_minor",)),
        "categories": _grouped(cells, "category", names),
        "signs": _grouped(cells, ["category", "sign"], ("net_profit_minor",)),
    }


def _checked(charges: list[Charge], carried: int) -> dict[str, Any]:
    """Return the proof that nothing was lost: what customers carry, what nobody used, the pool."""
    sums = {
        name: sum(getattr(each, name) for each in charges)
        for name in ("pool_minor", "allocated_minor", "unused_minor", "unallocated_minor")
    }
    parts = carried + sums["unused_minor"] + sums["unallocated_minor"]
    return sums | {"carried_minor": carried, "adds_up": parts == sums["pool_minor"]}


def _grouped(table: pa.Table, by: str | list[str], sums: Sequence[str]) -> list[dict[str, Any]]:
    keys = [by] if isinstance(by, str) else by
    wanted: list[Any] = [(name, "sum") for name in sums]
    found = table.group_by(keys).aggregate([*wanted, ([], "count_all")])
    found = found.rename_columns(
        [name.removesuffix("_sum").replace("count_all", "n") for name in found.column_names]
    )
    return found.sort_by([(key, "ascending") for key in keys]).to_pylist()  # type: ignore[no-any-return]
