"""Hostile bodies, values and queries get a sentence and write nothing."""

import pytest

from mainstay.orders.models import Order
from tests.api import ORDER, ApiClient, is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(administrator):
    return ApiClient(administrator)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b'{"a": NaN}', 400),
        (b'{"source": "\\u0000"}', 400),
        (b'{"source": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b'{"a": ' + b"9" * 5000 + b"}", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"text"', 422),
        (b"1", 422),
        (b"{}", 422),
    ],
)
def test_bodies_that_are_no_order(api, body, status):
    is_problem(api.post("/orders", body), status)


@pytest.mark.parametrize(
    "change",
    [
        {"customer_id": 2**63},
        {"customer_id": 0},
        {"customer_id": "1e400"},
        {"currency": "euro"},
        {"currency": None},
        {"ordered_at": "yesterday"},
        {"ordered_at": "2026-03-05T10:00:00"},
        {"ordered_at": "0001-01-01T00:00:00+14:00"},
        {"external_id": "x" * 121},
        {"external_id": " "},
        {"external_id": "a\u0007b"},
        {"source": "x" * 81},
        {"source": ""},
        {"unknown": 1},
        {"lines": [{"external_id": "1", "quantity": 1e308, "amount_minor": 2**63}]},
        {"lines": [{"external_id": "1", "quantity": 1, "amount_minor": 1.5}]},
        {"lines": {}},
        {"customer": "nobody"},
        {"reverses": "none"},
    ],
)
def test_values_that_do_not_fit_get_a_sentence_and_write_nothing(api, change):
    body = is_problem(api.post("/orders", ORDER | change), 422)

    assert body["errors"][0]["message"]
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 501},
        {"limit": 10**30},
        {"limit": "all"},
        {"cursor": "x"},
        {"cursor": "Ww"},
        {"cursor": "WzAsIjkyMjMzNzIwMzY4NTQ3NzU4MDgiXQ"},
        {"cursor": "x" * 2000},
        {"customer_id": 2**63},
        {"source": "a\x00"},
        {"since": "2026-13-01"},
        {"since": "0001-01-01T00:00:00Z"},
    ],
)
def test_queries_that_do_not_fit(api, query):
    is_problem(api.get("/orders", **query), 422)


@pytest.mark.parametrize("number", ["0", "x", "-1", str(2**63), "9" * 400])
def test_numbers_in_addresses_that_do_not_fit(api, number):
    is_problem(api.get(f"/orders/{number}"), 422)


def test_no_json_file_of_the_test_suite_is_an_error(api, shared_file):
    folder = shared_file("corpora/json-test-suite")
    files = sorted(folder.rglob("*.json"))
    assert len(files) > 100

    statuses = {path.name: api.post("/customers", path.read_bytes()).status_code for path in files}

    assert {name: status for name, status in statuses.items() if status not in (400, 422)} == {}
