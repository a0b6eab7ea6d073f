"""Bases that hardly say anything: a run completes, and each page says what it cannot say."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mainstay.value.models import CustomerValue, RunState
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.value import NOW, buy, computed_run

pytestmark = pytest.mark.django_db

# Days ago and amount of each order, customer by customer.
BASES: dict[str, list[list[tuple[int, int]]]] = {
    "nobody": [],
    "one order": [[(30, 500)]],
    "one customer": [[(90, 500), (60, 700), (30, 700)]],
    "all on one day": [[(30, 500)], [(30, 700)], [(30, 100)]],
    "nobody returns": [[(90, 500)], [(60, 700)], [(30, 100)]],
    "negative totals": [[(60, 500), (30, -900)], [(30, -300)]],
    "nothing paid": [[(60, 0)], [(30, 0)]],
}
PAGES = ("/", "/value/", "/value/equity/", "/value/runs/", "/customers/")


def day(ago: int) -> datetime:
    return NOW - timedelta(days=ago)


@pytest.mark.parametrize("base", BASES)
def test_a_run_completes_and_pages_say_what_they_cannot(
    base: str, manager: Any, signed_in: Any, clock: Any
) -> None:
    source = SourceFactory()
    for orders in BASES[base]:
        customer = CustomerFactory()
        for ago, amount in orders:
            buy(customer, day(ago), amount, of=source)

    run = computed_run(as_of=date(2026, 3, 5))

    assert run.state == RunState.COMPLETE, run.reason
    assert run.summary["cannot"]
    client = signed_in(manager)
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert ">nan" not in text.lower()
        assert ">None<" not in text
    for value in CustomerValue.objects.all():
        assert client.get(f"/customers/{value.customer_id}/").status_code == 200
