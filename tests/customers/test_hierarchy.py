"""An organisation with everybody below it: in the list, in a rule of a segment, over the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.customers.models import Customer
from mainstay.customers.queries import trees
from mainstay.customers.segments import queries as segments
from mainstay.customers.segments import tree
from tests.api import ApiClient
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory
from tests.factories.segments import asks, rule

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


@pytest.fixture
def holding(owner: Any, stranger: Any) -> Customer:
    """Holding > North > … > Pier, 25 deep; South, the stranger's, above South Sub; Lone apart."""
    top = above = CustomerFactory(name="Holding", owner=owner)
    for name in ("North", *(f"Level {n:02}" for n in range(2, 24)), "Pier"):
        above = CustomerFactory(name=name, owner=owner, parent=above)
    south = CustomerFactory(name="South", owner=stranger, team=stranger.team, parent=top)
    CustomerFactory(name="South Sub", owner=owner, parent=south)
    CustomerFactory(name="Lone", owner=owner)
    return top


def test_the_list_narrows_to_what_stands_below_and_may_be_seen(
    holding: Customer, owner: Any, administrator: Any, signed_in: SignedIn
) -> None:
    page = signed_in(owner).get("/customers/?group=Holding").content.decode()
    assert [f">{name}<" in page for name in ("Holding", "Pier", "South Sub", "South", "Lone")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    below = Customer.objects.filter(trees.within([holding.pk]))
    assert below.count() == 27
    everything = signed_in(administrator).get("/customers/?group=South").content.decode()
    assert (">South Sub<" in everything, ">Pier<" in everything) == (True, False)
    nobody = signed_in(owner).get("/customers/?group=South").content.decode()
    assert ">South Sub<" not in nobody


def test_a_rule_and_the_api_ask_the_same(
    holding: Customer, owner: Any, administrator: Any, django_assert_num_queries: Any
) -> None:
    def members(operator: str) -> set[str]:
        asked = rule(asks("customer.group", operator, "Holding"))
        found = segments.meeting(administrator, tree.read(asked), now=NOW)
        return set(found.values_list("name", flat=True))

    assert len(members("is")) == 27
    assert members("is_not") == {"Lone"}
    told = ApiClient(owner).get("/customers", group_id=holding.pk, limit=100).json()["items"]
    assert (len(told), {"South", "Lone"} & {row["name"] for row in told}) == (26, set())
    with django_assert_num_queries(1):
        assert len(Customer.objects.filter(trees.within([holding.pk]))) == 27


def test_a_circle_in_the_table_comes_to_an_end(holding: Customer) -> None:
    pier = Customer.objects.get(name="Pier")
    Customer.objects.filter(pk=holding.pk).update(parent=pier)

    assert Customer.objects.filter(trees.within([pier.pk])).count() == 27
