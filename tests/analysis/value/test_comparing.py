"""The valuation compares models on its own holdout and uses the best, or the one it was told."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from mainstay.analysis.valuation import Parameters, Valuation, value

from .drawn import AS_OF, DUCK, lines

DAYS = 500


@pytest.fixture(scope="module")
def drawn() -> Any:
    """Return 400 customers who buy on single days, two thirds of whom leave in time."""
    rng = np.random.default_rng(7)
    rows = []
    for customer in range(400):
        day, rate = int(rng.integers(0, 200)), rng.gamma(0.9, 0.03)
        while day <= DAYS:
            bought = AS_OF - timedelta(DAYS - day)
            rows.append((customer, bought.isoformat(), int(rng.integers(500, 9000))))
            if rng.random() < 0.2:
                break
            day += 1 + int(rng.exponential(1 / rate))
    return lines(rows)


def valued(drawn: Any, **wish: Any) -> Valuation:
    return value(drawn, engine=DUCK, parameters=Parameters(as_of=AS_OF, **wish))


def test_nothing_is_compared_unless_asked(drawn: Any) -> None:
    assert valued(drawn).summary["comparison"] is None


def test_the_best_is_used_and_told(drawn: Any) -> None:
    found = valued(drawn, model="best").summary
    told = found["comparison"]

    assert told["used"] == told["chosen"]
    assert told["chosen"] in told["tied"]
    best = next(model for model in told["models"] if model["name"] == told["chosen"])
    assert found["models"]["purchases"]["name"] == best["title"]
    assert found["models"]["purchases"]["calendar"] == best["calendar"]
    assert found["back_test"]["errors"][0]["bias"] == pytest.approx(best["bias"])
    assert {model["name"] for model in told["models"]} >= {"bg_nbd", "nbd", "pareto_nbd_calendar"}
    assert date.fromisoformat(told["split"]) + timedelta(told["days"]) == AS_OF
    assert told["tracking"]["days"][-1] == AS_OF.isoformat()
    assert told["tracking"]["actual"][-1] == pytest.approx(
        found["occasions"] - found["n"], abs=0.01
    )


@pytest.mark.parametrize("name", ["pareto_nbd", "mbg_nbd_calendar", "nbd"])
def test_a_fixed_model_is_used_whatever_the_holdout_says(drawn: Any, name: str) -> None:
    found = valued(drawn, model=name)

    assert found.summary["comparison"]["used"] == name
    assert found.summary["models"]["purchases"]["calendar"] == name.endswith("calendar")
    assert found.summary["expected"]["equity_minor"]["mean"] > 0
    columns = [found.customers[key].to_numpy() for key in ("expected_12m_low", "expected_12m")]
    assert np.all(columns[0] <= columns[1])


def test_comparing_changes_nothing_else(drawn: Any) -> None:
    plain, beside = valued(drawn), valued(drawn, compare=True)

    assert beside.summary["comparison"]["used"] == "bg_nbd"
    assert beside.customers.equals(plain.customers)


def test_too_short_a_history_uses_the_usual_model() -> None:
    few = lines([(n, day, 100) for n in range(40) for day in ("2026-03-01", "2026-03-20")])

    found = valued(few, model="best")

    assert found.summary["comparison"] is None
    assert "A back-test needs" in found.summary["cannot"][-1]["why"]


def test_an_unknown_model_is_refused(drawn: Any) -> None:
    with pytest.raises(ValueError, match="There is no model called btyd"):
        valued(drawn, model="btyd")
