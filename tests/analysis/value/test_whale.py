import numpy as np
import pytest

from mainstay.analysis.value import whale


def test_the_curve_peaks_before_the_losses_and_ends_at_the_total() -> None:
    found = whale.curve(np.array([500, -200, 300, 0, -100]))

    assert (found.peak_minor, found.peak_customers) == (800, 2)
    assert (found.total_minor, found.loss_minor, found.loss_customers) == (500, 300, 2)
    assert found.points[0] == {"customers": 0.0, "profit_minor": 0}
    assert found.points[-1] == {"customers": 1.0, "profit_minor": 500}
    assert {"customers": 0.4, "profit_minor": 800} in found.points


@pytest.mark.parametrize("net", [[], [0, 0], [-5, -7]])
def test_without_profit_there_are_counts_and_no_shares(net: list[int]) -> None:
    found = whale.rule(np.array(net, np.int64))

    assert found["top_profit"] is None
    assert found["tail_loss"] is None


def test_the_textbook_rule_is_computed_for_this_base() -> None:
    net = np.array([800, 400, 100, 100, 100, 50, 50, -200, -200, -200])

    found = whale.rule(net)

    assert found["top_profit"] == pytest.approx(1200 / 1000)
    assert found["tail_loss"] == pytest.approx(600 / 1600)
    assert found["unprofitable"] == pytest.approx(0.3)


def test_tenths_are_equally_large_and_best_first() -> None:
    found = whale.tenths(np.arange(20)[::-1])

    assert found.tolist() == [1 + i // 2 for i in range(20)]


def test_signs_by_stated_bounds() -> None:
    net, revenue = np.array([20, 5, 0, -1, 5]), np.array([100, 100, 100, 100, 0])

    assert whale.signs(net=net, revenue=revenue, high=0.10).tolist() == [2, 1, 1, -1, 1]


def test_the_first_treatment_that_closes_the_loss_is_suggested() -> None:
    net = np.array([10, -5, -40, -90, -30])
    revenue, service = np.array([100, 100, 200, 100, 0]), np.array([5, 10, 100, 100, 30])

    found = whale.treat(net=net, revenue=revenue, service=service)

    assert found.kind == ["", "raise_price", "lower_service_cost", "renegotiate", "renegotiate"]
    assert found.change[1] == pytest.approx(0.05)
    assert found.change[2] == pytest.approx(0.40)
    assert np.isnan(found.change[[0, 3, 4]]).all()
