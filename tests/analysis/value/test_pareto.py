from typing import Any

from mainstay.analysis.value import pareto

from .drawn import rows, table


def base(*revenues: int) -> Any:
    return table(customer_id=range(len(revenues)), revenue_minor=revenues)


def classes(*revenues: int, a: float = 0.8, b: float = 0.95) -> list[tuple[Any, ...]]:
    ranked = pareto.ranked(base(*revenues))
    total, at, bt = rows(pareto.bounds(ranked, a=a, b=b), "total_minor", "a", "b")[0]
    found = pareto.classed(ranked, total_minor=total, bounds=pareto.Bounds(at or 0, bt or 0))
    return rows(found, "revenue_minor", "revenue_rank", "abc_class")


def test_class_a_ends_with_the_customer_that_reaches_eighty_per_cent() -> None:
    assert classes(70, 15, 9, 5, 1) == [
        (1, 5, "C"),
        (5, 4, "B"),
        (9, 3, "B"),
        (15, 2, "A"),
        (70, 1, "A"),
    ]


def test_equal_revenue_shares_rank_and_class() -> None:
    assert classes(50, 50, 50, 50) == [(50, 1, "A")] * 4


def test_customers_without_revenue_are_class_c_and_do_not_shrink_the_total() -> None:
    assert classes(100, 0, -300) == [(-300, 3, "C"), (0, 2, "C"), (100, 1, "A")]


def test_no_revenue_at_all_gives_no_class() -> None:
    assert classes(0, -5) == [(-5, 2, None), (0, 1, None)]


def test_the_thresholds_can_be_moved() -> None:
    assert [row[2] for row in classes(70, 15, 9, 5, 1, a=0.5, b=0.7)] == ["C", "C", "C", "C", "A"]
