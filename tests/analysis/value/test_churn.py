from datetime import date
from typing import Any, Literal

import pyarrow as pa
import pytest

from mainstay.analysis.value import churn, churn_rates, days

from .drawn import AS_OF, DUCK, lines, rows

RULE = churn.Rule()
TYPICAL: tuple[Literal["median", "mean"], ...] = ("median", "mean")
SPELLS = ("customer_id", "first_day", "last_day", "lost_on", "came_back_on", "yearly_minor")


def occasions(*drawn: tuple[int, str, int], **more: Any) -> Any:
    found = DUCK.keep(days.purchase_days(lines(drawn, **more), as_of=AS_OF))
    return DUCK.keep(churn.occasions(found, margin=0.5))


def silence(*drawn: tuple[int, str, int], rule: churn.Rule = RULE, usual: float = 30) -> Any:
    found = occasions(*drawn)
    limits = DUCK.keep(churn.limits(found, rule=rule))
    return DUCK.keep(churn.by_silence(found, limits, usual_days=usual, rule=rule, as_of=AS_OF))


def contracts(*drawn: tuple[int, str, str | None, bool | None]) -> Any:
    read = date.fromisoformat
    columns = zip(
        *[(c, read(s), read(e) if e else None, r, 1000) for c, s, e, r in drawn], strict=True
    )
    arrays = [list(column) for column in columns]
    return DUCK.load(pa.table(arrays, schema=churn.CONTRACTS))


def by_contract(*drawn: tuple[int, str, str | None, bool | None]) -> list[tuple[Any, ...]]:
    found = churn.by_contract(contracts(*drawn), rule=RULE, as_of=AS_OF, margin=0.5)
    return rows(found, "customer_id", "lost_on", "came_back_on")


def test_returns_are_taken_off_the_purchase_before() -> None:
    found = occasions((1, "2026-01-01", 100), (1, "2026-01-05", -40), (1, "2026-02-01", 10))

    assert rows(found, "day", "margin_minor") == [(date(2026, 1, 1), 30.0), (date(2026, 2, 1), 5.0)]


def test_known_costs_count_and_the_share_elsewhere() -> None:
    found = occasions((1, "2026-01-01", 100), (1, "2026-01-01", 50), cost_minor=(80, None))

    assert rows(found, "margin_minor") == [(45.0,)]


def test_lost_after_three_personal_intervals_and_back_again() -> None:
    found = silence(
        (1, "2025-01-01", 100),
        (1, "2025-02-10", 100),
        (1, "2025-03-22", 100),
        (1, "2025-12-01", 300),
    )

    # intervals of 40, 40 and 254 days: the median is 40, so the limit is 120 days
    first = (1, date(2025, 1, 1), date(2025, 3, 22), date(2025, 7, 20), date(2025, 12, 1), 150)
    again = (1, date(2025, 12, 1), date(2025, 12, 1), date(2026, 3, 31), None, 150)
    assert rows(found, *SPELLS) == [first, again]


def test_who_buys_once_is_given_the_usual_interval_and_nobody_less_than_the_floor() -> None:
    found = silence((1, "2025-01-01", 100), (2, "2025-01-01", 7), (2, "2025-01-02", 7), usual=50)

    assert rows(found, "customer_id", "lost_on") == [
        (1, date(2025, 5, 31)),  # 3 × 50 days
        (2, date(2025, 4, 2)),  # 3 × 30 days after the last
    ]


def test_the_mean_interval_may_be_chosen() -> None:
    drawn = ((1, "2025-01-01", 1), (1, "2025-02-10", 1), (1, "2025-03-22", 1), (1, "2025-07-30", 1))

    lost = {
        typical: rows(silence(*drawn, rule=churn.Rule(typical=typical)), "lost_on")
        for typical in TYPICAL
    }

    # gaps of 40, 40 and 130 days: median 40, mean 70
    assert lost["median"] == [(date(2025, 7, 20),), (date(2025, 11, 27),)]
    assert lost["mean"] == [(date(2026, 2, 25),)]


