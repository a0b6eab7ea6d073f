"""Words that many customers hold: their pages are found by stretches of the sorted names."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.customers import queries
from mainstay.shared import search
from mainstay.shared.lists import keyset, selection
from mainstay.shared.search import first_by_name
from tests.factories.customers import CustomerFactory

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


def turned(client: Client, query: str) -> list[list[str]]:
    """Return the names on the first page, the next, and back again."""
    found = []
    for turn in ("next_query", "previous_query", ""):
        page = client.get(f"/customers/?{query}")
        found.append(names(page))
        query = getattr(page.context["list"], turn, "")
    return found
