"""Orders in other currencies come in where their rate is known; rates come from a file too."""

from datetime import date
from decimal import Decimal

import pytest

from mainstay.orders import actions
from mainstay.orders.models import ExchangeRate, Order
from tests.customers.imports.conftest import Importer
from tests.factories.value import NOW
from tests.orders.test_rates import mirrored

pytestmark = pytest.mark.django_db

HEAD = "order;date;customer;product;quantity;price;currency\n"
FILE = HEAD + (
    "1;2025-03-05;C1;A;2;10,00;usd\n1;2025-03-05;C1;B;1;5,00;USD\n"
    "2;2025-03-05;C2;A;1;8,00;EUR\n3;2025-03-06;C2;A;1;8,00;\n4;2025-03-07;C1;A;1;1500;JPY\n"
)


@pytest.fixture
def rates(db: None) -> None:
    known = [("USD", date(2025, 3, 1), Decimal("0.9")), ("JPY", date(2025, 3, 1), Decimal("0.006"))]
    actions.set_rates(by=None, now=NOW, rates=known)


def refused(row: object) -> list[list[str]]:
    from mainstay.customers.imports import storage

    path = storage.folder(row.folder) / "refused.csv"  # type: ignore[attr-defined]
    return [line.split(",")[:4] for line in path.read_text("utf-8-sig").splitlines()[1:]]


@pytest.mark.usefixtures("rates")
def test_orders_keep_their_currency_and_count_in_the_companys(imported: Importer) -> None:
    row = imported("orders", FILE)

    assert row.refused == 0
    kept = Order.objects.order_by("external_id").values_list("currency", "amount_minor")
    assert list(kept) == [("USD", 2500), ("EUR", 800), ("EUR", 800), ("JPY", 1500)]
    assert sorted(mirrored()) == [(450, None), (800, None), (800, None), (900, None), (1800, None)]
    assert imported("orders", FILE).counts["orders"] == {"new": 0, "changed": 0, "same": 4}


def test_a_missing_rate_is_named(imported: Importer) -> None:
    row = imported("orders", FILE)

    assert refused(row) == [
        ["2", "", "Currency", "USD 2025-03-05"],
        ["3", "", "Currency", "USD 2025-03-05"],
        ["6", "", "Currency", "JPY 2025-03-07"],
    ]
    assert Order.objects.count() == 2


@pytest.mark.usefixtures("rates")
def test_an_order_has_one_currency(imported: Importer) -> None:
    row = imported("orders", HEAD + "1;2025-03-05;C1;A;2;10;USD\n1;2025-03-05;C1;B;1;5;EUR\n")

    assert refused(row) == [["3", "", "Currency", "EUR"]]
    assert Order.objects.get().amount_minor == 2000


def test_rates_come_from_a_file(imported: Importer) -> None:
    file = "Currency;Date;Rate\nusd;2025-03-01;0,9\nUSD;2025-04-01;0,92\nUSD;2025-04-01;0,91\n;;\n"

    row = imported("rates", file)
    again = imported("rates", file)

    assert row.counts["rates"] == {"new": 2, "changed": 0, "same": 0}
    assert again.counts["rates"] == {"new": 0, "changed": 0, "same": 2}
    assert refused(row)[0] == ["3", "", "Day", "USD"]
    found = ExchangeRate.objects.order_by("day").values_list("currency", "rate")
    assert list(found) == [("USD", Decimal("0.9")), ("USD", Decimal("0.91"))]
