"""The palette asks every source and the navigation."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from mainstay.shared import access, navigation, palette
from mainstay.shared.palette import Hit

USER = SimpleNamespace(is_authenticated=True)


@pytest.fixture(autouse=True)
def one_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(palette, "_sources", [])
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(access, "_decide", [lambda user, right: True])
    navigation.register(
        navigation.Entry(
            key="orders", label="Orders", icon="package", url_name="shared:find", order=110
        )
    )
    palette.register(customers, "Customers")


def customers(user: Any, term: str) -> list[Hit]:
    return [Hit(f"{term} {n}", "Leeds", f"/customers/{n}/", "building-2") for n in range(20)]


def test_without_a_term_the_pages_are_offered() -> None:
    (group,) = palette.search(USER, "  ")

    assert (group.label, [hit.label for hit in group.hits]) == ("Pages", ["Orders"])


def test_a_term_asks_the_sources_first() -> None:
    groups = palette.search(USER, "ord")

    assert [group.label for group in groups] == ["Customers", "Pages"]


def test_a_group_is_short() -> None:
    groups = palette.search(USER, "harrow")

    assert [len(group.hits) for group in groups] == [palette.HITS_PER_GROUP]


def test_a_source_registered_twice_answers_once() -> None:
    palette.register(customers, "Customers")

    assert len(palette.search(USER, "harrow")) == 1


def test_a_term_is_cut_and_freed_of_what_no_database_takes() -> None:
    (group,) = palette.search(USER, "har\0row " + "x" * 5000)

    assert "\0" not in group.hits[0].label
    assert len(group.hits[0].label) <= palette.TERM_LENGTH + 3


def test_the_page_names_the_term_that_nothing_has(
    read_only: Any, signed_in: Callable[[Any], Client]
) -> None:
    palette._sources.clear()

    answer = signed_in(read_only).get("/find/", {"q": "<zzz>"})

    assert "Nothing is called “&lt;zzz&gt;”" in answer.content.decode()


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/find/").status_code == 302
