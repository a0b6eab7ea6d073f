"""Find every form of the site the way a person would: follow links, read what the pages hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

NOT_TYPED = {"submit", "button", "checkbox", "radio", "file", "reset", "image", "hidden"}
NOT_FOLLOWED = ("/static/", "/api/", "/accounts/logout/")
PAGES_OF_A_ROUTE = 2


@dataclass
class Form:
    """A form as a page shows it: where it goes, what it holds, which fields people type into."""

    method: str
    action: str
    values: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        return self.method, route(self.action), tuple(sorted(self.values))

    def send(self, client: Client, changed: dict[str, str]) -> Any:
        ask = client.post if self.method == "post" else client.get
        return ask(self.action, self.values | changed)


class Page(HTMLParser):
    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address, self.links, self.forms = address, list[str](), list[Form]()
        self.open: Form | None = None
        self.select = self.area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links += [
            urljoin(self.address, given[name]) for name in ("href", "hx-get") if name in given
        ]
        handler = getattr(self, f"_{tag}", None)
        if handler:
            handler(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None

    def _form(self, given: dict[str, str]) -> None:
        action = given.get("hx-post") or given.get("hx-get") or given.get("action") or self.address
        post = "hx-post" in given or given.get("method", "get").lower() == "post"
        self.open = Form("post" if post else "get", urljoin(self.address, action))
        self.forms.append(self.open)

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if self.open is None or not name or kind in {"file", "submit", "button"}:
            return
        if kind not in {"checkbox", "radio"} or "checked" in given:
            self.open.values[name] = given.get("value", "")
        if kind not in NOT_TYPED:
            self.open.typed.append(name)

    def _textarea(self, given: dict[str, str]) -> None:
        if self.open is not None and given.get("name"):
            self.open.values[given["name"]] = ""
            self.open.typed.append(given["name"])

    def _select(self, given: dict[str, str]) -> None:
        self.select = given.get("name", "")

    def _option(self, given: dict[str, str]) -> None:
        if self.open is not None and self.select:
            first = self.select not in self.open.values
            if first or "selected" in given:
                self.open.values[self.select] = given.get("value", "")


def route(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def forms_of(client: Client, start: list[str]) -> Iterator[Form]:
    """Yield each kind of form with a field to type into, once."""
    waiting, seen, visits = list(start), set[str](), dict[str, int]()
    found = set[Any]()
    while waiting:
        address = waiting.pop(0)
        name = route(address)
        fits = name and not address.startswith(NOT_FOLLOWED) and address not in seen
        if not fits or (visits.get(name, 0) >= PAGES_OF_A_ROUTE and address not in start):
            continue
        seen.add(address)
        visits[name] = visits.get(name, 0) + 1
        answer = client.get(urlsplit(address).path, dict(parse_qsl(urlsplit(address).query)))
        assert answer.status_code < 500, address
        if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        page = Page(address, answer.content.decode())
        waiting += [link for link in page.links if link.startswith("/")]
        for form in page.forms:
            if form.typed and route(form.action) and form.key not in found:
                found.add(form.key)
                yield form
