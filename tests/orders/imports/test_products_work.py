import pytest

from mainstay.orders.models import MirrorDebt, Product
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db


def test_products_are_added_then_changed(imported: Importer) -> None:
    imported("products", "code;name;category;cost\nA;Lantern;Light;1,50\nB;Heart;;\nB;Heart 2;;\n")

    row = imported("products", "code;name;cost\nA;Lantern;1,75\nB;Heart 2;\n")

    assert row.counts["products"] == {"new": 0, "changed": 1, "same": 1}
    lantern = Product.objects.get(external_id="A")
    assert (lantern.unit_cost_minor, lantern.category.name) == (175, "Light")
    assert Product.objects.get(external_id="B").name == "Heart 2"


def test_a_new_unit_cost_is_owed_to_the_mirror(imported: Importer) -> None:
    imported("products", "code;name;cost\nA;Lantern;1,50\n")
    assert not MirrorDebt.objects.exists()

    imported("products", "code;name;cost\nA;Lantern;1,75\n")

    assert MirrorDebt.objects.filter(order=None).exists()
