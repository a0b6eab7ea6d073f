"""The value on the board: of a real run, in one measure, and never lifetime value among sales."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from mainstay.account_plans.board import presenters, queries, worth
from mainstay.account_plans.board.worth import Measure
from mainstay.account_plans.models import KeyAccount
from mainstay.value.models import CustomerValue, ValueRun
from tests.account_plans.workspace.worlds import key_account
from tests.api import ApiClient
from tests.factories.people import UserFactory
from tests.factories.value import AS_OF, NOW, buying_customers, computed_run

pytestmark = pytest.mark.django_db
EARLIER = AS_OF - timedelta(days=60)


@pytest.fixture(scope="module")
def module_accounts(module_base: Any) -> tuple[Any, list[Any]]:
    with module_base():
        owner = UserFactory(name="Olga Owner", role="account_manager")
        buying_customers(60, owner=owner)
        computed_run(as_of=EARLIER)
        worth_most = computed_run().customers.exclude(clv_minor=None).order_by("-clv_minor")
        chosen = [row.customer for row in worth_most.select_related("customer")[:3]]
        KeyAccount.objects.bulk_create(KeyAccount(customer=each, by=owner) for each in chosen)
        return owner, [*chosen, key_account(owner, "Never bought")]


@pytest.fixture
def owner(db: None, module_accounts: tuple[Any, list[Any]]) -> Any:
    return deepcopy(module_accounts[0])


@pytest.fixture
def accounts(db: None, module_accounts: tuple[Any, list[Any]]) -> list[Any]:
    """Three key accounts that bought, the most valuable first, and one that never did."""
    return deepcopy(module_accounts[1])


def shown(owner: Any, sort: str = "value") -> dict[str, Any]:
    return presenters.page(owner, NOW, sort=sort)


def names(page: dict[str, Any]) -> list[str]:
    return [row["name"] for row in page["rows"]]


def test_a_real_run_tells_value_interval_and_what_moved(owner: Any, accounts: list[Any]) -> None:
    page = shown(owner)
    first, last = page["rows"][0], page["rows"][-1]
    then = CustomerValue.objects.filter(run__as_of=EARLIER, customer__in=accounts)
    moved = [row for row in page["rows"] if any("since 4 Jan" in t for t in row["changes"])]
    reasons = {each.key: each for each in first["health"].factors}

    assert names(page) == [each.name for each in accounts]
    assert page["measure_label"] == "Lifetime value"
    assert first["worth"]["explain"]["interval"].startswith("80%: €")
    assert first["worth"]["explain"]["as_of"] == "5 Mar 2026"
    assert len(moved) == then.exclude(clv_minor=None).count() > 0
    assert "probable as of 5 Mar 2026" in reasons["still_buying"].reason
    assert last["worth"] == {"minor": None, "why": "Not in the run of 5 Mar 2026"}
    assert page["notes"] == [
        "1 of 4 accounts has no lifetime value; sorted by value it stands last."
    ]


def test_lifetime_value_and_sales_are_never_mixed(owner: Any, accounts: list[Any]) -> None:
    rows = CustomerValue.objects.filter(run__is_current=True)
    largest = rows.filter(customer=accounts[0])
    largest.update(clv_minor=None, revenue_minor=10**9)

    page = shown(owner)
    found = page["rows"][-2:]
    rows.update(clv_minor=None)
    none = shown(owner)

    assert {row["name"] for row in found} == {accounts[0].name, "Never bought"}
    assert "Not computed; sales so far €10.0m" in {row["worth"]["why"] for row in found}
    assert "2 of 4 accounts have no lifetime value" in page["notes"][0]
    assert none["measure_label"] == "Sales so far"
    assert names(none)[0] == accounts[0].name
    assert none["notes"] == [
        "No account has a lifetime value in this run; sales are shown instead."
    ]


def test_who_may_not_see_money_compares_by_sales(owner: Any, accounts: list[Any]) -> None:
    board = queries.board(owner, NOW)

    assert worth.measure(board, money=False) == Measure.SALES
    assert worth.notes(board, Measure.SALES, money=False) == []


def test_values_of_other_settings_are_not_compared(owner: Any, accounts: list[Any]) -> None:
    before = ValueRun.objects.get(as_of=EARLIER)
    before.parameters["horizon_months"] = 36
    before.save()

    page = shown(owner)

    assert not any("Lifetime value" in text for row in page["rows"] for text in row["changes"])
    assert page["notes"][-1].startswith("Lifetime values are not compared with those of 4 Jan")


def test_the_board_as_json_names_what_the_value_is(owner: Any, accounts: list[Any]) -> None:
    told = ApiClient(owner).get("/key-accounts/board?sort=value").json()

    assert (told["as_of"], told["value_kind"]) == ("2026-03-05", "lifetime value")
    assert [each["customer_id"] for each in told["items"]] == [each.pk for each in accounts]
    assert told["items"][-1]["value_minor"] is None
