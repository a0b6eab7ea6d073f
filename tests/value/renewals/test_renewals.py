"""Renewals of contracts: what a run keeps of them, the page, the API, the command."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from mainstay.orders.models import Contract
from mainstay.value.models import RunPart
from tests.api import ApiClient
from tests.factories.customers import CustomerFactory
from tests.factories.value import AS_OF, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
YEAR = timedelta(365)
RENEWALS_QUERIES = 4


def sign(customer: Any, n: int, *, yearly: int, stays: bool) -> None:
    """Record n yearly contracts, the last of them running on, or ended a while ago."""
    ends = AS_OF + timedelta(100) if stays else AS_OF - timedelta(90)
    for place in range(n):
        last = ends - YEAR * place
        Contract.objects.create(
            customer=customer,
            starts=last - timedelta(364),
            ends=last,
            renewed=True if place else None,
            yearly_minor=yearly,
        )


@pytest.fixture(scope="module")
def module_signed(module_base: Any) -> Any:
    with module_base():
        for place in range(40):
            customer, left = CustomerFactory(), place % 4 == 0
            yearly = 100_000 * (1 + place % 7)
            sign(customer, 1 + place % 5, yearly=yearly, stays=not left)
        return computed_run()


@pytest.fixture
def signed(db: None, module_signed: Any) -> Any:
    """Return a run over forty customers with one to five contracts, of whom every fourth left."""
    return deepcopy(module_signed)


def text(client: Client) -> str:
    answer = client.get("/value/churn/renewals/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_page_tells_rates_stays_and_what_ends_soon(
    signed: Any, analyst: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(analyst))

    told = RunPart.objects.get(key="renewals").content
    assert (told["customers"], told["gone"]) == (40, 10)
    assert told["sbg"]["ahead"]["ending"] == 30
    for words in ("Renewal rate", "Kaplan–Meier", "Twice the amount a year", "of 30 that end in"):
        assert words in page
    assert "Yearly amount at risk" in page


def test_without_the_right_to_money_amounts_are_left_out(
    signed: Any, read_only: Any, analyst: Any, signed_in: SignedIn
) -> None:
    assert "Yearly amount at risk" not in text(signed_in(read_only))

    ahead = ApiClient(read_only).get("/value/churn/renewals").json()["sbg"]["ahead"]
    assert set(ahead) == {"ending", "renewed"}
    assert "lost_minor" in ApiClient(analyst).get("/value/churn/renewals").json()["sbg"]["ahead"]


def test_the_page_asks_few_questions(
    signed: Any, analyst: Any, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    client = signed_in(analyst)
    text(client)

    with django_assert_num_queries(RENEWALS_QUERIES):
        text(client)


def test_the_command_prints_them(signed: Any, capsys: Any) -> None:
    call_command("value", "churn", "--renewals")

    assert json.loads(capsys.readouterr().out)["customers"] == 40


def test_one_contract_is_a_count_without_rates(analyst: Any, signed_in: SignedIn) -> None:
    sign(CustomerFactory(), 1, yearly=0, stays=True)
    computed_run()

    page = text(signed_in(analyst))

    assert "Fewer than 30 customers have contracts" in page
    assert "No customer has been lost yet" in page
    assert "First renewal" not in page


def test_contracts_that_begin_later_do_not_count(analyst: Any, signed_in: SignedIn) -> None:
    Contract.objects.create(customer=CustomerFactory(), starts=date(2030, 1, 1), yearly_minor=1)
    computed_run()

    assert "The last run found no contracts" in text(signed_in(analyst))


def test_without_a_run_everybody_is_told_what_to_do(
    analyst: Any, signed_in: SignedIn, capsys: Any
) -> None:
    assert "No value run yet" in text(signed_in(analyst))
    answer = ApiClient(analyst).get("/value/churn/renewals")
    assert (answer.status_code, "Record contracts" in answer.json()["detail"]) == (404, True)

    call_command("value", "churn", "--renewals")

    assert "Record contracts" in capsys.readouterr().err
