from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers.lifecycle import actions, facts, queries
from mainstay.customers.lifecycle.actions.computing import compute
from mainstay.customers.lifecycle.models import Override, StageChange, Standing
from mainstay.customers.models import Customer
from mainstay.orders import actions as orders
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory, InteractionFactory
from tests.factories.orders import OrderFactory, OrderLineFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def known(name, days=2000):
    customer = CustomerFactory(name=name)
    Customer.objects.filter(pk=customer.pk).update(created_at=NOW - timedelta(days=days))
    return customer


def ordered(customer, *days):
    for each in days:
        order = OrderFactory(customer=customer, ordered_at=NOW - timedelta(days=each))
        OrderLineFactory(order=order)
    orders.rebuild()


def stages():
    rows = Standing.objects.order_by("customer__name")
    return {row.customer.name: row.stage for row in rows.select_related("customer")}


def path(customer):
    rows = StageChange.objects.filter(customer=customer).order_by("pk")
    return [(row.from_stage, row.to_stage, (TODAY - row.day).days) for row in rows]


def test_stages_follow_from_talks_orders_and_time():
    known("Suspect")
    InteractionFactory(customer=known("Prospect"), occurred_at=NOW - timedelta(days=9))
    ordered(known("First"), 30)
    client = known("Client")
    ordered(client, 150, 120, 90, 60, 30)
    ordered(known("Quiet"), 500)
    ordered(known("Gone"), 1500)

    snapshot = compute(now=NOW)

    assert stages() == {
        "Suspect": "suspect",
        "Prospect": "prospect",
        "First": "first_time",
        "Client": "client",
        "Quiet": "inactive",
        "Gone": "former",
    }
    assert path(client) == [
        ("", "suspect", 2000),
        ("suspect", "first_time", 150),
        ("first_time", "repeat", 120),
        ("repeat", "client", 30),
    ]
    assert (snapshot.customers, snapshot.changed) == (6, 6)


def test_computing_again_changes_nothing_and_new_orders_lead_on():
    customer = known("Alfa")
    ordered(customer, 30)
    compute(now=NOW)

    assert compute(now=NOW).changed == 0
    ordered(customer, 2)
    assert compute(now=NOW).changed == 1

    assert path(customer)[-1] == ("first_time", "repeat", 2)
    assert Standing.objects.get().since == date(2026, 3, 3)


def test_who_comes_back_stands_there_since_it_was_seen():
    customer = known("Alfa")
    ordered(customer, 900, 800)
    compute(now=NOW)
    assert stages() == {"Alfa": "inactive"}

    ordered(customer, 1)
    compute(now=NOW + timedelta(days=3))

    assert path(customer)[-1][:2] == ("inactive", "client")
    assert path(customer)[-1][2] == -3


def test_a_higher_capability_publishes_memberships():
    import pyarrow as pa

    customer = known("Alfa")
    ordered(customer, 30)
    since = pa.table({"customer_id": [customer.pk], "member_from": ["2026-03-01"]})
    facts.publish("test", lambda limits: since)
    try:
        compute(now=NOW)
    finally:
        facts._sources.pop("test")

    assert stages() == {"Alfa": "member"}


def test_a_person_decides_with_a_reason_until_a_day(manager, stranger):
    customer = known("Alfa")
    compute(now=NOW)
    about = {"by": manager, "now": NOW, "today": TODAY, "customer": customer}
    values = {"stage": "disqualified", "reason": "No budget", "until_date": date(2026, 3, 9)}

    actions.set_stage(**about, values=values)
    compute(now=NOW)
    assert stages() == {"Alfa": "disqualified"}
    step = StageChange.objects.latest("pk")
    assert (step.note, step.by_name) == ("No budget", str(manager))

    compute(now=datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert stages() == {"Alfa": "suspect"}
    assert Override.objects.get().ended_at
    with pytest.raises(Customer.DoesNotExist):
        actions.set_stage(**about | {"by": stranger}, values=values)


def test_a_decision_needs_a_reason_a_right_and_a_day_to_come(manager, read_only):
    customer = known("Alfa")
    about = {"by": manager, "now": NOW, "today": TODAY, "customer": customer}

    for values, sentence in (
        ({"stage": "client", "reason": " "}, "Write why"),
        ({"stage": "client", "reason": "x", "until_date": date(2026, 3, 4)}, "is over"),
        ({"stage": "king", "reason": "x"}, "king"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            actions.set_stage(**about, values=values)
    with pytest.raises(PermissionDenied):
        actions.set_stage(**about | {"by": read_only}, values={"stage": "client", "reason": "x"})
    assert not Override.objects.exists()


def test_a_decision_that_is_ended_gives_way_to_the_facts(manager):
    customer = known("Alfa")
    values = {"stage": "partner", "reason": "Joint venture"}
    about = {"by": manager, "now": NOW, "customer": customer}
    actions.set_stage(**about, today=TODAY, values=values)

    assert actions.end_override(**about)
    compute(now=NOW)

    assert stages() == {"Alfa": "suspect"}
    assert not actions.end_override(**about)


def test_thresholds_change_what_counts(administrator, manager):
    ordered(known("Alfa"), 90, 60, 30)
    compute(now=NOW)
    assert stages() == {"Alfa": "repeat"}

    actions.change_thresholds(by=administrator, now=NOW, values={"client_orders": 3})
    compute(now=NOW)

    assert stages() == {"Alfa": "client"}
    with pytest.raises(PermissionDenied):
        actions.change_thresholds(by=manager, now=NOW, values={"client_orders": 4})
    for values in ({"client_orders": 2}, {"former_days": 300}, {"nothing": 1}):
        with pytest.raises(ValidationError):
            actions.change_thresholds(by=administrator, now=NOW, values=values)


def test_the_snapshot_tells_cohorts_and_times_by_channel():
    from mainstay.customers.models import AcquisitionChannel

    fair = AcquisitionChannel.objects.create(name="Fair")
    for number in range(20):
        customer = known(f"C{number}")
        Customer.objects.filter(pk=customer.pk).update(acquisition_channel=fair)
        if number < 8:
            ordered(customer, 1900 - number)

    figures = compute(now=NOW).figures

    suspects = [row for row in figures["cohorts"] if row["stage"] == "suspect"]
    assert [(row["channel"], row["entered"], row["converted"]) for row in suspects] == [
        (fair.pk, 20, 8)
    ]
    assert set(figures["times"]) == {"", str(fair.pk)}
    assert queries.latest().figures == figures


def test_an_empty_company_has_no_stages():
    assert compute(now=NOW).customers == 0
