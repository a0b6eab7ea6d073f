"""A base whose value can be computed."""

from typing import Any

import pytest

from tests.factories.value import buying_customers, computed_run


@pytest.fixture
def customers(owner: Any) -> list[Any]:
    """150 customers of the owner with a year of orders."""
    return buying_customers(owner=owner)


@pytest.fixture
def run(customers: list[Any]) -> Any:
    """Return the run that is shown."""
    return computed_run()
