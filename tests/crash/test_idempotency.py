"""Many clients send the same request with one key at the same time: it is done once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from mainstay.orders.models import Order
from mainstay.shared.models import KeptAnswer
from tests.api import ORDER, ApiClient
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
CLIENTS = 8


def test_one_key_at_the_same_time_is_one_write() -> None:
    api = ApiClient(UserFactory(role="manager"))

    def send(number: int) -> Any:
        try:
            body = ORDER if number % 4 else ORDER | {"currency": "PLN"}
            answer = api.post("/orders", body, key="night-1")
            return number % 4 == 0, answer.status_code, answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(send, range(3 * CLIENTS)))

    assert (Order.objects.count(), KeptAnswer.objects.count()) == (1, 1)
    winners = {other for other, status, _content in answers if status == 201}
    assert len(winners) == 1
    assert {status for _other, status, _content in answers} == {201, 409}
    assert len({content for _other, status, content in answers if status == 201}) == 1
    assert all(status == (201 if {other} == winners else 409) for other, status, _c in answers)
