"""From orders, talks and activities to a snapshot of profit."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mainstay.orders.models import DriverQuantity, ProductCategory
from mainstay.shared.jobs.worker import Pace, Worker
from mainstay.value.profitability import actions, queries
from mainstay.value.profitability.models import CustomerProfit, ProfitCell, ProfitRun
from tests.factories.customers import CustomerFactory, InteractionFactory, SourceFactory
from tests.factories.orders import ProductFactory
from tests.factories.profitability import ActivityFactory, costed
from tests.factories.value import AS_OF, NOW, buy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LAST_MONTH = NOW - timedelta(30)


@pytest.fixture
def two(db: None) -> tuple[Any, Any]:
    """One customer who buys much and one who is visited much."""
    large, small = CustomerFactory(name="Large"), CustomerFactory(name="Small")
    source, tools = SourceFactory(), ProductCategory.objects.create(name="Tools")
    product = ProductFactory(category=tools)
    for days in (10, 20, 30):
        moment = NOW - timedelta(days)
        buy(large, moment, 100_000, of=source, cost=60_000, product=product)
    buy(small, LAST_MONTH, 10_000, of=source, cost=6_000, product=product)
    for days in (5, 6, 7):
        InteractionFactory(customer=small, channel="visit", occurred_at=NOW - timedelta(days))
    InteractionFactory(customer=small, channel="visit", occurred_at=NOW - timedelta(800))
    return large, small


def profit_of(customer: Any) -> CustomerProfit:
    return CustomerProfit.objects.get(customer=customer, run__is_current=True)


def test_profit_is_margin_less_the_cost_to_serve(two: Any) -> None:
    large, small = two
    ActivityFactory(name="Orders", driver="orders", yearly_cost_minor=4_000)
    ActivityFactory(name="Visits", driver="visit", yearly_cost_minor=9_000)

    run = costed()

    assert (run.state, run.is_current, run.customer_count) == ("complete", True, 2)
    assert profit_of(large).net_profit_minor == 3 * 40_000 - 3_000
    assert profit_of(small).net_profit_minor == 4_000 - 1_000 - 9_000
    assert profit_of(small).costs == [9_000, 1_000]  # dearest activity first
    assert profit_of(small).treatment == "renegotiate"
    assert run.summary["check"]["adds_up"]
    cell = ProfitCell.objects.get(customer=large)
    assert (cell.category.name, cell.net_profit_minor, cell.sign) == ("Tools", 117_000, 2)  # type: ignore[union-attr]


def test_own_quantities_drive_an_activity_within_the_year(two: Any) -> None:
    large, small = two
    own = ActivityFactory(driver="own", yearly_cost_minor=1_000)
    for customer, day, quantity in [
        (large, AS_OF, 1.5),
        (small, AS_OF - timedelta(100), 0.5),
        (small, AS_OF - timedelta(400), 99),
    ]:
        DriverQuantity.objects.create(activity=own, customer=customer, day=day, quantity=quantity)

    costed()

    assert profit_of(large).cost_to_serve_minor == 750
    assert profit_of(small).cost_to_serve_minor == 250


def test_archived_activities_cost_nothing(two: Any) -> None:
    ActivityFactory(archived_at=NOW)

    run = costed()

    assert run.summary["activities"] == []
    assert profit_of(two[0]).cost_to_serve_minor == 0


def test_a_job_computes_what_was_started_and_the_later_run_is_shown(two: Any, analyst: Any) -> None:
    first = costed()
    later = actions.start_run(by=analyst, as_of=AS_OF, now=NOW)
    Worker(pace=Pace(backoff_seconds=-1)).drain()

    assert queries.current_run() == later
    assert not ProfitCell.objects.filter(run=first).exists()
    assert CustomerProfit.objects.filter(run=first).count() == 2


def test_only_the_latest_runs_keep_their_rows(two: Any) -> None:
    runs = [costed() for _ in range(4)]

    kept = [CustomerProfit.objects.filter(run=run).count() for run in runs]
    assert kept == [0, 0, 2, 2]
    assert ProfitRun.objects.filter(is_current=True).get() == runs[-1]


def test_a_day_in_the_future_gives_a_sentence(analyst: Any) -> None:
    with pytest.raises(actions.CannotCost, match="future"):
        actions.start_run(by=analyst, as_of=date(2027, 1, 1), now=NOW)


def test_a_base_without_orders_has_an_empty_run(db: None) -> None:
    ActivityFactory()

    run = costed()

    assert run.summary["n"] == 0
    assert run.summary["check"]["unallocated_minor"] == 100_000


def test_the_year_begins_at_midnight_of_the_companys_zone(two: Any) -> None:
    _large, small = two
    ActivityFactory(driver="visit", yearly_cost_minor=9_000)
    late = datetime.fromisoformat("2026-03-05T23:59:59+01:00")
    InteractionFactory(customer=small, channel="visit", occurred_at=late)

    (row,) = costed().summary["activities"]

    assert row["quantity"] == 4
