"""Every route of the site × every role and nobody: what the matrix does not grant is denied."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from mainstay.people.models import Role
from mainstay.people.permissions import CAPABILITIES, can
from tests.factories.people import UserFactory
from tests.people.access_matrix import (
    ARGUMENTS,
    HIDDEN,
    MATRIX,
    PUBLIC,
    SIGNED_IN,
    TOKEN,
    Needed,
)

SAMPLES = {"IntConverter": 1, "StringConverter": "x", "SlugConverter": "x", "PathConverter": "x"}
A_UUID = "00000000-0000-4000-8000-000000000000"
# With `next`: sent away as a stranger. Without: a step of signing in that was not begun.
SIGN_IN = "/accounts/login/?next="
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|CREATE|DROP|ALTER)\b", re.I)


Route = tuple[str, str, dict[str, object]]


def walk(patterns: list[Any], before: Route = ("", "", {})) -> Iterator[Route]:
    """Yield the name, path and sample arguments of every route."""
    space, path, known = before
    for pattern in patterns:
        here = f"{path}{pattern.pattern}"
        kinds = {k: type(kind).__name__ for k, kind in pattern.pattern.converters.items()}
        args = known | {key: SAMPLES.get(kind, A_UUID) for key, kind in kinds.items()}
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, (inner, here, args))
        else:
            name = f"{space}{pattern.name}" if pattern.name else here
            yield name, here, ARGUMENTS.get(name, args)


ROUTES = {name: (path, args) for name, path, args in walk(get_resolver().url_patterns)}
WALKED = sorted(set(ROUTES) & set(MATRIX))


def address(name: str) -> str:
    path, args = ROUTES[name]
    known = name != path
    return reverse(name, kwargs=args) if known else f"/{path}"


def needed(name: str, method: str) -> str:
    entry: Needed = MATRIX[name]
    if isinstance(entry, str):
        return entry
    return entry[0] if method == "get" else entry[1]


def ask(client: Client, name: str, method: str) -> Any:
    return getattr(client, method)(address(name))


def goes_to_sign_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer["Location"].startswith(SIGN_IN))


def test_every_route_stands_in_the_matrix() -> None:
    assert set(ROUTES) - set(MATRIX) == set(), "add the new routes to tests/people/access_matrix.py"
    assert set(MATRIX) - set(ROUTES) == set(), "these routes are gone"


def test_the_matrix_names_known_capabilities() -> None:
    named = {needed(name, method) for name in MATRIX for method in ("get", "post")}

    assert named - {PUBLIC, SIGNED_IN, TOKEN, HIDDEN} <= set(CAPABILITIES)


@pytest.mark.parametrize("name", WALKED)
def test_nobody_gets_only_what_is_public(client: Client, db: None, name: str) -> None:
    for method in ("get", "post"):
        answer = ask(client, name, method)
        assert answer.status_code < 500
        if needed(name, method) == TOKEN:
            assert answer.status_code == 401
        else:
            assert goes_to_sign_in(answer) == (needed(name, method) != PUBLIC), answer


@pytest.mark.parametrize("name", WALKED)
def test_each_role_gets_what_it_is_granted(db: None, name: str) -> None:
    for role in Role.values:
        user = UserFactory(role=role)
        for method in ("get", "post"):
            client = Client()
            client.force_login(user)
            answer = ask(client, name, method)
            told = f"{role} {method} {address(name)}: {answer.status_code}"
            assert answer.status_code < 500, told
            match needed(name, method):
                case kind if kind == TOKEN:
                    assert answer.status_code == 401, told
                case kind if kind == HIDDEN:
                    denied = answer.status_code in {404, 405}
                    assert denied or can(user, "people.admin"), told
                case kind if kind in {PUBLIC, SIGNED_IN} or can(user, kind):
                    assert answer.status_code != 403, told
                    assert not goes_to_sign_in(answer) or kind == PUBLIC, told
                case _:
                    assert answer.status_code in {403, 405}, told


@pytest.mark.parametrize("name", WALKED)
def test_a_get_never_writes(db: None, name: str) -> None:
    client = Client()
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask(client, name, "get")

    assert [query["sql"] for query in asked if WRITES.match(query["sql"])] == []


def test_every_capability_asked_for_in_the_code_has_a_name() -> None:
    from tests.conftest import ROOT

    asked = re.compile(
        r"(?:\b(?:can|require|needs|scope|may)\([^)]*?|permission=|\|may:)\"([a-z_]+\.[a-z_]+)\""
    )
    files = [p for kind in ("py", "html") for p in (ROOT / "src/mainstay").rglob(f"*.{kind}")]
    found = {name for path in files for name in asked.findall(path.read_text())}

    assert found - set(CAPABILITIES) == set()
