"""The navigation shows what a person may open, and where they are."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory

from mainstay.shared import access, navigation
from mainstay.shared.navigation import Entry

AGENT = SimpleNamespace(is_authenticated=True, rights={"customers.view"})
ANYBODY = SimpleNamespace(is_authenticated=False, rights=set())


@pytest.fixture(autouse=True)
def three_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(access, "_decide", [lambda user, right: right in user.rights])
    entry = {"icon": "users", "url_name": "shared:find"}
    navigation.register(Entry(key="b", label="Second", order=120, **entry))
    navigation.register(Entry(key="a", label="First", order=10, **entry))
    navigation.register(
        Entry(key="c", label="Locked", order=910, permission="people.view", **entry)
    )


def request_of(user: Any, path: str = "/") -> Any:
    request = RequestFactory().get(path)
    request.user = user
    return request


def test_a_person_sees_only_what_they_may_open() -> None:
    assert [entry.label for entry in navigation.entries(AGENT)] == ["First", "Second"]


def test_nobody_has_a_right_before_a_rule_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_decide", [])

    assert not access.can(AGENT, "customers.view")


def test_a_visitor_has_no_right() -> None:
    assert not access.can(ANYBODY, "customers.view")


def test_sections_follow_the_hundreds() -> None:
    found = navigation.shown(request_of(AGENT))[0]

    assert [section.label for section in found] == ["", "Customers"]


def test_an_order_without_a_section_is_refused() -> None:
    with pytest.raises(ValueError, match="no section for order 850"):
        navigation.register(Entry(key="x", label="X", icon="x", url_name="shared:find", order=850))


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/", "home"),
        ("/customers/", "customers"),
        ("/customers/17/", "customers"),
        ("/customers/imports/", "imports"),
        ("/elsewhere/", ""),
    ],
)
def test_the_longest_beginning_of_the_path_is_current(path: str, key: str) -> None:
    places = [("/", "home"), ("/customers/", "customers"), ("/customers/imports/", "imports")]

    assert navigation._current(path, places) == key


def test_a_tab_with_an_address_elsewhere_marks_its_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"merges": "/merges/", "searches": "/searches/"}
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_address", places.__getitem__)
    for key, within in {"merges": "", "searches": "merges"}.items():
        entry = Entry(key=key, label=key, icon="x", url_name=key, order=110, within=within)
        navigation.register(entry)

    assert marked("/searches/") == [["searches*"]]


PLACES = {
    "value": "/value/",
    "gaps": "/value/gaps/",
    "start": "/value/",
    "markets": "/value/gaps/m/",
}


@pytest.fixture
def pages_with_tabs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_address", PLACES.__getitem__)
    for key, within in {"value": "", "start": "value", "gaps": "value", "markets": "gaps"}.items():
        locked = "money.view" if key == "markets" else ""
        navigation.register(
            Entry(
                key=key,
                label=key,
                icon="gem",
                url_name=key,
                order=210,
                within=within,
                permission=locked,
            )
        )


def marked(path: str, *rights: str) -> list[list[str]]:
    """Return the rows of tabs above a page, the current ones with a star."""
    user = SimpleNamespace(is_authenticated=True, rights=set(rights))
    rows = navigation.shown(request_of(user, path))[1]
    return [[link.key + "*" * link.current for link in row.links] for row in rows]


@pytest.mark.usefixtures("pages_with_tabs")
def test_tabs_stand_above_the_pages_of_their_entry() -> None:
    assert marked("/value/") == [["gaps", "start*"]]
    assert marked("/value/runs/3/") == [["gaps", "start"]]
    assert marked("/value/gaps/", "money.view") == [["gaps*", "start"], ["markets"]]
    assert marked("/value/gaps/m/", "money.view") == [["gaps*", "start"], ["markets*"]]
    assert marked("/elsewhere/") == []


@pytest.mark.usefixtures("pages_with_tabs")
def test_a_tab_that_may_not_be_opened_is_not_there() -> None:
    assert marked("/value/gaps/") == [["gaps*", "start"]]


@pytest.mark.usefixtures("pages_with_tabs")
def test_the_navigation_itself_holds_no_tabs() -> None:
    found = navigation.shown(request_of(AGENT, "/value/gaps/"))[0]

    assert [link.key for section in found for link in section.links] == ["value"]
