"""Contracts as chains and counts, and what the models make of them."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from mainstay.analysis.lifetime import sbg
from mainstay.analysis.value import churn, renewing

from .drawn import AS_OF, DUCK

Row = tuple[int, date, date | None, bool | None, int]


def chains(*rows: Row) -> Any:
    table = pa.table([list(column) for column in zip(*rows, strict=True)], schema=churn.CONTRACTS)
    return churn.contract_relations(DUCK.load(table), rule=churn.Rule(), as_of=AS_OF)


def counts(*rows: Row) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = DUCK.run(
        renewing.counted(chains(*rows), as_of=AS_OF).order_by("contracts", "months")
    ).to_pydict()
    return found


def years(
    customer: int, starts: date, n: int, *, gone: bool = False, yearly: int = 1024
) -> list[Row]:
    """Return n contracts of a year, each followed by the next."""
    begun = [starts + timedelta(365 * place) for place in range(n)]
    return [
        (customer, day, day + timedelta(364), False if gone and day == begun[-1] else None, yearly)
        for day in begun
    ]


def drawn(n: int, *, alpha: float, beta: float) -> list[Row]:
    """Return chains whose customers leave at each renewal with a chance of their own."""
    rng = np.random.default_rng(4)
    rows: list[Row] = []
    for customer in range(n):
        chance, signed = rng.beta(alpha, beta), int(rng.integers(1, 9))
        left = int(rng.geometric(chance))
        starts = AS_OF - timedelta(365 * signed - int(rng.integers(1, 360)))
        whole = min(left, signed)
        rows += years(customer, starts, whole, gone=left < signed, yearly=int(rng.integers(1, 9)))
    return rows


def test_connected_contracts_are_one_chain() -> None:
    found = counts(*years(1, date(2020, 1, 1), 3, gone=True), (2, AS_OF, None, None, 0))

    assert found["contracts"] == [1, 3]
    assert found["gone"] == [False, True]
    assert found["months"] == [1, 36]
    assert found["log_amount"] == [0.0, 10.0]
    assert found["length"] == [10.0, 1.0]


def test_who_is_undecided_has_not_left() -> None:
    ended = AS_OF - timedelta(5)

    assert counts((1, date(2025, 3, 1), ended, None, 1))["gone"] == [False]


def test_alike_chains_are_counted_together() -> None:
    rows = [row for each in range(5) for row in years(each, date(2024, 3, 1), 1, gone=True)]

    assert counts(*rows)["n"] == [5]


def test_the_models_are_those_of_the_library() -> None:
    rows = drawn(1500, alpha=1.0, beta=4.0)
    columns = counts(*rows)

    told = renewing.found(columns)

    gone = np.array(columns["gone"], dtype=float)
    tenure = np.array(columns["contracts"]) - (1 - gone)
    model = sbg.fit(tenure=tenure, lost=gone, weights=columns["n"])
    assert told["customers"] == 1500
    assert told["sbg"]["parameters"] == {"alpha": model.alpha, "beta": model.beta}
    assert 0.6 < model.alpha < 1.6
    first = told["sbg"]["observed"][0]
    assert first["low"] < first["share"] == first["kept"] / first["at_risk"] < first["high"]
    assert told["sbg"]["curve"][9]["retention"] > told["sbg"]["curve"][0]["retention"]
    survival = [point["survival"] for point in told["stay"]["points"]]
    assert survival == sorted(survival, reverse=True)
    assert set(told["cox"]["effects"]) == {"amount"}


def test_contracts_that_end_within_a_year_are_forecast_by_their_number() -> None:
    rows = drawn(400, alpha=1.0, beta=4.0)
    ends = DUCK.run(renewing.ending(chains(*rows), as_of=AS_OF)).to_pylist()

    ahead = renewing.found(counts(*rows), ends)["sbg"]["ahead"]

    curve = {p["renewal"]: p["retention"] for p in renewing.found(counts(*rows))["sbg"]["curve"]}
    assert ahead["ending"] == sum(row["n"] for row in ends) > 0
    expected = sum(row["n"] * curve[row["contracts"]] for row in ends)
    assert ahead["renewed"]["value"] == pytest.approx(expected)
    assert ahead["renewed"]["low"] < expected < ahead["renewed"]["high"] <= ahead["ending"]
    assert ahead["lost_minor"]["low"] < ahead["lost_minor"]["value"] < ahead["yearly_minor"]


def test_what_cannot_be_fitted_says_why() -> None:
    nobody_lost = renewing.found(counts(*years(1, date(2025, 3, 1), 2)))
    one_lost = renewing.found(counts(*years(1, date(2020, 1, 1), 2, gone=True)))

    assert "No customer has been lost yet" in nobody_lost["sbg"]["why"]
    assert "No customer has been lost yet" in nobody_lost["stay"]["why"]
    assert "alike in amount and length" in one_lost["cox"]["why"]
    assert nobody_lost["customers"] == 1
