from mainstay.analysis.value import days

from .drawn import AS_OF, lines, rows


def test_orders_of_one_day_are_one_occasion_and_returns_are_netted() -> None:
    drawn = lines([(1, "2026-01-05", 900), (1, "2026-01-05", 600), (1, "2026-01-05", -200)])

    found = days.purchase_days(drawn, as_of=AS_OF)

    assert rows(found, "customer_id", "amount_minor", "bought", "lines") == [(1, 1300, True, 3)]


def test_a_day_with_returns_only_is_no_occasion() -> None:
    found = days.purchase_days(lines([(1, "2026-01-05", -200)]), as_of=AS_OF)

    assert rows(found, "amount_minor", "bought") == [(-200, False)]


def test_costs_are_summed_beside_the_amount_that_they_belong_to() -> None:
    drawn = lines([(1, "2026-01-05", 900), (1, "2026-01-05", 600)], cost_minor=[500, None])

    found = days.purchase_days(drawn, as_of=AS_OF)

    assert rows(found, "cost_minor", "costed_minor") == [(500, 900)]


def test_each_line_left_out_counts_under_its_first_reason() -> None:
    drawn = lines(
        [
            (None, "2027-01-01", 1),
            (1, "2027-01-01", 10),
            (1, "2026-01-01", 100),
            (1, "2026-01-02", 1000),
        ],
        kind=["goods", "goods", "postage", "goods"],
    )

    found = days.left_out(drawn, as_of=AS_OF)

    assert rows(found, "no_customer_minor", "after_as_of_minor", "not_goods_minor") == [
        (1, 10, 100)
    ]
    assert rows(found, "no_customer_lines", "no_day_lines", "no_amount_lines") == [(1, 0, 0)]
    assert rows(days.purchase_days(drawn, as_of=AS_OF), "amount_minor") == [(1000,)]


def test_goods_for_nothing_are_a_purchase_and_taking_them_back_is_none() -> None:
    drawn = lines([(1, "2026-01-05", 0), (2, "2026-01-05", 0)], quantity=[1.0, -1.0])

    found = days.purchase_days(drawn, as_of=AS_OF)

    assert rows(found, "customer_id", "bought") == [(1, True), (2, False)]
