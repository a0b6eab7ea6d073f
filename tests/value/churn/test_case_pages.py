"""Investments in retention: what a point is worth here, and what each case brings."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from mainstay.value.churn.actions import save_case
from mainstay.value.models import RetentionCase
from tests.factories.value import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
CASE = {
    "name": "Calls",
    "cost_once_minor": 10_000,
    "cost_yearly_minor": 0,
    "points_low": 0.0,
    "points": 0.02,
    "points_high": 0.05,
}
TYPED_CASE = {
    "name": "Calls",
    "cost_once_minor": "100",
    "cost_yearly_minor": "50",
    "points_low": "0.5",
    "points": "2",
    "points_high": "3",
}


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return unescape(answer.content.decode())


def test_a_point_of_retention_is_computed_from_the_own_base(
    run: Any, analyst: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(analyst), "/value/churn/retention/")

    assert "One point of retention is worth" in page
    assert "25%–85%" in page
    assert "not a fact about yours" in page


def test_a_case_is_weighed_changed_and_put_away(
    run: Any, analyst: Any, signed_in: SignedIn
) -> None:
    client = signed_in(analyst)

    answer = client.post("/value/churn/retention/add/", TYPED_CASE)

    case = RetentionCase.objects.get()
    assert answer["Location"] == f"/value/churn/retention/{case.pk}/"
    assert (case.cost_once_minor, case.points) == (10_000, 0.02)
    page = text(client, answer["Location"])
    assert "Net value" in page
    assert "points of retention" in page
    changed = TYPED_CASE | {"cost_once_minor": "1000000", "version": "1"}
    client.post(answer["Location"], changed)
    assert "It does not pay even with the largest effect" in text(client, answer["Location"])
    assert "Somebody else saved this" in client.post(answer["Location"], changed).content.decode()
    client.post(f"{answer['Location']}archive/")
    assert "Nobody has weighed an investment yet" in text(client, "/value/churn/retention/")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"points": "5"}, "must lie between the least and the most"),
        ({"cost_once_minor": "-1"}, "greater than or equal to 0"),
        ({"cost_yearly_minor": "1.234"}, "2 decimal places"),
        ({"points_high": "101"}, "less than or equal to 100"),
        ({"name": "Posters"}, "There is a case"),
    ],
)
def test_a_case_that_cannot_be_gives_a_sentence(
    analyst: Any, signed_in: SignedIn, change: Any, sentence: str
) -> None:
    save_case(by=None, now=NOW, values=CASE | {"name": "Posters"})

    answer = signed_in(analyst).post("/value/churn/retention/add/", TYPED_CASE | change)

    assert sentence in answer.content.decode()
    assert RetentionCase.objects.count() == 1


def test_without_a_run_the_pages_say_what_to_do(analyst: Any, signed_in: SignedIn) -> None:
    case = save_case(by=None, now=NOW, values=CASE)
    client = signed_in(analyst)

    assert "Start one, then weigh" in text(client, "/value/churn/retention/")
    assert "Start one, then weigh" in text(client, f"/value/churn/retention/{case.pk}/")
