"""Words that many customers hold: their pages are found by stretches of the sorted names."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mainstay.customers import queries
from mainstay.shared import search
from mainstay.shared.lists import keyset, selection
from mainstay.shared.search import first_by_name
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


def names(page: Any) -> list[str]:
    return re.findall(r"data-open title=\"([^\"]*)\"", page.content.decode())


@pytest.mark.parametrize("stretches", [((2, True), (110, False)), ((110, True),), ((9, False),)])
def test_hits_met_by_stretches_of_the_names_are_the_same(
    manager: Any,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
    stretches: tuple[tuple[int, bool], ...],
) -> None:
    for number in range(120):
        CustomerFactory(name=f"Firma {number:03d} {'Wood' if number % 2 else 'Glass'}")
    client = signed_in(manager)
    expected = turned(client, "q=wood")

    for name, value in {"FEW": 5, "GATHERED_MOST": 5, "PAGE": 1}.items():
        monkeypatch.setattr(selection, name, value)
    for module in (keyset, search):
        monkeypatch.setattr(module, "STRETCHES", stretches)
    monkeypatch.setattr(search, "GATHERED_MOST", 5)
    monkeypatch.setattr(search, "_is_in_row", lambda rows: True)

    assert turned(client, "q=wood") == expected
    assert turned(client, "q=wood")[0] != expected[1]
    found = [hit.name for hit in first_by_name(queries.listed(manager), "wood", 3)]
    assert found == expected[0][:3]


def test_who_complained_since_a_day_is_the_same_gathered_and_walked(
    manager: Any, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        customer = CustomerFactory(name=f"Firma {number:02d}")
        purpose = "complaint" if number % 2 else "talk"
        for days in (3, 40 + number):
            when = NOW - timedelta(days=days if number % 3 else 100)
            InteractionFactory(customer=customer, purpose=purpose, occurred_at=when)
    client = signed_in(manager)
    query = f"complained_from={NOW - timedelta(days=30):%Y-%m-%d}"

    gathered = names(client.get(f"/customers/?{query}"))
    for name in ("FEW", "GATHERED_MOST"):
        monkeypatch.setattr(selection, name, 2)
    walked = client.get(f"/customers/?{query}")

    assert gathered == names(walked) == ["Firma 01", "Firma 05", "Firma 07", "Firma 11"]
    assert "more than 2" in walked.content.decode()


def turned(client: Client, query: str) -> list[list[str]]:
    """Return the names on the first page, the next, and back again."""
    found = []
    for turn in ("next_query", "previous_query", ""):
        page = client.get(f"/customers/?{query}")
        found.append(names(page))
        query = getattr(page.context["list"], turn, "")
    return found
