"""A large import, step by step: the references it checks as a set are whole all the same."""

from typing import Any

import pytest
from django.db import connection

from mainstay.customers.imports import kinds
from mainstay.customers.imports.models import State
from mainstay.customers.models import Customer, ExternalReference
from mainstay.orders.imports.orders_work import OrdersWork
from mainstay.orders.models import Order, OrderLine
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db(transaction=True)

FILE = "order;date;customer;product;quantity;amount\n" + "".join(
    f"{order};2025-03-{order % 28 + 1:02d};C{order % 7};P{line};1;{order + line},50\n"
    for order in range(120)
    for line in range(3)
)


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "LINES_AT_ONCE", 0)


def test_a_large_import_leaves_the_database_guarding_references(imported: Importer) -> None:
    row = imported("orders", FILE)

    assert row.state == State.DONE
    assert (Order.objects.count(), OrderLine.objects.count()) == (120, 360)
    connection.check_constraints()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_customer_deleted_meanwhile_leaves_no_order_behind(
    imported: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = OrdersWork.prepare

    def prepare(work: OrdersWork, step: Any) -> None:
        known(work, step)
        ExternalReference.objects.filter(external_id="C3").delete()
        Customer.objects.filter(name__endswith="C3").delete()

    monkeypatch.setattr(OrdersWork, "prepare", prepare)

    assert imported("orders", FILE).state == State.DONE
    assert not Customer.objects.filter(name__endswith="C3").exists()
    assert Order.objects.filter(customer=None).count() == 17
    connection.check_constraints()
