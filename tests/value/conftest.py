"""A base whose value can be computed, built once for the tests of a module."""

from copy import deepcopy
from typing import Any

import pytest

from tests.factories.people import UserFactory
from tests.factories.value import buying_customers, computed_run


@pytest.fixture(scope="module")
def module_owner(module_base: Any) -> Any:
    with module_base():
        return UserFactory(name="Olga Owner", role="account_manager")


@pytest.fixture(scope="module")
def module_administrator(module_base: Any) -> Any:
    with module_base():
        return UserFactory(role="administrator")


@pytest.fixture(scope="module")
def module_customers(module_base: Any, module_owner: Any) -> list[Any]:
    with module_base():
        return buying_customers(owner=module_owner)


@pytest.fixture(scope="module")
def module_run(module_base: Any, module_customers: list[Any]) -> Any:
    with module_base():
        return computed_run()


@pytest.fixture
def owner(db: None, module_owner: Any) -> Any:
    """The account manager whose customers the test is about."""
    return deepcopy(module_owner)


@pytest.fixture
def customers(db: None, module_customers: list[Any]) -> list[Any]:
    """150 customers of the owner with a year of orders."""
    return deepcopy(module_customers)


@pytest.fixture
def run(db: None, module_run: Any) -> Any:
    """Return the run that is shown."""
    return deepcopy(module_run)
