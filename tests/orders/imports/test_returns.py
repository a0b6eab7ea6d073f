"""Returns find the order they take back, in the file or among earlier imports."""

import pytest

from mainstay.orders.models import Order
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db

HEAD = "order;date;customer;product;quantity;price\n"
BOUGHT = (
    HEAD
    + """536365;2025-01-05;C1;HEART;6;2,50
536365;2025-01-05;C1;LANTERN;2;3,40
536370;2025-02-05;C1;HEART;10;2,50
536371;2025-02-05;C2;HEART;10;2,50
"""
)


def ties() -> dict[str, str | None]:
    returns = Order.objects.filter(is_return=True)
    return dict(returns.values_list("external_id", "reverses__external_id"))


@pytest.mark.parametrize(
    ("line", "original"),
    [
        ("C536365;2025-03-01;C1;HEART;-1;2,50", "536365"),  # its own name
        ("c536365;2025-03-01;C1;HEART;-9;1,00", "536365"),  # also at another price
        ("C536371;2025-03-01;C1;HEART;-2;2,50", "536370"),  # somebody else's order is not theirs
        ("R1;2025-03-01;C1;HEART;-3;2,50", "536370"),  # the latest of two
        ("R1;2025-01-20;C1;HEART;-3;2,50", "536365"),  # bought before it went back
        ("R1;2025-03-01;C1;LANTERN;-2;3,40", "536365"),
        ("R1;2025-03-01;C1;LANTERN;-3;3,40", None),  # never so many
        ("R1;2025-03-01;C1;LANTERN;-1;3,30", None),  # never at that price
        ("R1;2025-03-01;C3;HEART;-1;2,50", None),  # never a customer
    ],
)
@pytest.mark.parametrize("files", [1, 2])
def test_a_return_finds_its_order(
    imported: Importer, line: str, original: str | None, files: int
) -> None:
    if files == 2:
        imported("orders", BOUGHT)

    imported("orders", (HEAD if files == 2 else BOUGHT) + line + "\n")

    assert ties() == {line.split(";", maxsplit=1)[0]: original}


def test_a_named_order_of_an_earlier_file_counts_before_a_match(imported: Importer) -> None:
    imported("orders", BOUGHT)
    text = HEAD.replace("price", "price;original order") + "R1;2025-03-01;C1;HEART;-3;2,50;536365\n"

    imported("orders", text)

    assert ties() == {"R1": "536365"}


def test_what_is_tied_stays_when_the_file_comes_again(imported: Importer) -> None:
    imported("orders", BOUGHT)
    file = HEAD + "R1;2025-03-01;C1;HEART;-3;2,50\n"
    imported("orders", file)
    imported("orders", HEAD + "536399;2025-02-20;C1;HEART;5;2,50\n")

    row = imported("orders", file)

    assert row.counts["ties"]["changed"] == 0
    assert ties() == {"R1": "536370"}
