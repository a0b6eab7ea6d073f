from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers import actions as customers
from mainstay.orders import actions, queries
from mainstay.orders.actions import OrdersRefused
from mainstay.orders.models import Order, OrderLine, Product
from mainstay.orders.rules import LineIn, OrderIn
from mainstay.records.models import AuditEvent
from mainstay.records.queries import history_of
from mainstay.shared.versions import EditedMeanwhile
from tests.factories.customers import CustomerFactory
from tests.factories.orders import OrderFactory, ProductFactory

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 2, 1, 8, 30, tzinfo=UTC)


def line(name: str = "1", amount: int = 1000, **more: Any) -> LineIn:
    return LineIn(external_id=name, quantity=2.0, amount_minor=amount, product="A-1", **more)


def order(name: str = "O-1", *lines: LineIn, **more: Any) -> OrderIn:
    return OrderIn(
        external_id=name, ordered_at=MORNING, currency="EUR", lines=lines or (line(),), **more
    )


def recorded(by: Any, now: datetime, *orders: OrderIn) -> actions.Recorded:
    return actions.record_orders(by=by, now=now, source="ERP", orders=orders)


def test_an_order_comes_with_lines_product_and_total(manager: Any, now: datetime) -> None:
    customer = CustomerFactory()
    customers.add_reference(by=None, now=now, customer=customer, source="ERP", external_id="K1")

    told = recorded(manager, now, order("O-1", line("1", 1000), line("2", 250), customer="K1"))

    row = queries.visible_to(manager).get()
    assert told == actions.Recorded([row.pk], added=1, changed=0, unchanged=0)
    assert (row.customer, row.amount_minor) == (customer, 1250)
    assert Product.objects.get().search == " a 1 a 1 a1 "
    assert history_of(row).get().new["line_count"] == 2


def test_sent_again_nothing_changes(manager: Any, now: datetime) -> None:
    recorded(manager, now, order())

    told = recorded(manager, now, order())

    assert (told.added, told.changed, told.unchanged) == (0, 0, 1)
    assert AuditEvent.objects.filter(verb__startswith="order.").count() == 1


def test_a_corrected_line_replaces_and_the_others_stay(manager: Any, now: datetime) -> None:
    recorded(manager, now, order("O-1", line("1", 1000), line("2", 250)))

    told = recorded(manager, now, order("O-1", line("2", 300)))

    assert told.changed == 1
    assert list(OrderLine.objects.order_by("pk").values_list("amount_minor", flat=True)) == [
        1000,
        300,
    ]
    row = Order.objects.get()
    assert row.amount_minor == 1300
    latest = history_of(row)[0]
    assert latest.old["lines"]["2"]["amount_minor"] == 250


def test_a_return_is_tied_to_its_order_even_in_the_same_batch(manager: Any, now: datetime) -> None:
    back = order("C-1", line("1", -1000), is_return=True, reverses="O-1")

    recorded(manager, now, back, order("O-1"))

    assert Order.objects.get(external_id="C-1").reverses == Order.objects.get(external_id="O-1")


@pytest.mark.parametrize(
    ("bad", "where", "sentence"),
    [
        (order(customer="nobody"), "customer", "add the customer first"),
        (order(customer_id=2**62), "customer_id", "add the customer first"),
        (order(reverses="O-9"), "reverses", "record it first"),
        (order("O-1", line("1", 5), is_return=True), "lines.amount_minor", "make them negative"),
        (order("O-1", line("1"), line("1")), "lines.external_id", "appears twice"),
        (order("O-1", line("1", 2**62)), "lines.amount_minor", "out of range"),
        (order("O-1", line(kind="gold")), "lines.kind", "no kind of line"),
        (order(" "), "external_id", "is empty"),
        (order("x" * 121), "external_id", "at most 120"),
        (order("a\0b"), "external_id", "control character"),
    ],
)
def test_one_bad_order_refuses_the_batch_with_a_sentence(
    manager: Any, now: datetime, bad: OrderIn, where: str, sentence: str
) -> None:
    with pytest.raises(OrdersRefused) as refusal:
        recorded(manager, now, order("O-0"), bad)

    problem = refusal.value.problems[0]
    assert (problem.index, problem.field) == (1, where)
    assert sentence in str(refusal.value)
    assert not Order.objects.exists()
    assert not Product.objects.exists()


def test_times_currencies_and_batches_have_limits(manager: Any, now: datetime) -> None:
    naive = OrderIn(external_id="1", ordered_at=MORNING.replace(tzinfo=None), currency="EUR")
    money = OrderIn(external_id="1", ordered_at=MORNING, currency="euro")

    for batch in ([naive], [money], [order()] * 2, [order(str(n)) for n in range(1001)]):
        with pytest.raises(OrdersRefused):
            recorded(manager, now, *batch)


def test_a_thousand_orders_take_a_few_statements(
    manager: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    batch = [order(f"O-{n}", line("1"), line("2")) for n in range(1000)]

    with django_assert_max_num_queries(60):
        told = recorded(manager, now, *batch)

    assert told.added == 1000
    assert Order.objects.filter(amount_minor=2000).count() == 1000


def test_nobody_writes_orders_for_customers_out_of_reach(
    owner: Any, stranger: Any, now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        recorded(owner, now, order())
    mine = OrderFactory(customer__owner=owner)
    nameless = OrderFactory(customer=None)

    assert list(queries.visible_to(owner)) == [mine]
    assert not queries.visible_to(stranger).exists()
    assert nameless not in queries.visible_to(stranger)


def test_an_order_is_found_by_the_beginning_of_its_number(manager: Any, owner: Any) -> None:
    first = OrderFactory(external_id="AB-1001")
    OrderFactory(external_id="AB-2001")

    assert list(queries.by_number(manager, "ab-10")) == [first]
    assert not queries.by_number(manager, "B-10").exists()
    assert not queries.by_number(owner, "AB-10").exists()
    assert not queries.by_number(manager, " ").exists()


def test_a_products_cost_changes_once_per_version(manager: Any, now: datetime) -> None:
    product = ProductFactory()

    changed = actions.change_product(
        by=manager, now=now, product=product, values={"unit_cost_minor": 250}, version=1
    )

    assert (changed.unit_cost_minor, changed.version) == (250, 2)
    with pytest.raises(EditedMeanwhile):
        actions.change_product(by=manager, now=now, product=product, values={}, version=1)
    for bad in ({"unit_cost_minor": -1}, {"unit_cost_minor": 2**63}, {"name": ""}):
        with pytest.raises(ValidationError):
            actions.change_product(by=manager, now=now, product=product, values=bad, version=2)
