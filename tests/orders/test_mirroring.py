"""What the columnar mirror is owed, and that paying brings it level."""

from datetime import UTC, datetime
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db import transaction

from mainstay.engine import mirror
from mainstay.orders import actions
from mainstay.orders.actions import mirroring
from mainstay.orders.models import MirrorDebt
from mainstay.people.actions import change_company
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.orders import OrderFactory, OrderLineFactory, ProductFactory
from tests.factories.value import NOW, buy

pytestmark = pytest.mark.django_db


def mirrored() -> list[dict[str, Any]]:
    paths = mirror.files(mirror.folder_of(settings.MIRROR_URL), "order_lines")
    rows = [row for path in paths for row in pq.read_table(path).to_pylist()]
    return sorted(rows, key=lambda row: row["line"])


def test_paying_brings_the_mirror_level_and_settles() -> None:
    line = OrderLineFactory(cost_minor=6_000)
    actions.owe([line.order_id])

    assert (actions.pay(), actions.pay()) == (1, 0)

    row = mirrored()[0]
    assert (row["customer_id"], row["order_id"]) == (line.order.customer_id, line.order_id)
    assert (row["amount_minor"], row["cost_minor"], row["quantity"]) == (10_000, 6_000, 4.0)
    assert not MirrorDebt.objects.exists()


def test_a_change_is_owed_in_its_own_transaction() -> None:
    order = OrderFactory()

    with transaction.atomic():
        actions.owe([order.pk])
        transaction.set_rollback(True)

    assert not MirrorDebt.objects.exists()


def test_paying_again_replaces_and_doubles_nothing() -> None:
    line = OrderLineFactory()
    actions.owe([line.order_id])
    actions.pay()
    line.amount_minor = 700
    line.save()

    for _time in range(2):
        actions.owe([line.order_id])
        actions.pay()

    assert [row["amount_minor"] for row in mirrored()] == [700]


def test_a_change_while_an_earlier_one_is_paid_stays_owed(monkeypatch: Any) -> None:
    OrderLineFactory()
    actions.pay()
    line = OrderLineFactory()
    actions.owe([line.order_id])
    replace = mirror.replace

    def change_meanwhile(url: str, lines: Any) -> int:
        sent = replace(url, lines)
        actions.owe([line.order_id])
        monkeypatch.setattr(mirror, "replace", replace)
        return sent

    monkeypatch.setattr(mirror, "replace", change_meanwhile)
    settled: list[int] = []
    settle = mirroring._settle
    monkeypatch.setattr(mirroring, "_settle", lambda d: (settled.append(len(d)), settle(d)))

    actions.pay()

    assert settled == [1, 1]  # the second debt outlived the first payment and was paid after it


def test_a_failure_in_the_middle_leaves_the_debt(monkeypatch: Any) -> None:
    actions.pay()
    line = OrderLineFactory()
    actions.owe([line.order_id])

    def fail(url: str, lines: Any) -> int:
        raise OSError("The disk is full")

    monkeypatch.setattr(mirror, "replace", fail)
    with pytest.raises(OSError, match="disk"):
        actions.pay()

    assert MirrorDebt.objects.count() == 1


def test_a_new_unit_cost_counts_for_old_lines(manager: Any) -> None:
    product = ProductFactory(unit_cost_minor=100)
    OrderLineFactory(product=product)
    actions.pay()

    actions.change_product(
        by=manager, now=NOW, product=product, values={"unit_cost_minor": 150}, version=None
    )
    actions.pay()

    assert [row["cost_minor"] for row in mirrored()] == [600]


def test_rebuilding_gives_the_same_as_paying() -> None:
    lines = OrderLineFactory.create_batch(5)
    actions.owe([line.order_id for line in lines])
    actions.pay()
    paid = mirrored()

    actions.rebuild()

    assert mirrored() == paid


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 31, 23, 30, tzinfo=UTC), "2026-02-01"),  # winter: one hour ahead
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), "2026-03-28"),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), "2026-03-29"),  # the day the clocks change
        (datetime(2026, 3, 29, 21, 59, 59, 999999, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), "2026-03-30"),  # summer: two hours ahead
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "2026-10-26"),
    ],
)
def test_days_are_those_of_the_company(moment: datetime, day: str) -> None:
    change_company(by=None, now=NOW, time_zone="Europe/Warsaw")
    buy(CustomerFactory(), moment, 500, of=SourceFactory())

    actions.pay()

    row = mirrored()[0]
    assert (str(row["day"]), row["ordered_at"]) == (day, moment)


def test_another_time_zone_moves_the_days_of_old_orders() -> None:
    buy(CustomerFactory(), datetime(2026, 1, 31, 23, 30, tzinfo=UTC), 500, of=SourceFactory())
    actions.pay()

    change_company(by=None, now=NOW, time_zone="Asia/Shanghai")
    actions.pay()

    assert [str(row["day"]) for row in mirrored()] == ["2026-02-01"]


def test_another_currency_has_no_amount() -> None:
    buy(CustomerFactory(), NOW, 500, of=SourceFactory(), currency="USD", cost=300)

    actions.pay()

    assert [(row["amount_minor"], row["cost_minor"]) for row in mirrored()] == [(None, None)]


def test_a_mirror_that_was_lost_is_made_anew() -> None:
    OrderLineFactory()

    assert actions.pay() == 1
