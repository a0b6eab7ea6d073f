"""A group of companies: its tree, its sums, and who sees what of it."""

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mainstay.analysis.value.sums import summed
from mainstay.customers import actions
from mainstay.customers.queries import trees
from mainstay.value.groups import presenters, queries
from mainstay.value.models import CustomerValue
from tests.api import ApiClient
from tests.factories.customers import CustomerFactory
from tests.factories.people import UserFactory
from tests.factories.value import buying_customers, computed_run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_stranger(module_base):
    with module_base():
        return UserFactory(name="Stan Stranger", role="account_manager")


@pytest.fixture
def stranger(db, module_stranger):
    return deepcopy(module_stranger)


@pytest.fixture(scope="module")
def module_group(module_base, module_owner, module_stranger):
    with module_base():
        return _group(module_owner, module_stranger)


@pytest.fixture
def group(db, module_group):
    """Holding above North and South, Harbour below North; South is the stranger's."""
    return deepcopy(module_group)


def _group(owner, stranger):
    holding, north, south, harbour = buying_customers(60, owner=owner)[:4]
    for row, name in ((holding, "Holding"), (north, "North"), (south, "South"), (harbour, "Pier")):
        type(row).objects.filter(pk=row.pk).update(name=name, sort_name=name.lower())
    type(south).objects.filter(pk=south.pk).update(owner=stranger, team=stranger.team)
    for row, parent in ((north, holding), (south, holding), (harbour, north)):
        type(row).objects.filter(pk=row.pk).update(parent=parent)
    computed_run()
    return holding


def test_the_sum_of_estimates_has_the_narrow_and_the_wide_interval():
    total = summed([(10, 7, 14), (20, 16, 23)])

    assert (total.low, total.high) == (25, 35)
    assert (total.lowest, total.highest) == (23, 37)
    assert summed([]).value == 0


def test_the_tree_stands_parents_first_and_says_what_is_hidden(
    group, administrator, owner, stranger, django_assert_num_queries
):
    def shape(user):
        tree = trees.tree_below(user, group.pk)
        return [(each.customer.name, each.depth) for each in tree.members], tree.hidden

    whole = [("Holding", 0), ("North", 1), ("Pier", 2), ("South", 1)]
    assert shape(administrator) == (whole, 0)
    assert shape(owner) == (whole[:3], 1)
    assert shape(stranger) == ([("South", 1)], 3)
    with django_assert_num_queries(2):
        trees.tree_below(administrator, group.pk)


def test_sums_count_what_the_reader_may_see(group, administrator, owner):
    ours = queries.group(owner, group.pk)
    rows = CustomerValue.objects.filter(customer__name__in=["Holding", "North", "Pier"])

    total = presenters.lifetime(ours)

    assert total.n == 3
    assert total.value == sum(row.clv_minor for row in rows)
    assert total.lowest <= total.low <= total.value <= total.high <= total.highest
    assert presenters.lifetime(queries.group(administrator, group.pk)).n == 4
    assert "1 more is not yours to see" in presenters.hidden(ours)


def test_page_card_and_api_tell_the_group(group, signed_in, owner, stranger, read_only):
    address = reverse("value:group", args=[group.pk])

    page = signed_in(owner).get(address).content.decode()
    card = signed_in(owner).get(reverse("cockpit:worth", args=[group.pk])).content.decode()

    assert "Pier" in page
    assert "South" not in page
    assert address in card
    assert signed_in(stranger).get(address).status_code == 404
    told = ApiClient(read_only).get(f"/value/customers/{group.pk}/group").json()
    assert (len(told["members"]), told["clv_minor"]) == (4, None)
    assert ApiClient(owner).get(f"/value/customers/{group.pk}/group").json()["hidden"] == 1


def test_a_group_without_a_run_and_a_lone_customer(signed_in, administrator):
    parent = CustomerFactory(name="Parent")
    CustomerFactory(parent=parent)
    browser = signed_in(administrator)

    page = browser.get(reverse("value:group", args=[parent.pk])).content.decode()

    assert "Nobody has been valued yet" in page
    assert presenters.card(administrator, CustomerFactory()) is None


def test_a_deep_tree_is_cut_and_a_circle_is_refused(administrator, now):
    rows = [CustomerFactory(name="Top")]
    for _n in range(24):
        rows.append(CustomerFactory(parent=rows[-1]))

    tree = trees.tree_below(administrator, rows[0].pk)

    assert (len(tree.members), tree.cut) == (21, True)
    assert trees.tops_of([rows[3].pk, rows[0].pk]) == {rows[3].pk: "Top"}
    with pytest.raises(ValidationError, match="stands below"):
        actions.change_customer(
            by=administrator,
            now=now,
            customer=rows[0],
            values={"parent": rows[3]},
            version=None,
        )
