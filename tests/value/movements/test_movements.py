"""Who moved between two runs, and why."""

from copy import deepcopy
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from mainstay.value.models import CustomerMove, CustomerValue
from mainstay.value.movements import rules
from tests.factories.customers import SourceFactory
from tests.factories.value import AS_OF, NOW, buy, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(scope="module")
def module_later(module_base: Any, module_customers: list[Any]) -> Any:
    with module_base():
        before = computed_run(as_of=AS_OF - timedelta(days=200))
        riser = CustomerValue.objects.filter(run=before, abc_class="C").order_by("customer")[0]
        buy(riser.customer, NOW, 90_000_000, of=SourceFactory())
        return computed_run()


@pytest.fixture
def later(db: None, module_later: Any) -> Any:
    """Return a run after one of 200 days ago; one customer of class C has bought much since."""
    return deepcopy(module_later)


def test_the_bridge_leads_from_the_equity_before_to_the_equity_now(later: Any) -> None:
    bridge = later.summary["before"]["bridge"]

    parts = sum(bridge[part]["minor"] for part in ("new", "grown", "shrunk", "lost", "gone"))
    assert bridge["before"]["minor"] + parts == bridge["now"]["minor"]
    stored = CustomerValue.objects.filter(run=later)
    assert bridge["now"]["customers"] == stored.count()
    assert bridge["now"]["minor"] == sum(stored.values_list("clv_minor", flat=True))


def test_the_page_says_who_moved_and_why(later: Any, manager: Any, signed_in: Any) -> None:
    riser = CustomerMove.objects.get(run=later, class_steps=2)
    client = signed_in(manager)

    rose = client.get("/value/equity/?kind=rose").content.decode()
    risky = client.get("/value/equity/?kind=at_risk").content.decode()

    assert riser.customer.name in rose
    assert "revenue €" in rose
    assert "bought nothing more" in risky
    assert "From the equity of the run before" in rose


def test_who_does_not_see_money_sees_moves_without_amounts(
    later: Any, read_only: Any, signed_in: Any
) -> None:
    page = signed_in(read_only).get("/value/equity/?kind=rose").content.decode()

    assert "Between ABC classes" in page
    assert "From the equity of the run before" not in page


def test_strangers_see_no_mover_of_others(later: Any, stranger: Any, signed_in: Any) -> None:
    page = signed_in(stranger).get("/value/equity/?kind=rose").content.decode()

    assert "Nobody moved this way" in page


def test_the_page_costs_few_queries(
    later: Any, manager: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(manager)
    with django_assert_max_num_queries(9):
        client.get("/value/equity/")


def test_a_first_run_says_what_to_do_next(
    customers: list[Any], manager: Any, signed_in: Any
) -> None:
    computed_run()
    assert "No run before this one" in signed_in(manager).get("/value/equity/").content.decode()
    assert not CustomerMove.objects.exists()


def valued(**changes: Any) -> Any:
    usual = {
        "last_day": 1,
        "recency_days": 10,
        "occasions": 3,
        "revenue_minor": 500,
        "abc_class": "B",
    }
    return SimpleNamespace(**(usual | changes))


@pytest.mark.parametrize(
    ("now", "keys"),
    [
        (valued(recency_days=40, abc_class="C"), ["recency", "others"]),
        (valued(last_day=9, occasions=4, revenue_minor=900), ["frequency", "monetary"]),
        (valued(abc_class="C"), ["others"]),
        (valued(), ["model"]),
    ],
)
def test_reasons_name_the_inputs_that_moved(now: Any, keys: list[str]) -> None:
    assert [reason.key for reason in rules.reasons(valued(), now)] == keys
