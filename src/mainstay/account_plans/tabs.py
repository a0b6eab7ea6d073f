"""The tabs of a key account's pages: each part of the plan registers its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class State:
    """How far a part has come: what is known in a few words, and what is missing."""

    known: str = ""
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One tab; its address takes the number of the customer."""

    key: str
    label: StrOrPromise
    icon: str
    url_name: str
    order: int
    text: StrOrPromise = ""
    # Given the account (workspace.queries.Account) and the moment, how far this part has come.
    state: Callable[[Any, Any], State] | None = None


@dataclass(frozen=True)
class Link:
    key: str
    label: str
    icon: str
    url: str
    text: str
    current: bool


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    _tabs[tab.key] = tab


def registered() -> list[Tab]:
    return sorted(_tabs.values(), key=lambda tab: tab.order)


def link(tab: Tab, customer: int, current: str = "") -> Link:
    """Return the tab as a link to the page of this account."""
    url = reverse(tab.url_name, args=[customer])
    return Link(tab.key, str(tab.label), tab.icon, url, str(tab.text), tab.key == current)


def links(customer: int, current: str = "") -> list[Link]:
    return [link(tab, customer, current) for tab in registered()]
