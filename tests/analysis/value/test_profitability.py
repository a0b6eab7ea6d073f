"""Activity-based costing on drawn lines: every cent is somewhere, each rule does what it says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.analysis.value import profitability as costing
from mainstay.analysis.value.activities import Activity
from mainstay.analysis.value.profitability import Parameters, profitability

from .drawn import AS_OF, DUCK, lines

JAN, FEB = "2026-01-10", "2026-02-10"
LINES = [
    # customer, day, amount; order, product, cost
    (1, JAN, 100_00),
    (1, JAN, 50_00),
    (1, FEB, 90_00),
    (2, FEB, 30_00),
    (2, FEB, -10_00),
    (3, "2024-05-01", 70_00),
]
ORDERS = [11, 11, 12, 21, 22, 31]
PRODUCTS = [7, 8, 7, 8, 8, 7]
COSTS = [60_00, 30_00, 50_00, 20_00, -5_00, 40_00]
QUANTITIES = [2.0, 5.0, 1.0, 3.0, -1.0, 1.0]


def drawn() -> Any:
    return lines(LINES, order_id=ORDERS, product_id=PRODUCTS, cost_minor=COSTS, quantity=QUANTITIES)


def categories() -> Any:
    return DUCK.load(pa.table({"product_id": [7, 8], "category": ["tools", "tape"]}))


def of(
    *activities: Activity, quantities: Sequence[tuple[str, int, float]] = ()
) -> costing.Profitability:
    extra = pa.table(
        {
            "driver": pa.array([row[0] for row in quantities], pa.string()),
            "customer_id": pa.array([row[1] for row in quantities], pa.int64()),
            "quantity": pa.array([row[2] for row in quantities], pa.float64()),
        }
    )
    return profitability(
        drawn(),
        engine=DUCK,
        parameters=Parameters(as_of=AS_OF, activities=activities),
        categories=categories(),
        quantities=extra,
    )


def activity(driver: str, cost: int, **more: Any) -> Activity:
    return Activity(key=driver, name=driver.title(), cost_minor=cost, driver=driver, **more)


def column(found: costing.Profitability, name: str) -> dict[int, Any]:
    table = found.customers
    return dict(zip(table["customer_id"].to_pylist(), table[name].to_pylist(), strict=True))


def test_a_plain_rate_divides_the_whole_cost() -> None:
    found = of(activity("orders", 300))

    assert column(found, "cost_to_serve_minor") == {1: 200, 2: 100, 3: 0}
    assert column(found, "orders") == {1: 2, 2: 1, 3: 0}
    assert column(found, "returns") == {1: 0, 2: 1, 3: 0}


def test_net_profit_is_revenue_less_goods_less_service() -> None:
    found = of(activity("orders", 300), activity("returns", 10_00))

    assert column(found, "revenue_minor") == {1: 240_00, 2: 20_00, 3: 0}
    assert column(found, "margin_minor") == {1: 100_00, 2: 5_00, 3: 0}
    assert column(found, "net_profit_minor") == {1: 98_00, 2: -6_00, 3: 0}
    assert column(found, "costs")[2] == [100, 10_00]


def test_capacity_that_nobody_used_stays_apart() -> None:
    found = of(activity("orders", 1000, capacity_hours=10, unit_minutes=60))

    (row,) = found.summary["activities"]
    assert row["used_share"] == pytest.approx(0.3)
    assert (row["allocated_minor"], row["unused_minor"]) == (300, 700)
    assert column(found, "cost_to_serve_minor") == {1: 200, 2: 100, 3: 0}
    assert found.summary["check"]["adds_up"]


def test_more_work_than_capacity_is_said_and_costs_no_more_than_it_did() -> None:
    (row,) = of(activity("orders", 1000, capacity_hours=2, unit_minutes=60)).summary["activities"]

    assert (row["note"], row["used_share"]) == ("over_capacity", pytest.approx(1.5))
    assert (row["allocated_minor"], row["unused_minor"]) == (1000, 0)


def test_a_driver_of_which_there_was_none_leaves_the_cost_on_nobody() -> None:
    found = of(activity("visits", 500))

    (row,) = found.summary["activities"]
    assert (row["note"], row["unallocated_minor"]) == ("none_in_period", 500)
    assert found.summary["check"]["adds_up"]


def test_visits_to_somebody_who_never_bought_cost_money_too() -> None:
    found = of(activity("visits", 900), quantities=[("visits", 2, 1.0), ("visits", 9, 2.0)])

    assert column(found, "net_profit_minor")[9] == -600
    assert column(found, "treatment")[9] == "renegotiate"


def test_an_order_over_two_categories_is_shared_by_its_lines() -> None:
    found = of(activity("orders", 300)).cells.to_pylist()

    cost = {(row["customer_id"], row["category"]): row["cost_to_serve_minor"] for row in found}
    assert cost == {(1, "tape"): 50, (1, "tools"): 150, (2, "tape"): 100}


def test_customers_rank_by_the_sales_of_each_year() -> None:
    found = of()

    assert column(found, "sales_rank") == {1: 0.0, 2: 0.5, 3: None}
    assert column(found, "sales_through")[2] == pytest.approx(240 / 260)
    assert column(found, "before_minor") == {1: 0, 2: 0, 3: 70_00}
    assert column(found, "categories") == {1: 2, 2: 1, 3: 0}
    assert column(found, "products") == {1: 2, 2: 1, 3: 0}
    assert column(found, "tenth")[3] is None


def test_lines_of_unknown_cost_take_the_margin_of_the_others() -> None:
    found = profitability(
        lines([(1, JAN, 100), (1, FEB, 100)], cost_minor=[60, None]),
        engine=DUCK,
        parameters=Parameters(as_of=AS_OF, activities=()),
    )

    assert column(found, "margin_minor") == {1: 80}
    assert found.summary["margin"] == {"share": 0.4, "basis": "costs", "known": 0.5}


@pytest.mark.parametrize("seed", range(3))
def test_every_cent_is_somewhere(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 2_000
    drawn_lines = lines(
        [(int(rng.integers(300)), "2026-01-02", int(rng.integers(-500, 5000))) for _ in range(n)],
        order_id=rng.integers(0, 900, n).tolist(),
        product_id=rng.integers(0, 9, n).tolist(),
        quantity=rng.gamma(2, 3, n).tolist(),
    )
    names = pa.table({"product_id": range(8), "category": [str(i % 3) for i in range(8)]})
    visits = [("visits", int(c), float(q)) for c, q in rng.integers(1, 320, (99, 2))]
    activities = [activity(name, int(rng.integers(1, 10**9))) for name in ("orders", "units")]
    activities.append(activity("lines", 10**7 + 1, capacity_hours=7777.7, unit_minutes=3.3))
    activities.append(activity("visits", 10**6 + seed))

    found = profitability(
        drawn_lines,
        engine=DUCK,
        parameters=Parameters(as_of=AS_OF, activities=activities),
        categories=DUCK.load(names),
        quantities=pa.table(dict(zip(("driver", "customer_id", "quantity"), zip(*visits)))),  # noqa: B905
    )

    check = found.summary["check"]
    assert check["adds_up"]
    assert sum(a.cost_minor for a in activities) == check["pool_minor"]
    tied = sum(found.cells["cost_to_serve_minor"].to_pylist())
    untied = sum(costs[3] for costs in found.customers["costs"].to_pylist())
    assert tied + untied == check["carried_minor"]


def test_the_same_input_gives_the_same_cents() -> None:
    runs = [of(activity("lines", 1001), activity("units", 777)).customers for _ in range(3)]

    assert runs[0].equals(runs[1])
    assert runs[1].equals(runs[2])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"driver": ""}, "has no driver"),
        ({"cost_minor": -1}, "is negative"),
        ({"capacity_hours": 5.0}, "both or neither"),
        ({"capacity_hours": 0.0, "unit_minutes": 1.0}, "above zero"),
        ({"capacity_hours": float("nan"), "unit_minutes": 1.0}, "above zero"),
    ],
)
def test_a_wrong_activity_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    right = {"key": "a", "name": "Picking", "cost_minor": 1, "driver": "lines"}

    with pytest.raises(ValueError, match=sentence):
        Activity(**(right | wrong))


@pytest.mark.parametrize("quantity", [-1.0, float("nan"), float("inf")])
def test_a_wrong_quantity_is_refused(quantity: float) -> None:
    with pytest.raises(ValueError, match="negative or no number"):
        of(activity("visits", 5), quantities=[("visits", 1, quantity)])


def test_the_year_ends_with_the_as_of_day() -> None:
    firsts = [Parameters(as_of=day, activities=()).first for day in (AS_OF, date(2024, 2, 29))]

    assert firsts == [date(2025, 4, 1), date(2023, 3, 1)]


def test_an_empty_base_gives_an_empty_answer() -> None:
    found = profitability(
        lines([]),
        engine=DUCK,
        parameters=Parameters(as_of=AS_OF, activities=[activity("lines", 5)]),
    )

    assert found.customers.num_rows == 0
    assert found.summary["check"]["unallocated_minor"] == 5


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**13), min_size=1, max_size=40))
def test_parts_add_up_and_are_fair(total: int, weights: list[int]) -> None:
    whole = sum(weights)
    if whole == 0:
        return
    parts = costing.apportion(total, np.array(weights))

    assert sum(parts.tolist()) == total
    for part, weight in zip(parts.tolist(), weights, strict=True):
        assert abs(part * whole - total * weight) < whole
