"""Net lifetime values of a run: stored, told, listed, and kept from strangers."""

from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from mainstay.customers.models import AcquisitionChannel
from mainstay.customers.recommendations import actions
from mainstay.value.models import ChannelCost, CustomerProfit, CustomerValue, NetValue
from mainstay.value.net_value import queries
from mainstay.value.profitability.queries import current_run
from tests.api import ApiClient
from tests.factories.profitability import ActivityFactory, costed
from tests.factories.value import NOW, buying_customers, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def administrator(db: None, module_administrator: Any) -> Any:
    return deepcopy(module_administrator)


@pytest.fixture(scope="module")
def module_recommended(module_base: Any, module_administrator: Any) -> list[Any]:
    with module_base():
        customers = buying_customers(owner=module_administrator)
        ActivityFactory(name="Orders", driver="orders", yearly_cost_minor=200_000)
        for newcomer in customers[-12:]:
            actions.note_recommendation(
                by=module_administrator, now=NOW, customer=newcomer, given_by=customers[0]
            )
        computed_run()
        costed()
        return customers


@pytest.fixture
def base(db: None, module_recommended: list[Any]) -> list[Any]:
    """150 valued customers, the first of whom has brought the last twelve."""
    return deepcopy(module_recommended)


def test_the_net_value_adds_up(base: list[Any]) -> None:
    run = current_run()
    assert run is not None
    rows = NetValue.objects.filter(run=run)
    told = run.summary["net"]

    for row in rows:
        net = row.purchases_minor + row.recommended_minor - row.service_minor
        assert row.net_minor == pytest.approx(net, abs=2)
        assert row.low_minor <= row.net_minor <= row.high_minor
    assert told["n"] == rows.count() == CustomerValue.objects.filter(run__is_current=True).count()
    assert told["net_minor"] == pytest.approx(sum(row.net_minor for row in rows), abs=200)
    assert told["recommendations"] == told["newcomers"] == 12


def test_who_recommends_is_worth_more_than_its_purchases(base: list[Any]) -> None:
    giver = NetValue.objects.get(customer=base[0], run=current_run())
    other = NetValue.objects.get(customer=base[1], run=current_run())
    served = CustomerProfit.objects.get(customer=base[0], run=current_run())
    alive = CustomerValue.objects.get(customer=base[0], run__is_current=True).p_alive

    assert giver.recommended_minor > other.recommended_minor
    assert (giver.service_minor > 0) == (served.cost_to_serve_minor > 0 and alive > 0)


def test_what_winning_cost_stands_beside(base: list[Any], administrator: Any) -> None:
    fair = AcquisitionChannel.objects.create(name="Fair")
    for customer in base[:40]:
        customer.acquisition_channel = fair
        customer.save()
    months = {
        value.first_day.replace(day=1)
        for value in CustomerValue.objects.filter(run__is_current=True, customer__in=base[:40])
    }
    for month in months:
        ChannelCost.objects.create(channel=fair, month=month, amount_minor=40_000)

    computed_run()

    with_channel, without = (queries.of_customer(administrator, base[n].pk) for n in (5, 60))
    assert with_channel is not None
    assert without is not None
    assert with_channel.acquisition_minor == pytest.approx(40_000 * len(months) / 40, rel=0.35)
    assert without.acquisition_minor is None


def test_pages_and_programs_tell_it(base: list[Any], signed_in: Any, administrator: Any) -> None:
    client, out = signed_in(administrator), StringIO()

    page = client.get(f"/customers/{base[0].pk}/worth/").content.decode()
    equity = client.get("/value/equity/").content.decode()
    listed = client.get("/customers/", {"columns": "net_value", "sort": "net_value"})
    told = ApiClient(administrator).get("/value/net-values", customer_id=base[0].pk).json()
    call_command("value", "net", "--limit", "3", stdout=out)

    assert "Net lifetime value" in page
    assert "What customer equity is made of" in equity
    assert "came by a recommendation is worth" in equity
    assert listed.status_code == 200
    assert told["items"][0]["customer_id"] == base[0].pk
    assert len(out.getvalue().splitlines()) == 4


def test_few_recommendations_count_for_nothing(administrator: Any, signed_in: Any) -> None:
    customers = buying_customers(owner=administrator)
    actions.note_recommendation(
        by=administrator, now=NOW, customer=customers[1], given_by=customers[0]
    )
    computed_run()
    costed()

    run = current_run()
    assert run is not None
    assert run.summary["net"]["recommended_minor"] == 0
    assert "too few to forecast" in signed_in(administrator).get("/value/equity/").content.decode()


def test_who_may_not_see_money_sees_none(base: list[Any], signed_in: Any, read_only: Any) -> None:
    page = signed_in(read_only).get("/value/equity/").content.decode()

    assert "What customer equity is made of" not in page
    assert ApiClient(read_only).get("/value/net-values").status_code == 403
