"""Which runs may forget their customers."""

from datetime import date

import pytest

from mainstay.value.retention.rules import forgettable

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("runs", "forgotten"),
    [
        ([], []),
        ([(1, date(2026, 3, 1)), (2, date(2026, 3, 4))], []),  # the last 31 days: all
        ([(1, date(2026, 1, 3)), (2, date(2026, 1, 28))], [1]),  # before: the last of a month
        ([(1, date(2025, 12, 3)), (2, date(2026, 1, 28))], []),
        ([(1, date(2026, 2, 1)), (2, date(2026, 2, 20))], [1]),  # a young one counts for its month
        ([(1, date(2024, 3, 1)), (2, date(2024, 2, 29))], [2]),  # 24 months, then none
        ([(2, date(2026, 1, 28)), (1, date(2026, 1, 28))], [1]),  # two on a day: the later started
    ],
)
def test_which_runs_forget(runs: list[tuple[int, date]], forgotten: list[int]) -> None:
    assert sorted(forgettable(runs, today=TODAY, months=24)) == forgotten
