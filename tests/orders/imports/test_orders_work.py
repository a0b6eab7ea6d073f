"""Orders from files: added once, corrected where the file says so, returns tied, nothing twice."""

import pyarrow.parquet as pq
import pytest
from django.conf import settings

from mainstay.customers.imports.models import State
from mainstay.customers.models import Customer
from mainstay.engine import mirror
from mainstay.orders.models import Order, OrderLine, Product
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db

FILE = """InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID;Country
536365;85123A;WHITE HEART;6;01.12.2010 08:26;2,55;17850;United Kingdom
536365;71053;LANTERN;2;01.12.2010 08:26;3,39;17850;United Kingdom
536365;71053;LANTERN;1;01.12.2010 08:26;3,39;17850;United Kingdom
536370;POST;POSTAGE;3;01.12.2010 08:45;18,00;12583;France
536414;22139;;56;01.12.2010 11:52;0;;United Kingdom
536500;22139;SPARE;1;13.12.2010 11:52;1 234,50;;EIRE
C536379;71053;LANTERN;-1;14.12.2010 09:41;3,39;17850;United Kingdom
A563185;B;Adjust bad debt;1;14.12.2010 14:50;11062,06;;United Kingdom
"""


def mirrored() -> int:
    files = mirror.files(mirror.folder_of(settings.MIRROR_URL), "order_lines")
    return sum(pq.ParquetFile(file).metadata.num_rows for file in files)


def test_retail_orders_import_without_hand_work(imported: Importer) -> None:
    row = imported("orders", FILE)

    assert row.state == State.DONE
    assert row.refused == 0
    assert row.left_out == {"stock": 1, "bad_debt": 1}
    assert row.notes == {
        "no_customer": 1, "postage": 1, "returns": 1, "returns_tied": 1, "repeated": 1,
    }  # fmt: skip
    assert row.counts["orders"] == {"new": 4, "changed": 0, "same": 0}
    amounts = dict(Order.objects.values_list("external_id", "amount_minor"))
    assert amounts == {"536365": 2547, "536370": 5400, "536500": 123450, "C536379": -339}
    assert Order.objects.get(external_id="C536379").reverses == Order.objects.get(
        external_id="536365"
    )
    assert sorted(Customer.objects.values_list("name", "country")) == [
        ("Customer 12583", "FR"),
        ("Customer 17850", "GB"),
    ]
    assert Product.objects.get(external_id="22139").name == "SPARE"
    assert mirrored() == 6


def test_the_same_file_again_changes_nothing(imported: Importer) -> None:
    imported("orders", FILE)
    before = list(OrderLine.objects.order_by("pk").values())

    row = imported("orders", FILE)

    assert row.counts["orders"] == {"new": 0, "changed": 0, "same": 4}
    assert row.counts["lines"] == {"new": 0, "changed": 0, "same": 6}
    assert list(OrderLine.objects.order_by("pk").values()) == before
    assert mirrored() == 6


def test_a_corrected_line_replaces(imported: Importer) -> None:
    imported("orders", FILE)

    row = imported("orders", FILE.replace("85123A;WHITE HEART;6", "85123A;WHITE HEART;5"))

    assert row.counts["orders"] == {"new": 0, "changed": 1, "same": 3}
    assert row.counts["lines"] == {"new": 0, "changed": 1, "same": 5}
    assert Order.objects.get(external_id="536365").amount_minor == 2547 - 255
    assert OrderLine.objects.get(external_id="85123A").quantity == 5
    assert mirrored() == 6


def test_a_dry_run_says_what_would_happen_and_writes_nothing(imported: Importer) -> None:
    row = imported("orders", FILE, dry_run=True)

    assert row.state == State.CHECKED
    assert row.counts["orders"] == {"new": 4, "changed": 0, "same": 0}
    assert not Order.objects.exists()
    assert not Customer.objects.exists()


def test_orders_without_numbers_are_a_customers_day(imported: Importer) -> None:
    text = (
        "customer_id  date number_of_cds  dollar_value\n 0001 19970101 1 11.77\n 0001 "
        "19970101 2 12.00\n 0002 19970112 1 5.00\n"
    )

    row = imported("orders", text)

    assert row.counts["lines"]["new"] == 3
    assert list(Order.objects.order_by("pk").values_list("external_id", "amount_minor")) == [
        ("0001 1997-01-01", 2377),
        ("0002 1997-01-12", 500),
    ]
