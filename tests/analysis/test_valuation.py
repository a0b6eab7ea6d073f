import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from ibis import _

from mainstay import engine
from mainstay.analysis.valuation import Parameters, Valuation, value

from .value.drawn import AS_OF, DUCK, lines


def valued(drawn: ibis.Table, **changes: Any) -> Valuation:
    parameters = Parameters(**({"as_of": AS_OF} | changes))
    found = value(drawn, engine=DUCK, parameters=parameters)
    json.dumps(found.summary, allow_nan=False)
    return found


def reasons(found: Valuation) -> dict[str, str]:
    return {reason["what"]: reason["why"] for reason in found.summary["cannot"]}


def test_published_fits_on_the_cdnow_sample(shared_file: Callable[[str], Path]) -> None:
    text = shared_file("data/CDNOW_sample.txt").read_text().split()
    cells = np.array(text).reshape(-1, 5)
    days = [date(int(day[:4]), int(day[4:6]), int(day[6:])) for day in cells[:, 2]]
    rows = pa.table(
        {
            "customer_id": cells[:, 1].astype(np.int64),
            "day": pa.array(days),
            "amount_minor": np.rint(cells[:, 4].astype(float) * 100).astype(np.int64),
        }
    )

    found = valued(DUCK.load(rows), as_of=date(1997, 9, 30))

    purchases = {p["name"]: p["value"] for p in found.summary["models"]["purchases"]["parameters"]}
    spend = {p["name"]: p["value"] for p in found.summary["models"]["spend"]["parameters"]}
    assert found.summary["n"] == 2357
    assert purchases["r"] == pytest.approx(0.2426, abs=5e-5)
    assert purchases["alpha"] / 7 == pytest.approx(4.4135, abs=5e-3)
    assert (spend["p"], spend["q"]) == pytest.approx((6.25, 3.74), abs=0.01)
    assert spend["v"] == pytest.approx(1544.8, abs=0.5)
    assert found.summary["models"]["spend"]["n"] == 946


def test_the_back_test_of_online_retail_shows_how_far_off_the_forecast_was(
    shared_file: Callable[[str], Path],
) -> None:
    duck = engine.connect("duckdb://")
    retail = duck.read_parquet([shared_file("data/online_retail.parquet")])
    drawn = retail.select(
        customer_id=_.CustomerID.cast("int64"),
        day=_.InvoiceDate.cast("timestamp").date(),
        amount_minor=(_.Quantity * _.UnitPrice * 100).round().cast("int64"),
    )

    found = value(drawn, engine=duck, parameters=Parameters(as_of=date(2011, 12, 9)))

    tested = found.summary["back_test"]
    assert found.summary["counts"]["no_customer_lines"] == 135_080
    assert tested["days"] == 186
    assert abs(tested["errors"][0]["bias"]) > 5
    assert "No dropout" in tested["note"]


@pytest.mark.parametrize(
    ("rows", "n"),
    [
        ([], 0),
        ([(1, "2026-01-05", -5)], 0),
        ([(1, "2026-01-05", 500)], 1),
        ([(1, "2026-01-05", 500), (2, "2026-01-05", 700)], 2),
        ([(1, "2026-01-05", 500), (1, "2026-02-05", -900)], 1),
        ([(1, "2026-01-05", 500), (1, "2026-02-05", 500)], 1),
        ([(1, "2026-03-31", 500), (2, "2026-03-31", 700)], 2),
        ([(n, "2025-01-05", 500 + n) for n in range(40)], 40),
    ],
    ids=["none", "returns", "one", "same-day", "negative", "repeat", "today", "no-repeats"],
)
def test_a_poor_base_is_valued_as_far_as_it_goes_and_says_what_cannot_be(
    rows: list[tuple[int, str, int]], n: int
) -> None:
    found = valued(lines(rows))

    assert found.summary["n"] == found.customers.num_rows == n
    assert reasons(found)
    assert all(why.endswith((".", "is.")) for why in reasons(found).values())


def test_costs_give_the_margin_that_values_future_spend() -> None:
    rng = np.random.default_rng(7)
    rows = [
        (customer, str(date(2025, 1, 1) + timedelta(int(day))), int(rng.integers(500, 9000)))
        for customer in range(150)
        for day in np.cumsum(rng.integers(5, 90, size=rng.integers(1, 8)))[:5]
        if day < 450
    ]
    costs = [amount * 6 // 10 for _customer, _day, amount in rows]

    with_costs = valued(lines(rows, cost_minor=costs))
    without = valued(lines(rows))

    margin = with_costs.summary["margin"]
    assert (margin["basis"], round(margin["share"], 2)) == ("costs", 0.4)
    assert without.summary["margin"]["share"] == 1.0
    one, other = (np.array(v.customers["clv_minor"]) for v in (with_costs, without))
    assert one.sum() == pytest.approx(0.4 * other.sum(), rel=0.01)
    low, high = (np.array(with_costs.customers[f"clv_{end}_minor"]) for end in ("low", "high"))
    assert ((low <= one) & (one <= high)).all()


def test_the_same_lines_have_the_same_fingerprint_in_any_order() -> None:
    rows = [(n % 7, f"2026-01-{n % 28 + 1:02}", 100 + n) for n in range(60)]

    assert valued(lines(rows)).fingerprint == valued(lines(rows[::-1])).fingerprint
    assert valued(lines(rows)).fingerprint != valued(lines(rows[1:])).fingerprint
