import pytest
from scipy import stats

from mainstay.analysis.numerics import intervals


@pytest.mark.parametrize(("k", "n"), [(0, 10), (3, 10), (10, 10), (180, 1000)])
def test_wilson_as_scipy_has_it(k: int, n: int) -> None:
    known = stats.binomtest(k, n).proportion_ci(0.9, method="wilson")

    found = intervals.wilson(k, n, level=0.9)

    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-12)


@pytest.mark.parametrize("n", [1, 5, 20, 400])
def test_counts_as_the_exact_poisson_interval(n: int) -> None:
    low, high = stats.chi2.ppf(0.025, 2 * n) / 2, stats.chi2.ppf(0.975, 2 * n + 2) / 2

    found = intervals.count(n)

    assert found.low == pytest.approx(low, rel=0.05 if n > 1 else 1, abs=0.05)
    assert found.high == pytest.approx(high, rel=0.01)


def test_a_mean_with_the_standard_error_of_its_values() -> None:
    values = [3.0, 5.0, 10.0]

    found = intervals.mean(3, sum(values), sum(v * v for v in values))

    assert found is not None
    assert found.high - found.value == pytest.approx(1.959964 * stats.sem(values))
    assert intervals.mean(1, 3.0, 9.0) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: intervals.wilson(3, 2),
        lambda: intervals.wilson(0, 0),
        lambda: intervals.count(-1),
        lambda: intervals.two_sided(1.0),
    ],
)
def test_what_is_no_count_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="Give"):
        wrong()  # type: ignore[operator]
