"""Exchange rates are entered, and what was recorded in other currencies counts by them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from mainstay.engine import mirror
from mainstay.orders import actions
from mainstay.orders.models import ExchangeRate
from mainstay.records.models import AuditEvent
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.orders import ProductFactory
from tests.factories.value import NOW, buy

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def set_rate(rate: str, currency: str = "USD", by: Any = None, day: date = DAY) -> ExchangeRate:
    return actions.set_rate(by=by, now=NOW, currency=currency, day=day, rate=Decimal(rate))


def mirrored() -> list[tuple[int | None, int | None]]:
    """Return amount and cost of each line as analyses see them."""
    actions.pay()
    folder = mirror.folder_of(settings.MIRROR_URL)
    rows = [
        row for f in mirror.files(folder, "order_lines") for row in pq.read_table(f).to_pylist()
    ]
    rows.sort(key=lambda row: row["line"])
    return [(row["amount_minor"], row["cost_minor"]) for row in rows]


def test_an_order_counts_once_its_rate_is_known_and_anew_when_it_changes() -> None:
    source = SourceFactory()
    buy(CustomerFactory(), NOW, 1000, of=source, currency="USD", cost=600)
    buy(CustomerFactory(), NOW, 500, of=source, cost=100)
    assert mirrored() == [(None, None), (500, 100)]

    rate = set_rate("0.9")
    assert mirrored() == [(900, 540), (500, 100)]
    set_rate("0.8")
    assert mirrored() == [(800, 480), (500, 100)]
    actions.remove_rate(by=None, now=NOW, rate=rate)
    assert mirrored() == [(None, None), (500, 100)]


def test_yen_become_cents_and_a_products_cost_is_not_converted() -> None:
    product = ProductFactory(unit_cost_minor=250)
    set_rate("0.006", "JPY")
    buy(
        CustomerFactory(),
        NOW,
        1500,
        of=product.source,
        currency="JPY",
        product=product,
        quantity=2.0,
    )

    assert mirrored() == [(900, 500)]


def test_only_what_differs_is_written_and_told() -> None:
    set_rate("0.9")
    set_rate("0.9")
    set_rate("0.8")

    told = AuditEvent.objects.filter(verb="rate.entered").order_by("pk")
    assert list(told.values_list("old", "new")) == [
        ({}, {"rate": "0.9"}),
        ({"rate": "0.9"}, {"rate": "0.8"}),
    ]


def test_the_companys_own_currency_has_no_rate() -> None:
    with pytest.raises(ValidationError, match="own currency"):
        set_rate("1", "EUR")


def test_rates_are_for_importers(read_only: Any, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        set_rate("0.9", by=read_only)
    with pytest.raises(PermissionDenied):
        actions.remove_rate(by=read_only, now=now, rate=set_rate("0.9"))


def test_rates_are_entered_shown_and_removed_on_their_page(
    manager: Any, signed_in: Callable[[Any], Client]
) -> None:
    client = signed_in(manager)
    assert "No exchange rates yet" in client.get("/orders/rates/").content.decode()
    wrong = client.post("/orders/rates/", {"currency": "EUR", "day": "x", "rate": "-1"})
    assert wrong.status_code == 200
    assert not ExchangeRate.objects.exists()

    client.post("/orders/rates/", {"currency": "USD", "day": "2026-03-01", "rate": "0.9175"})
    page = client.get("/orders/rates/").content.decode()
    assert "0.9175" in page
    assert "Saved the rate of USD 2026-03-01." in page

    client.post(f"/orders/rates/{ExchangeRate.objects.get().pk}/remove/")
    assert not ExchangeRate.objects.exists()
