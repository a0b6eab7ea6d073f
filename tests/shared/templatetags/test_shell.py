"""Initials, ids and the look of form fields."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, RequestContext
from django.test import RequestFactory

from mainstay.shared.styleguide import ExampleForm
from mainstay.shared.templatetags import shell


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Olga Nowak", "ON"),
        ("Łęcki", "Ł"),
        ("Anna Maria Kowalska-Zając", "AZ"),
        ("上海明达印刷有限公司", "上"),
        ("金桥物流（深圳）有限公司", "金"),
        ("ООО «Невский»", "ОН"),
        ("olga@example.com", "O"),
        ("", ""),
        ("«»", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert shell.initials(name) == letters


def test_a_person_without_a_name_has_the_address_s_letter() -> None:
    assert shell.initials(SimpleNamespace(name="", email="zoe@example.com")) == "Z"


def test_the_same_name_has_the_same_tone() -> None:
    assert shell.tone("Łęcki") == shell.tone("Łęcki") < shell.TONES


def test_ids_of_one_page_count_up() -> None:
    context = RequestContext(RequestFactory().get("/"))

    assert [shell.unique_id(context, "x"), shell.unique_id(context, "x")] == ["x-1", "x-2"]


@pytest.mark.parametrize("htmx", [True, False])
def test_ids_of_a_fragment_meet_no_other(htmx: bool) -> None:
    request: Any = RequestFactory().get("/")
    request.htmx = True
    context = RequestContext(request) if htmx else Context()

    assert shell.unique_id(context, "x") != shell.unique_id(context, "x")


def test_a_field_carries_the_look_of_the_site() -> None:
    form = ExampleForm({"name": ""})

    assert 'class="form-control is-invalid"' in shell.control(form["name"])
    assert 'class="form-select is-invalid"' in shell.control(form["kind"])
    assert 'class="form-check-input"' in shell.control(form["member"])
