"""Gaps and shares of wallet, by the definitions of the key-account literature."""

from datetime import date
from typing import Any

import ibis
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.analysis.value import gaps

AMOUNTS = st.integers(0, 10**12)
GROWTHS = st.floats(-1, 5)


def test_gaps_are_the_wallet_less_our_sales_and_its_two_sources_of_growth() -> None:
    found = gaps.gaps(wallet=[1000], sales=[400], market_growth=[0.05], share_growth=[0.25])

    assert found.share_of_wallet[0] == 0.4
    assert found.current[0] == 600
    assert found.market_part[0] == pytest.approx(50)
    assert found.share_part[0] == pytest.approx(262.5)
    assert found.at_horizon[0] == pytest.approx(600 + 312.5)


@given(AMOUNTS, AMOUNTS, GROWTHS, GROWTHS)
def test_the_sources_of_growth_add_up_to_the_wallet_at_the_horizon(
    wallet: int, sales: int, market: float, share: float
) -> None:
    found = gaps.gaps(wallet=[wallet], sales=[sales], market_growth=[market], share_growth=[share])

    grown = wallet * (1 + market) * (1 + share)
    assert found.at_horizon[0] == pytest.approx(grown - sales, rel=1e-9, abs=1)


def test_an_empty_wallet_has_no_share_and_an_unknown_growth_no_future() -> None:
    found = gaps.gaps(
        wallet=[0, 100], sales=[10, 10], market_growth=[0.1, np.nan], share_growth=[0, 0]
    )

    assert np.isnan(found.share_of_wallet[0])
    assert found.current[0] == -10
    assert np.isnan(found.future[1])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wallet": [-1]}, "A wallet is negative"),
        ({"market_growth": [-1.5]}, "below −100 %"),
        ({"sales": [1, 2]}, "differ in length"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(change: Any, sentence: str) -> None:
    fine = {"wallet": [1], "sales": [1], "market_growth": [0], "share_growth": [0]}

    with pytest.raises(ValueError, match=sentence):
        gaps.gaps(**(fine | change))


def test_the_change_of_a_market_share_is_relative_to_itself() -> None:
    assert gaps.share_growth(0.20, 0.25) == pytest.approx(0.25)
    assert np.isnan(gaps.share_growth(None, 0.25))
    assert np.isnan(gaps.share_growth(0, 0.25))


def test_sales_count_the_wanted_markets_of_the_year_with_returns_netted() -> None:
    day = date(2026, 3, 5)
    rows = [
        (1, 10, day, 500, "goods"),
        (1, 10, day, -100, "goods"),
        (1, 10, day, 70, "postage"),
        (1, 10, date(2025, 3, 5), 900, "goods"),  # a day too old
        (1, 11, day, 40, "goods"),
        (2, 10, day, 60, "goods"),  # nobody asked
    ]
    names = ("customer_id", "product_id", "day", "amount_minor", "kind")
    lines = ibis.memtable([dict(zip(names, row, strict=True)) for row in rows])
    markets = ibis.memtable({"product_id": [10, 11, 11], "market_id": [7, 7, 8]})
    wanted = ibis.memtable({"customer_id": [1, 1], "market_id": [7, 8]})

    found = gaps.sales(lines, markets, wanted, as_of=day).order_by("market_id").to_pyarrow()

    assert found.to_pylist() == [
        {"customer_id": 1, "market_id": 7, "sales_minor": 440},
        {"customer_id": 1, "market_id": 8, "sales_minor": 40},
    ]
