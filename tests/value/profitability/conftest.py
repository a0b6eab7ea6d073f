"""A year of orders with costs, computed."""

from datetime import timedelta
from typing import Any

import pytest

from mainstay.orders.models import ProductCategory
from tests.factories.customers import CustomerFactory, InteractionFactory, SourceFactory
from tests.factories.orders import ProductFactory
from tests.factories.profitability import ActivityFactory, costed
from tests.factories.value import NOW, buy


@pytest.fixture
def earning(owner: Any) -> Any:
    """Who buys much and needs little."""
    return CustomerFactory(name="Earning Ltd", owner=owner, team=owner.team)


@pytest.fixture
def losing(owner: Any) -> Any:
    """Who buys little and is visited much."""
    return CustomerFactory(name="Losing Ltd", owner=owner, team=owner.team)


@pytest.fixture
def profit_run(earning: Any, losing: Any) -> Any:
    """Return the run that is shown: one customer earns 1,000.00, the other loses 71.00."""
    source, tools = SourceFactory(), ProductCategory.objects.create(name="Tools")
    product = ProductFactory(category=tools)
    for days in (10, 20, 30):
        at = NOW - timedelta(days)
        buy(earning, at, 100_000, of=source, cost=60_000, product=product)
    buy(losing, NOW - timedelta(30), 10_000, of=source, cost=6_000, product=product)
    for days in (5, 6, 7):
        InteractionFactory(customer=losing, channel="visit", occurred_at=NOW - timedelta(days))
    ActivityFactory(name="Order handling", driver="orders", yearly_cost_minor=8_000)
    ActivityFactory(name="Field visits", driver="visit", yearly_cost_minor=9_000)
    return costed()
