"""Theme and language are remembered; the styleguide is for administrators."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_the_wished_theme_is_drawn(client: Client, theme: str) -> None:
    client.post("/theme/", {"theme": theme})

    assert f'data-theme="{theme}"' in client.get("/accounts/login/").content.decode()


def test_the_wished_language_is_spoken(client: Client) -> None:
    client.post("/language/", {"language": "pl"})

    assert '<html lang="pl"' in client.get("/accounts/login/").content.decode()


def test_chinese_is_named_as_html_names_it(client: Client) -> None:
    client.post("/language/", {"language": "zh-hans"})

    assert '<html lang="zh-Hans"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(("path", "field"), [("/theme/", "theme"), ("/language/", "language")])
def test_an_unknown_wish_is_refused_with_the_choices(client: Client, path: str, field: str) -> None:
    answer = client.post(path, {field: "<purple>"})

    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode()


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_the_way_back_stays_on_the_site(client: Client, place: str) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": place})

    assert answer["Location"] == "/"


def test_a_get_changes_nothing(client: Client) -> None:
    assert client.get("/theme/").status_code == 405


def test_the_styleguide_is_for_administrators(
    administrator: Any, analyst: Any, signed_in: Callable[[Any], Client]
) -> None:
    assert signed_in(administrator).get("/styleguide/").status_code == 200
    assert signed_in(analyst).get("/styleguide/").status_code == 404


def test_an_unknown_address_is_answered_inside_the_site(
    analyst: Any, signed_in: Callable[[Any], Client]
) -> None:
    answer = signed_in(analyst).get("/nothing-here/")

    assert answer.status_code == 404
    assert "There is no page at this address" in answer.content.decode()
    assert 'id="sidebar"' in answer.content.decode()


def test_an_unknown_address_tells_a_visitor_nothing_about_the_site(client: Client) -> None:
    answer = client.get("/nothing-here/")

    assert answer.status_code == 404
    assert 'id="sidebar"' not in answer.content.decode()
