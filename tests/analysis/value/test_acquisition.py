from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from mainstay.analysis.value import acquisition, cohorts, days

from .drawn import AS_OF, DUCK, lines, rows


def channels(*pairs: tuple[int, int]) -> Any:
    columns = {"customer_id": [c for c, _ in pairs], "channel": [k for _, k in pairs]}
    return DUCK.load(pa.table(columns | {"campaign": pa.nulls(len(pairs), pa.int64())}))


def test_who_has_no_channel_is_counted_as_such() -> None:
    customers = DUCK.load(
        pa.table(
            {
                "customer_id": [1, 2, 3],
                "first_day": [date(2026, 1, 5), date(2026, 1, 9), date(2026, 2, 1)],
                "revenue_minor": [100, 100, 100],
                "margin_minor": pa.array([40, None, 10], pa.int64()),
                "clv_minor": pa.array([5, 5, None], pa.int64()),
            }
        )
    )

    found = acquisition.newcomers(customers, channels((1, 7)), margin=0.5)

    assert rows(found, "channel", "month", "customers", "worth", "squares") == [
        (0, date(2026, 1, 1), 1, 55.0, 3025.0),
        (0, date(2026, 2, 1), 1, 10.0, 100.0),
        (7, date(2026, 1, 1), 1, 45.0, 2025.0),
    ]


def test_sums_of_squares_grow_to_those_of_the_cumulative_margins() -> None:
    drawn = ((1, "2025-07-01", 100), (1, "2025-08-05", 60), (2, "2025-07-03", 40))
    found = DUCK.keep(days.purchase_days(lines(drawn), as_of=AS_OF))
    lives = DUCK.keep(cohorts.lives(found, margin=0.5, as_of=AS_OF))
    known = channels((1, 7), (2, 7))

    n, margins, squares = acquisition.pooled(
        DUCK.run(acquisition.cohort_sizes(lives, known)).to_pylist(),
        DUCK.run(acquisition.returns(lives, known)).to_pylist(),
    )

    assert (n, margins[:2], len(margins)) == (2, [70.0, 30.0], 8)
    assert np.cumsum(squares)[:2].tolist() == [50**2 + 20**2, 80**2 + 20**2]


def test_cac_is_told_with_its_interval_from_twenty_customers_on() -> None:
    found = acquisition.cac(100_000, 100)

    assert found is not None
    # exact Poisson interval of 100: 81.36 to 121.63
    assert found.low == pytest.approx(100_000 / 121.63, rel=1e-3)
    assert found.high == pytest.approx(100_000 / 81.36, rel=1e-3)
    assert acquisition.cac(100_000, 19) is None


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(ValueError, match="Give 0 or more"):
        acquisition.cac(-1, 100)


def test_the_interval_of_ltv_to_cac_covers_the_truth() -> None:
    rng, covered, runs = np.random.default_rng(5), 0, 400
    for _ in range(runs):
        worth = rng.gamma(2.0, 500.0, max(rng.poisson(120), acquisition.FEW))
        found = acquisition.ratio(
            customers=worth.size,
            worth=float(worth.sum()),
            squares=float((worth**2).sum()),
            cost=40_000,
            level=0.9,
        )
        assert found is not None
        covered += found.low <= 120 * 1000 / 40_000 <= found.high

    assert 0.86 <= covered / runs <= 0.94


def test_payback_is_where_the_mean_margin_reaches_the_cost() -> None:
    each = np.linspace(8, 12, 50)  # margin a month of each of 50 customers
    margins = [float(each.sum())] * 12
    squares = [float(((t * each) ** 2 - ((t - 1) * each) ** 2).sum()) for t in range(1, 13)]

    found = acquisition.payback(cost=60, customers=50, margins=margins, squares=squares)
    never = acquisition.payback(cost=900, customers=50, margins=margins, squares=squares)

    assert found == acquisition.Payback(6, 6, 7, 12, 50)
    assert never == acquisition.Payback(None, None, None, 12, 50)
    assert acquisition.payback(cost=1, customers=19, margins=margins, squares=squares) is None


def test_nothing_lived_through_pays_nothing_back() -> None:
    assert acquisition.pooled([{"cohort": 1, "customers": 4, "months": 0}], []) == (0, [], [])


def test_campaigns_of_a_channel_are_pooled_or_told_apart() -> None:
    drawn = ((1, "2025-07-01", 100), (2, "2025-07-03", 40), (3, "2025-10-05", 60))
    found = DUCK.keep(days.purchase_days(lines(drawn), as_of=AS_OF))
    lives = DUCK.keep(cohorts.lives(found, margin=0.5, as_of=AS_OF))
    table = {"customer_id": [1, 2, 3], "channel": [7, 7, 7], "campaign": [70, 71, 70]}
    known = DUCK.load(pa.table(table))
    sizes = DUCK.run(acquisition.cohort_sizes(lives, known)).to_pylist()
    returns = DUCK.run(acquisition.returns(lives, known)).to_pylist()

    n, margins, _squares = acquisition.pooled(sizes, returns)
    one = [[row for row in part if row["campaign"] == 70] for part in (sizes, returns)]

    assert (n, margins[0]) == (3, 100.0)
    assert acquisition.pooled(*one)[0] == 2
