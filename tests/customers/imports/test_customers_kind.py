"""Customers from files: added, brought up to date, tied to parents and owners."""

from typing import Any

import pytest

from mainstay.customers.models import Address, Customer
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db


def test_customers_are_added_then_changed_and_never_doubled(imported: Importer, owner: Any) -> None:
    head = "id;name;city;street;owner;parent;phone\n"
    first = (
        f"{head}1;Anna;Łódź;Piotrkowska 1;{owner.email};;\n2;Bert;;;;1;\n3;Cid;;;nobody@x.pl;9;\n"
    )
    row = imported("customers", first)

    assert row.refused == 1
    assert row.counts["customers"] == {"new": 2, "changed": 0, "same": 0}
    assert Customer.objects.get(name="Anna").owner == owner
    assert Customer.objects.get(name="Bert").parent == Customer.objects.get(name="Anna")

    again = imported("customers", first)
    assert again.counts["customers"] == {"new": 0, "changed": 0, "same": 2}

    other = imported("customers", f"{head}1;Anna Nowa;Łódź;Piotrkowska 2;;;+48 601 234 567\n")
    assert other.counts["customers"] == {"new": 0, "changed": 1, "same": 0}
    anna = Customer.objects.get(name="Anna Nowa")
    assert (anna.owner, anna.phone, anna.version) == (owner, "+48 601 234 567", 2)
    assert " nowa " in anna.search
    assert Address.objects.get().street == "Piotrkowska 2"