def test_the_yearly_value_is_the_margin_of_the_last_365_days() -> None:
    found = silence(
        (1, "2023-01-01", 1000), (1, "2024-01-01", 200), (1, "2024-12-30", 400), usual=300
    )

    assert [row[5] for row in rows(found, *SPELLS)] == [300]


def test_by_probability_everybody_has_one_spell() -> None:
    found = occasions((1, "2025-01-01", 100), (1, "2025-12-01", 100), (2, "2025-01-01", 10))
    alive = DUCK.load(pa.table({"customer_id": [1, 2], "p_alive": [0.9, 0.19]}))

    spells = churn.by_probability(found, alive, rule=RULE)

    assert rows(spells, "customer_id", "lost_on") == [(1, None), (2, date(2025, 1, 1))]


def test_a_contract_that_ends_without_another_loses_the_customer() -> None:
    assert by_contract(
        (1, "2024-01-01", "2024-12-31", None),
        (1, "2025-01-01", "2025-12-31", False),
        (2, "2024-01-01", "2025-01-01", None),
        (2, "2025-06-01", "2026-12-01", None),
    ) == [
        (1, date(2025, 12, 31), None),
        (2, date(2025, 1, 1), date(2025, 6, 1)),
        (2, None, None),
    ]


def test_a_contract_is_kept_while_open_renewed_or_undecided() -> None:
    assert by_contract(
        (1, "2024-01-01", None, None),
        (2, "2024-01-01", "2025-01-01", True),
        (3, "2024-01-01", "2026-03-20", None),
        (4, "2024-01-01", "2026-03-31", False),  # runs until the day itself
    ) == [(1, None, None), (2, None, None), (3, None, None), (4, None, None)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"k": 1, "floor_days": 30}, "won and lost in the same one"),
        ({"threshold": 0}, "between 0 and 1"),
        ({"grace_days": -1}, "0 or more"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        churn.Rule(**wrong)


def test_months_count_who_was_there_and_who_was_lost() -> None:
    found = silence((1, "2025-10-01", 100), (2, "2025-10-05", 100), (2, "2026-01-03", 50))

    months = churn_rates.months(
        DUCK.run(churn_rates.of_months(found)).to_pylist(),
        as_of=AS_OF,
        settle_days=50,
        by_undecided=False,
    )

    told = {m.month.month: (m.customers, m.lost, m.lost_minor, m.provisional) for m in months}
    assert told == {
        10: (0, 0, 0, False),
        11: (2, 0, 0, False),
        12: (2, 1, 50, False),
        1: (1, 0, 0, False),
        2: (1, 0, 0, True),
        3: (1, 0, 0, True),
    }


def test_the_year_counts_those_who_were_there_at_its_start() -> None:
    found = silence((1, "2024-12-01", 100), (2, "2024-12-05", 60), (3, "2025-06-01", 9))

    year = DUCK.run(churn_rates.of_year(found, start=date(2025, 1, 1), end=date(2026, 1, 1)))

    row = year.to_pylist()[0]
    assert (row["customers"], row["lost"], row["lost_minor"], row["back"]) == (2, 2, 80, 0)


def test_comebacks_tell_how_long_one_has_to_wait() -> None:
    found = silence((1, "2025-01-01", 1), (1, "2025-06-01", 1), rule=churn.Rule(k=1.1))

    assert DUCK.run(churn_rates.comebacks(found)).to_pylist() == [{"n": 0, "days": None}]


def test_the_formulas_of_the_lectures() -> None:
    assert churn_rates.cost_of_churn(40, 1200.0) == 48_000
    assert churn_rates.lifetime_lost(
        lifetime=6000, customers=200, churn=0.2, margin=0.5
    ) == pytest.approx(120_000)
    assert churn_rates.years_with_us(0.2) == pytest.approx(5)
    assert churn_rates.rate(2, 29, level=0.9) is None
