"""Two people change one product: the second is told what the first wrote, as people read it."""

from typing import Any

import pytest

from mainstay.orders import actions
from tests.factories.orders import ProductFactory
from tests.factories.value import NOW

pytestmark = pytest.mark.django_db


def test_the_second_editor_reads_amounts_in_the_currency(signed_in: Any, manager: Any) -> None:
    product = ProductFactory(name="Hammer", unit_cost_minor=1_000)
    values = {"name": "Claw hammer", "category": None, "unit_cost_minor": 1_234}
    actions.change_product(by=manager, now=NOW, product=product, values=values, version=1)

    answer = signed_in(manager).post(
        f"/orders/products/{product.pk}/", {"name": "Mallet", "unit_cost": "20", "version": "1"}
    )

    page = answer.content.decode()
    assert "Claw hammer" in page
    assert "€12.34" in page
    assert "€20.00" in page
    product.refresh_from_db()
    assert product.name == "Claw hammer"
