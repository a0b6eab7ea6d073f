"""Net lifetime value: its parts, its interval, and the rate of recommending."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from mainstay.analysis.numerics.intervals import Estimate
from mainstay.analysis.value import net_value
from mainstay.analysis.value.net_value import Bought, Giving

NEWCOMER = Estimate(10_000.0, 9_000.0, 11_000.0)


def bought(n: int = 1, **other: float) -> Bought:
    usual = {
        "p_alive": 0.5,
        "expected_12m": 2.0,
        "discounted": 6.0,
        "clv": 60_000.0,
        "low": 20_000.0,
        "high": 150_000.0,
    }
    return Bought(**{name: np.full(n, value) for name, value in (usual | other).items()})


def net(
    base: Bought, *, service: float = 0.0, given: float = 0.0, **other: object
) -> net_value.Net:
    terms: dict[str, Any] = {
        "giving": Giving(0.5, 10.0, 20, 100, 300.0),
        "newcomer": NEWCOMER,
    } | other
    ones = np.ones_like(base.clv)
    return net_value.net_value(
        base, service=service * ones, given=given * ones, tenure=2.0 * ones, level=0.8, **terms
    )


def test_it_is_purchases_and_recommendations_less_service() -> None:
    found = net(bought(), service=4_000.0, given=1.0)

    assert found.years == pytest.approx([0.5 * 6 / 2])
    assert found.recommended == pytest.approx([1.5 / 12 * 1.5 * 10_000])
    assert found.service == pytest.approx([6_000])
    assert found.net == pytest.approx([60_000 + 1_875 - 6_000])


def test_alone_purchases_keep_their_interval() -> None:
    found = net(bought(), giving=None)

    assert (found.net[0], found.low[0], found.high[0]) == pytest.approx((60_000, 20_000, 150_000))


def test_whoever_buys_nothing_more_costs_nothing_more() -> None:
    found = net(bought(p_alive=0.0, expected_12m=0.0, discounted=0.0, clv=0.0, low=0.0, high=0.0))

    assert found.net == pytest.approx([0.0])
    assert np.isfinite([found.low, found.high]).all()


@drawn(st.floats(0, 1), st.floats(0, 50), st.floats(0, 1e7), st.floats(0, 1e6), st.integers(0, 20))
def test_the_interval_holds_the_mean(
    alive: float, yearly: float, clv: float, service: float, given: int
) -> None:
    base = bought(
        p_alive=alive,
        expected_12m=yearly,
        discounted=3 * yearly,
        clv=clv,
        low=clv / 3,
        high=2 * clv,
    )
    found = net(base, service=service, given=float(given))

    assert np.isfinite(found).all()
    assert found.low[0] <= found.net[0] <= found.high[0]


def test_the_rate_is_recovered_and_shrinks_to_the_base() -> None:
    rng = np.random.default_rng(7)
    years = rng.uniform(0.5, 6, 20_000)
    counts = rng.poisson(rng.gamma(0.4, 1 / 5.0, years.size) * years)

    found = net_value.giving(counts, years)

    assert found is not None
    assert found.r / found.alpha == pytest.approx(0.4 / 5, rel=0.05)
    assert found.r == pytest.approx(0.4, rel=0.2)
    rates = found.rate(np.array([0.0, 3.0]), np.array([1.0, 1.0]))
    assert rates[0] < found.r / found.alpha < rates[1]


def test_few_recommendations_are_no_rate() -> None:
    assert net_value.giving([1] * 9 + [0] * 500, [2.0] * 509) is None
    assert net_value.worth_of_newcomer([100.0] * 9, level=0.8) is None
