"""The calculator's page: the lecture's table, free input, wrong input, a customer's own numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.value.profitability.test_views import BASE, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]


def test_the_calculator_shows_the_lectures_table(manager: Any, signed_in: SignedIn) -> None:
    page = text(signed_in(manager), f"{BASE}calculator/")

    for figure in ("400.0", "854.5", "1,383.5", "1,939.4", "528.9", "1.331", "5.0 years"):
        assert figure in page


def test_the_calculator_takes_other_numbers_and_more_years(
    manager: Any, signed_in: SignedIn
) -> None:
    typed = {
        "revenue": ["1000", "2000"],
        "variable": ["50", "50"],
        "acquisition": ["0", "0"],
        "retention": ["0", ""],
        "survival": ["100", "50"],
        "rate": "0",
        "cr": "90",
        "referred": "100",
        "credited": "50",
    }
    client = signed_in(manager)

    page = text(client, f"{BASE}calculator/", **typed)
    assert "1,000.0" in page
    assert "1,050.0" in page
    assert "10.0 years" in page
    longer = text(client, f"{BASE}calculator/", **typed, add="1")
    assert longer.count('name="revenue"') == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"revenue": "x"},
        {"revenue": "-5"},
        {"revenue": "1e999"},
        {"survival": "200"},
        {"rate": "-100"},
        {"cr": "100"},
        {"credited": "150"},
        {"rate": "-250"},
        {"variable": ["1", "2"]},
    ],
)
def test_nonsense_in_the_calculator_gives_a_sentence(
    manager: Any, signed_in: SignedIn, wrong: dict[str, Any]
) -> None:
    typed: dict[str, Any] = dict.fromkeys(("revenue", "variable", "acquisition"), "10")
    typed |= {"retention": "0", "survival": "100", "rate": "10", "cr": "80"} | wrong

    page = text(signed_in(manager), f"{BASE}calculator/", **typed)

    assert 'role="alert"' in page
    assert "years</dd>" not in page


def test_what_was_typed_stays_beside_the_sentence(manager: Any, signed_in: SignedIn) -> None:
    typed = dict.fromkeys(("revenue", "variable", "acquisition", "retention"), "10")
    page = text(
        signed_in(manager), f"{BASE}calculator/", **typed, survival="ten", rate="-5", cr="80"
    )

    assert "Year 1, Still a customer, %: Enter a number." in page
    assert 'value="ten"' in page
    assert 'value="-5"' in page
    assert "1,939.4" not in page


def test_prices_may_fall_but_not_to_nothing(manager: Any, signed_in: SignedIn) -> None:
    typed = {"revenue": "100", "variable": "0", "acquisition": "0", "retention": "0"}
    page = text(
        signed_in(manager), f"{BASE}calculator/", **typed, survival="100", rate="-5", cr="80"
    )

    assert 'role="alert"' not in page
    assert "100.0" in page


def test_the_calculator_starts_from_a_customer(
    profit_run: Any, earning: Any, manager: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(manager), f"{BASE}calculator/", customer=str(earning.pk))

    assert "Earning Ltd" in page
    assert 'value="3,000"' in page
