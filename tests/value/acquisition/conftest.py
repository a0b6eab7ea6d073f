"""Customers who came by a fair, by the website, and by no known way."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from mainstay.customers.actions import campaign_named, channel_named
from mainstay.customers.models import Customer
from mainstay.value.models import ChannelCost
from tests.customers.imports.conftest import imported
from tests.factories.value import computed_run

__all__ = ["imported"]

MONTHS = [date(2025, month, 1) for month in range(3, 13)] + [date(2026, 1, 1), date(2026, 2, 1)]


@pytest.fixture
def fair(db: None) -> Any:
    return channel_named("Fair")


@pytest.fixture
def website(db: None) -> Any:
    return channel_named("Website")


@pytest.fixture
def adverts(website: Any) -> Any:
    return campaign_named(website, "Adverts")


@pytest.fixture(scope="module")
def module_won(module_base: Any, module_customers: list[Any]) -> Any:
    with module_base():
        fair, website = channel_named("Fair"), channel_named("Website")
        return _won(module_customers, fair, website, campaign_named(website, "Adverts"))


@pytest.fixture
def won(db: None, module_won: Any) -> Any:
    """Return the run over 150 customers, 100 by the fair, 40 by the website, 10 by no known way;
    the fair cost 1,000.00 in each of twelve months, the website once."""
    return deepcopy(module_won)


def _won(customers: list[Any], fair: Any, website: Any, adverts: Any) -> Any:
    keys = [customer.pk for customer in customers]
    Customer.objects.filter(pk__in=keys[:100]).update(acquisition_channel=fair)
    Customer.objects.filter(pk__in=keys[100:140]).update(
        acquisition_channel=website, acquisition_campaign=adverts
    )
    for month in MONTHS:
        ChannelCost.objects.create(channel=fair, month=month, amount_minor=100_000)
    ChannelCost.objects.create(
        channel=website, campaign=adverts, month=MONTHS[0], amount_minor=50_000
    )
    return computed_run()
