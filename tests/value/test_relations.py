"""The stage of a value run that follows lost and new customers."""

from datetime import date
from typing import Any

import pytest

from mainstay.customers.models import AcquisitionChannel, Customer
from mainstay.orders.models import Contract
from mainstay.value import tasks
from mainstay.value.churn.actions import choose_rule
from mainstay.value.models import LostCustomer, RunPart, ValueRun
from tests.factories.value import NOW, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def part(run: ValueRun, key: str) -> Any:
    return RunPart.objects.get(run=run, key=key).content


def test_a_run_stores_its_losses_cohorts_and_new_customers(run: ValueRun) -> None:
    churn = part(run, "churn")
    losses = LostCustomer.objects.filter(run=run)

    assert losses.count() == sum(month["lost"] for month in churn["months"])
    assert churn["year"]["lost"] <= churn["year"]["customers"]
    assert run.summary["relations"]["churn"]["lost"] == churn["year"]["lost"]
    assert churn["here"]["customers"] == 150 - losses.filter(came_back_on=None).count()
    first = [row for row in part(run, "cohorts")["month"] if row[1] == 0]
    assert sum(row[3] for row in first) <= 150
    assert sum(part(run, "acquisition")["newcomers"]["customers"]) == 150


def test_a_run_that_starts_again_stores_them_once(run: ValueRun) -> None:
    before = LostCustomer.objects.count()
    ValueRun.objects.filter(pk=run.pk).update(state="running", is_current=False)

    tasks.compute(ValueRun.objects.get(pk=run.pk))

    assert (LostCustomer.objects.count(), RunPart.objects.count()) == (before, 3)


def test_by_contract_without_contracts_the_run_says_so(customers: list[Any]) -> None:
    choose_rule(by=None, now=NOW, values={"kind": "contract"})

    run = computed_run()

    assert run.state == "complete"
    assert part(run, "churn")["cannot"] == "no_contracts"


def test_by_contract_the_contracts_decide(customers: list[Any]) -> None:
    choose_rule(by=None, now=NOW, values={"kind": "contract"})
    for place, customer in enumerate(customers[:40]):
        ends = date(2025, 1 + place % 12, 15) if place < 20 else None
        Contract.objects.create(
            customer=customer, starts=date(2024, 1, 1), ends=ends, yearly_minor=100_000
        )

    run = computed_run()

    assert LostCustomer.objects.filter(run=run).count() == 20
    assert part(run, "churn")["year"] | {"lost": 0} != part(run, "churn")["year"]
    assert part(run, "churn")["here"]["customers"] == 20


def test_by_probability_the_model_decides(customers: list[Any]) -> None:
    choose_rule(by=None, now=NOW, values={"kind": "probability", "threshold": 0.5})

    run = computed_run()

    lost = set(LostCustomer.objects.filter(run=run).values_list("customer", flat=True))
    under = run.customers.filter(p_alive__lt=0.5)
    assert lost == set(under.values_list("customer", flat=True))
    assert lost


def test_who_has_a_channel_counts_under_it(customers: list[Any]) -> None:
    fair = AcquisitionChannel.objects.create(name="Fair")
    some = [customer.pk for customer in customers[:50]]
    Customer.objects.filter(pk__in=some).update(acquisition_channel=fair)

    rows = part(computed_run(), "acquisition")["newcomers"]

    pairs = zip(rows["channel"], rows["customers"], strict=True)
    assert sum(n for channel, n in pairs if channel == fair.pk) == 50
    assert sum(rows["customers"]) == 150


def test_an_empty_base_has_no_parts(db: None) -> None:
    run = computed_run()

    assert run.state == "complete"
    assert not RunPart.objects.exists()
