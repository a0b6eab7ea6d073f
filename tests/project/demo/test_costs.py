"""The drawn costs leave a wholesaler's profit: most customers earn, few large ones lose much."""

from datetime import date, datetime

import numpy as np
import pytest

from mainstay.project.demo import actions, costs, world
from mainstay.project.demo.actions import sign_in
from tests.factories.profitability import costed

SIZE, SEED = 500, 7


@pytest.mark.django_db
def test_a_fifth_of_the_customers_loses_money_and_the_check_holds(now: datetime) -> None:
    actions.make_company(size=SIZE, seed=SEED, password=sign_in.password(), now=now)

    told = costed(as_of=now.date()).summary

    assert told["check"]["adds_up"]
    assert 0.12 < told["rule"]["unprofitable"] < 0.28
    assert 1.1 < told["whale"]["peak_minor"] / told["net_profit_minor"] < 1.8
    assert not [each["name"] for each in told["activities"] if each["note"]]


def test_the_same_seed_draws_the_same_quantities() -> None:
    drawn = world.draw(size=SIZE, seed=SEED, today=date(2026, 3, 5))

    first, second = (costs.own_quantities(drawn, SEED) for _ in range(2))

    for name, counted in first.items():
        assert len(counted.day) > 0
        assert np.array_equal(counted.times, second[name].times)
        days = np.stack([counted.customer, counted.day])
        assert np.unique(days, axis=1).shape == days.shape
