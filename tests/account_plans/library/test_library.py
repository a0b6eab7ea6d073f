"""The library: shipped entries, the company's own, and its words for shipped ones."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.library import actions, queries
from mainstay.account_plans.library.choices import Topic

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


def names(topic: str = Topic.STRATEGIC) -> list[str]:
    return [item.name for item in queries.library()[topic]]


def test_the_lectures_lists_are_shipped() -> None:
    assert names() == [
        "A common information system",
        "Improving processes together",
        "Joint research and development",
        "A common quality control",
        "An individual product or service",
    ]
    assert {topic: len(rows) for topic, rows in queries.library().items()} == {
        "tactic": 7,
        "organisation": 5,
        "strategic": 5,
        "operational": 9,
        "price": 4,
        "value": 9,
        "skill": 20,
    }


def test_a_company_adds_renames_puts_away_and_takes_back(manager: Any, now: datetime) -> None:
    known: Any = {"by": manager, "now": now, "topic": Topic.STRATEGIC}
    actions.set_entry(**known, values={"name": "A joint venture", "text": ""})
    actions.set_entry(**known, key="quality", values={"name": "One quality gate", "text": ""})
    actions.remove_entry(**known, key="research")
    changed = names()
    actions.restore_entry(**known, key="quality")
    actions.restore_entry(**known, key="research")

    assert changed[2:] == [
        "One quality gate",
        "An individual product or service",
        "A joint venture",
    ]
    assert names()[2:4] == ["Joint research and development", "A common quality control"]


def test_a_name_stands_once(manager: Any, now: datetime) -> None:
    values = {"name": "A common quality control", "text": ""}

    with pytest.raises(ValidationError, match="of this name"):
        actions.set_entry(by=manager, now=now, topic=Topic.STRATEGIC, values=values)


@pytest.mark.parametrize("key", ["gone", "own.99", "own.x"])
def test_an_entry_that_is_gone_is_not_made_anew(manager: Any, now: datetime, key: str) -> None:
    values = {"name": "A", "text": ""}

    with pytest.raises(ValidationError, match="is gone"):
        actions.set_entry(by=manager, now=now, topic=Topic.PRICE, key=key, values=values)


def test_the_page_of_each_part(manager: Any, signed_in: SignedIn) -> None:
    client, there = signed_in(manager), reverse("accounts:library", args=["price"])
    client.post(there, {"name": "Free for loyalty", "text": "A trial."})
    client.post(there, {"do": "remove", "entry": "less_less"})

    page = client.get(there, {"entry": "more_more"}).text

    assert "Free for loyalty" in page
    assert "Take back" in page
    assert 'value="More for more"' in page
    assert client.get(reverse("accounts:library", args=["poems"])).status_code == 404
