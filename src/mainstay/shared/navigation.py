"""The left navigation: every capability puts its pages in, nobody asks upwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from mainstay.shared import access

# The hundred of an entry's order names its section.
SECTIONS: dict[int, StrOrPromise] = {
    0: "",
    1: _("Customers"),
    2: pgettext_lazy("section of the navigation", "Value"),
    3: _("Voice"),
    4: _("Loyalty"),
    5: _("Plans"),
    9: _("Administration"),
}


# Key, label, icon, name of the address, permission.
Tab = tuple[str, StrOrPromise, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the navigation; `permission` empty means every signed-in person."""

    key: str
    label: StrOrPromise
    icon: str
    url_name: str
    order: int
    permission: str = ""
    # The key of the entry among whose tabs this one stands; empty: in the navigation itself.
    within: str = ""
    # Pages below its address that are somewhere else in people's minds: names of addresses.
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    key: str
    label: str
    icon: str
    url: str
    current: bool


@dataclass(frozen=True)
class Section:
    label: str
    links: list[Link]


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    if not entry.within and entry.order // 100 not in SECTIONS:
        raise ValueError(f"Navigation entry {entry.key}: no section for order {entry.order}")
    _entries[entry.key] = entry


def register_tabs(within: str, tabs: Iterable[Tab], *, order: int = 0) -> None:
    """Put pages in the row of tabs of an entry or a tab, in their order, the first at `order`."""
    for place, (key, label, icon, url_name, permission) in enumerate(tabs, order):
        register(
            Entry(
                key=key,
                label=label,
                icon=icon,
                url_name=url_name,
                order=place,
                permission=permission,
                within=within,
            )
        )


def entries(user: Any) -> list[Entry]:
    """Return what this person may open, tabs too, in the order of the navigation."""
    allowed = [e for e in _entries.values() if not e.permission or access.can(user, e.permission)]
    return sorted(allowed, key=lambda entry: (entry.order, entry.key))


def shown(request: HttpRequest) -> tuple[list[Section], list[Section]]:
    """Return the navigation for this request, the page being looked at marked, and the rows of
    tabs above the page: those within its entry, then those within its tab."""
    mine = entries(request.user)
    found: dict[int, list[Link]] = {}
    for entry, link in _links(request, mine, within="", root="/"):
        found.setdefault(entry.order // 100, []).append(link)
    sections = [Section(str(SECTIONS[number]), links) for number, links in found.items()]
    return sections, _tabs(request, mine, [link for links in found.values() for link in links])


def _tabs(request: HttpRequest, mine: list[Entry], links: list[Link]) -> list[Section]:
    rows: list[Section] = []
    while above := next((link for link in links if link.current), None):
        links = [link for _entry, link in _links(request, mine, within=above.key, root=above.url)]
        if links:
            rows.append(Section(above.label, links))
    return rows


def _address(name: str) -> str:
    """Return the address of a name; every page asks for all of them, so each is kept."""
    return _kept_address(name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=1024)
def _kept_address(name: str, urlconf: str | None, prefix: str) -> str:
    return reverse(name, urlconf)


def _links(
    request: HttpRequest, mine: list[Entry], *, within: str, root: str
) -> list[tuple[Entry, Link]]:
    """Return one level of links; `root` is the address under which all of them lie."""
    urls = {entry.key: _address(entry.url_name) for entry in mine if entry.within == within}
    apart = {_address(name) for entry in mine for name in entry.apart}
    places = [(url, key) for key, url in urls.items()]
    places += [(_address(each.url_name), each.within) for each in mine if each.within in urls]
    current = "" if request.path in apart else _current(request.path, places, root=root)
    return [
        (
            entry,
            Link(entry.key, str(entry.label), entry.icon, urls[entry.key], entry.key == current),
        )
        for entry in mine
        if entry.key in urls
    ]


def _current(path: str, places: list[tuple[str, str]], *, root: str = "/") -> str:
    """Return the key whose address is the longest beginning of the path; the root only exactly.

    The addresses of an entry's tabs are places of it too.
    """
    matches = [
        (len(url), key)
        for url, key in places
        if path == url or (url != root and path.startswith(url))
    ]
    return max(matches)[1] if matches else ""
