"""A key account with its owner."""

from typing import Any

from mainstay.account_plans.models import KeyAccount
from tests.factories.customers import CustomerFactory


def key_account(owner: Any, name: str = "Northwind") -> Any:
    customer = CustomerFactory(name=name, owner=owner, team=owner.team)
    KeyAccount.objects.create(customer=customer, by=owner)
    return customer
