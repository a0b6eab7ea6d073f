from datetime import date
from typing import Any

import pytest

from mainstay.analysis.value import cohorts, days, growth
from mainstay.analysis.value.cohorts import Span

from .drawn import AS_OF, DUCK, lines, rows

MONTH = "month"


def lives(*drawn: tuple[int, str, int], **more: Any) -> Any:
    found = DUCK.keep(days.purchase_days(lines(drawn, **more), as_of=AS_OF))
    return DUCK.keep(cohorts.lives(found, margin=0.5, as_of=AS_OF))


def cells(table: Any, period: str = MONTH) -> list[cohorts.Cell]:
    return cohorts.cells(
        DUCK.run(cohorts.sizes(table, period=period)).to_pylist(),
        DUCK.run(cohorts.activity(table, period=period)).to_pylist(),
    )


def test_months_of_life_are_personal() -> None:
    found = lives((1, "2026-01-31", 100), (1, "2026-02-28", 10), (1, "2026-03-01", 4))

    # born on the 31st: February 28th is still month 0, March 1st is month 1; one month is over
    assert rows(found, "age", "months", "purchases", "revenue_minor", "margin_minor") == [
        (0, 2, 2, 110, 55),
        (1, 2, 1, 4, 2),
    ]


def test_only_what_somebody_has_lived_through_is_a_cell() -> None:
    found = cells(
        lives(
            (1, "2026-01-01", 100),
            (2, "2026-01-20", 60),
            (1, "2026-02-10", 8),
            (2, "2026-03-25", 5),
        )
    )

    told = [(c.age, c.of, c.customers, c.active, c.revenue_minor, c.complete) for c in found]
    assert told == [
        (0, 2, 2, 2, 160, True),
        (1, 2, 2, 1, 8, True),
        (2, 2, 1, 0, 0, False),  # customer 2 is in the third month still
    ]


def test_quarters_and_years_are_whole_too() -> None:
    table = lives((1, "2024-03-31", 100), (1, "2025-03-31", 70), (2, "2024-06-01", 9))

    assert [(c.cohort, c.age, c.of, c.customers) for c in cells(table, "year")] == [
        (date(2024, 1, 1), 0, 2, 2),
        (date(2024, 1, 1), 1, 2, 1),
    ]
    assert len(cells(table, "quarter")) == 8 + 7


def test_own_spans_join_the_months() -> None:
    table = lives((1, "2025-12-05", 10), (2, "2026-01-06", 20), (2, "2026-02-07", 30))
    span = Span("winter", date(2025, 12, 1), date(2026, 1, 1))

    found = cohorts.between(cells(table), [span])

    assert [(c.age, c.of, c.customers, c.active) for c in found] == [
        (0, 2, 2, 2),
        (1, 2, 2, 1),
        (2, 2, 1, 0),
    ]


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([("a", 1, 6), ("b", 6, 9)], "overlap, so customers would count twice"),
        ([("a", 6, 1)], "ends before it begins"),
    ],
)
def test_spans_that_overlap_or_run_backwards_are_refused(spans: Any, words: str) -> None:
    drawn = [Span(name, date(2025, first, 1), date(2025, last, 1)) for name, first, last in spans]

    with pytest.raises(ValueError, match=words):
        cohorts.between([], drawn)


def test_growth_compares_the_same_customers_and_splits_without_remainder() -> None:
    table = lives(
        (1, "2024-01-01", 100),
        (1, "2025-02-01", 150),
        (1, "2025-03-01", 150),
        (2, "2024-01-01", 100),
        (3, "2025-01-01", 999),  # has not lived through two years
        quantity=(1, 1, 1, 1, 1),
    )

    step = growth.steps(
        DUCK.run(growth.by_year(table)).to_pylist(), DUCK.run(growth.whole_years(table)).to_pylist()
    )[0]

    assert (step.year, step.customers, step.before, step.after) == (2, 2, 50, 75)
    assert step.parts is not None
    assert sum(step.parts.values()) == pytest.approx(25)
    assert step.parts["buying"] < 0 < step.parts["purchases"]
    assert step.change is not None
    assert step.change.value == pytest.approx(25)  # +100 and −50


def test_growth_of_a_silent_year_is_not_split() -> None:
    table = lives((1, "2024-01-01", 100), (2, "2024-01-01", 100))

    found = growth.steps(
        DUCK.run(growth.by_year(table)).to_pylist(), DUCK.run(growth.whole_years(table)).to_pylist()
    )

    assert [(s.after, s.parts) for s in found] == [(0, None)]
