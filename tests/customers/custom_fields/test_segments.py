"""Custom fields in the rules of segments."""

from typing import Any

import pytest

from mainstay.customers.custom_fields.models import CustomerValue
from mainstay.customers.segments import fields, queries, tree
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory
from tests.factories.segments import asks, rule

pytestmark = pytest.mark.django_db


def _names(user: Any, *conditions: Any) -> set[str]:
    found = queries.meeting(user, tree.read(rule(*conditions)), now=NOW)
    return set(found.values_list("name", flat=True))


def test_a_rule_asks_what_stands_in_custom_fields(administrator: Any, field: Any) -> None:
    size, staff = field("Size", "choice", answers=["small", "large"]), field("Staff", "whole")
    green = field("Green", "yes_no")
    large = size.choices.get(label="large")
    for name, n, yes in (("Big", 500, 1), ("Tiny", 3, 0), ("Bare", None, None)):
        customer = CustomerFactory(name=name)
        if n is not None:
            CustomerValue.objects.create(customer=customer, field=staff, number=n)
            CustomerValue.objects.create(customer=customer, field=green, number=yes)
        if name == "Big":
            CustomerValue.objects.create(customer=customer, field=size, choice=large)

    assert _names(administrator, asks(f"custom.{staff.key}", "at_least", 100)) == {"Big"}
    assert _names(administrator, asks(f"custom.{staff.key}", "empty")) == {"Bare"}
    assert _names(administrator, asks(f"custom.{size.key}", "is", [str(large.pk)])) == {"Big"}
    assert _names(administrator, asks(f"custom.{green.key}", "yes")) == {"Big"}


def test_only_fields_that_everybody_may_see_are_offered(field: Any) -> None:
    shown = field("Staff", "whole")
    kept = field("Salary", "whole", seen_by=["manager"])

    assert fields.get(f"custom.{shown.key}") is not None
    assert fields.get(f"custom.{kept.key}") is None
    assert f"custom.{shown.key}" in {each.key for each in fields.every()}
