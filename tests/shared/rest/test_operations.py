"""Idempotency keys: the same request with the same key is done once."""

import pytest

from mainstay.orders.models import Order
from mainstay.shared.models import KeptAnswer
from mainstay.shared.rest import actions
from tests.api import ORDER, ApiClient, is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(administrator):
    return ApiClient(administrator)


def test_the_same_key_and_body_give_the_same_answer(api):
    first = api.post("/orders", ORDER, key="k-1")
    second = api.post("/orders", ORDER, key="k-1")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"


def test_the_same_key_with_another_body_or_address_is_a_conflict(api):
    api.post("/orders", ORDER, key="k-1")

    is_problem(api.post("/orders", ORDER | {"currency": "PLN"}, key="k-1"), 409)
    is_problem(api.post("/customers", {"name": "A"}, key="k-1"), 409)
    assert Order.objects.get().currency == "EUR"


def test_a_refused_request_leaves_its_key_free(api):
    is_problem(api.post("/orders", ORDER | {"currency": "euro"}, key="k-1"), 422)

    assert not KeptAnswer.objects.exists()
    assert api.post("/orders", ORDER, key="k-1").status_code == 201


def test_keys_of_two_users_do_not_meet(api, manager):
    api.post("/orders", ORDER, key="k-1")

    assert ApiClient(manager).post("/orders", ORDER, key="k-1").status_code == 200


@pytest.mark.parametrize("key", ["with space", "x" * 201, "ą"])
def test_a_key_that_does_not_fit(api, key):
    is_problem(api.post("/orders", ORDER, key=key), 422)


def test_kept_answers_are_forgotten_after_a_week(api, now):
    api.post("/orders", ORDER, key="k-1")
    kept = KeptAnswer.objects.get()

    assert actions.forget_answers(now=kept.at) == 0
    assert actions.forget_answers(now=kept.at.replace(year=kept.at.year + 1)) == 1
