"""What holds for every operation of the API: tokens, scopes, errors, keys, limits."""

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from ninja import Schema

from mainstay.orders.models import Order
from mainstay.people.rules import SCOPES
from mainstay.project.api import api as schema_source
from mainstay.shared.rest import limits
from tests.api import ORDER, ApiClient, is_problem
from tests.conftest import ROOT
from tests.customers.duplicates import operations as duplicates
from tests.customers.merging import operations as merging
from tests.project import api_privacy as privacy
from tests.project import api_value as value
from tests.project import operations_of_contacts as contacts
from tests.project import operations_of_key_accounts as key_accounts
from tests.project import operations_of_talks as talks
from tests.project.operations_of_segments import SEGMENT_BODIES, SEGMENTS

pytestmark = pytest.mark.django_db
REFERENCE = ROOT / "docs" / "reference" / "api.md"


@pytest.fixture
def api(administrator):
    return ApiClient(administrator)


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer x", "Basic abc", "Bearer \u0000", "Bearer " + "x" * 5000]
)
def test_without_a_valid_token_nothing_is_shown(client, header):
    headers = {} if header is None else {"Authorization": header}

    response = client.get("/api/v1/orders", headers=headers)

    is_problem(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_session_is_no_token(signed_in, administrator):
    is_problem(signed_in(administrator).get("/api/v1/orders"), 401)


OPERATIONS = [
    *key_accounts.OPERATIONS,
    *talks.OPERATIONS,
    *value.OPERATIONS,
    *privacy.OPERATIONS,
    *SEGMENTS,
    *merging.OPERATIONS,
    *duplicates.OPERATIONS,
    ("get", "/contracts", "orders:read"),
    ("post", "/contracts/batch", "orders:write"),
    ("get", "/customers/1/recommendation", "customers:read"),
    ("get", "/custom-fields", "customers:read"),
    ("post", "/custom-fields", "customers:write"),
    ("get", "/custom-fields/1", "customers:read"),
    ("patch", "/custom-fields/1", "customers:write"),
    ("put", "/customers/1/recommendation", "customers:write"),
    ("get", "/lifecycle", "customers:read"),
    ("post", "/lifecycle/compute", "customers:write"),
    ("get", "/customers/1/stage", "customers:read"),
    ("put", "/customers/1/stage", "customers:write"),
    ("delete", "/customers/1/stage", "customers:write"),
    ("get", "/capture/forms", "customers:read"),
    ("get", "/capture/captures", "customers:read"),
    ("post", "/capture/captures", "customers:write"),
    ("post", "/capture/captures/1/accept", "customers:write"),
    ("post", "/capture/coupons/redeem", "customers:write"),
    ("get", "/profiling/questions", "customers:read"),
    ("get", "/profiling/customers/1/next", "customers:read"),
    ("get", "/profiling/customers/1/answers", "customers:read"),
    ("post", "/profiling/customers/1/answers", "customers:write"),
    ("get", "/quality/runs", "customers:read"),
    ("post", "/quality/runs", "customers:write"),
    ("get", "/quality/rules", "customers:read"),
    ("put", "/quality/rules/1", "customers:write"),
    ("get", "/quality/findings", "customers:read"),
    ("patch", "/quality/findings/1", "customers:write"),
    ("post", "/quality/bounces", "customers:write"),
    ("get", "/quality/customers/1", "customers:read"),
    ("get", "/customers", "customers:read"),
    ("get", "/customers/1", "customers:read"),
    ("post", "/customers", "customers:write"),
    ("post", "/customers/batch", "customers:write"),
    ("patch", "/customers/1", "customers:write"),
    ("get", "/customers/1/addresses", "customers:read"),
    ("post", "/customers/1/addresses", "customers:write"),
    ("patch", "/customers/1/addresses/1", "customers:write"),
    ("delete", "/customers/1/addresses/1", "customers:write"),
    *contacts.OPERATIONS,
    ("get", "/products", "orders:read"),
    ("get", "/products/1", "orders:read"),
    ("patch", "/products/1", "orders:write"),
    ("post", "/products/batch", "orders:write"),
    ("get", "/categories", "orders:read"),
    ("post", "/categories", "orders:write"),
    ("get", "/categories/1", "orders:read"),
    ("patch", "/categories/1", "orders:write"),
    ("get", "/orders", "orders:read"),
    ("get", "/orders/1", "orders:read"),
    ("post", "/orders", "orders:write"),
    ("post", "/orders/batch", "orders:write"),
    ("get", "/webhooks/events", "webhooks:read"),
    ("get", "/webhooks", "webhooks:read"),
    ("post", "/webhooks", "webhooks:write"),
    ("get", "/webhooks/1", "webhooks:read"),
    ("patch", "/webhooks/1", "webhooks:write"),
    ("delete", "/webhooks/1", "webhooks:write"),
    ("post", "/webhooks/1/secret", "webhooks:write"),
    ("delete", "/webhooks/1/secret/previous", "webhooks:write"),
    ("post", "/webhooks/1/test", "webhooks:write"),
    ("post", "/webhooks/1/replay", "webhooks:write"),
    ("get", "/webhooks/1/deliveries", "webhooks:read"),
    ("get", "/webhooks/1/deliveries/1", "webhooks:read"),
    ("post", "/webhooks/1/deliveries/1/replay", "webhooks:write"),
    ("get", "/jobs", "jobs:read"),
    ("get", "/jobs/1", "jobs:read"),
    ("post", "/jobs/1/cancel", "jobs:write"),
    ("post", "/jobs/1/retry", "jobs:write"),
]
ACTIVITY = {"name": "A", "yearly_cost_minor": 1, "driver": "orders"}
RETENTION = {"name": "A", "points_low": 0, "points": 0.01, "points_high": 0.02}
COHORT = {"name": "A", "first": "2026-01-01", "last": "2026-01-01"}
COST = {"channel": "A", "month": "2026-01-01", "amount_minor": 1}
WEBHOOK = {"name": "A", "url": "https://shop.example/hook", "events": ["order.created"]}
BODIES = {
    **key_accounts.BODIES,
    **talks.BODIES,
    "/profiling/customers/1/answers": {"question_id": 1, "value": "A"},
    **privacy.BODIES,
    **SEGMENT_BODIES,
    **merging.BODIES,
    **duplicates.BODIES,
    "/customers/1/stage": {"stage": "member", "reason": "A"},
    "/capture/captures": {"place_id": 1, "email": "anna@example.com"},
    "/capture/captures/1/accept": {"customer_id": 1},
    "/capture/coupons/redeem": {"code": "A"},
    "/quality/rules/1": {"enabled": True, "weight": 5, "limit": 400},
    "/quality/bounces": {"emails": ["anna@example.com"]},
    "/custom-fields": {"of": "customer", "type": "text", "label": "A"},
    "/webhooks": WEBHOOK,
    "/webhooks/1": {"name": "A"},
    "/webhooks/1/replay": {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"},
    "/value/acquisition/channels": {"name": "A"},
    "/value/acquisition/channels/1": {"name": "A"},
    "/value/acquisition/costs/batch": {"costs": [COST]},
    "/value/cohorts/own": COHORT,
    "/value/cohorts/own/1": COHORT,
    "/customers/1/recommendation": {"given_by_id": None},
    "/value/churn/rule": {"kind": "silence"},
    "/value/churn/reasons": {"name": "A"},
    "/value/churn/customers/1/notes": {"reason": "moved", "noted_on": "2026-01-01"},
    "/value/churn/cases": RETENTION,
    "/value/churn/cases/1": RETENTION,
    "/value/profitability/customers/1/decision": {"state": "open"},
    "/value/profitability/activities": ACTIVITY,
    "/value/profitability/activities/1": ACTIVITY,
    "/value/profitability/quantities": {
        "rows": [{"activity": "A", "customer_id": 1, "day": "2026-01-01", "quantity": 1.0}]
    },
    "/value/calculator": {"years": [{"revenue": 1.0}]},
    "/value/scenarios": {"name": "Later"},
    "/contracts/batch": {"contracts": [{"customer_id": 1, "starts": "2026-01-01"}]},
    "/value/customers/1/wallet": {
        "category_id": 1,
        "wallet_minor": 1,
        "origin": "customer",
        "confidence": "low",
        "known_on": "2026-01-01",
    },
    "/customers": {"name": "A"},
    "/customers/batch": {"source": "s", "customers": [{"external_id": "1"}]},
    **contacts.BODIES,
    "/products/batch": {"source": "s", "products": [{"external_id": "1"}]},
    "/categories": {"name": "A"},
    "/orders": ORDER,
    "/orders/batch": {"source": "s", "orders": [{**ORDER}]},
}
BODIES["/orders/batch"]["orders"][0].pop("source")


@pytest.mark.parametrize(("method", "path", "scope"), OPERATIONS)
def test_a_token_without_the_scope_is_refused(administrator, method, path, scope):
    lacking = ApiClient(administrator, [each for each in SCOPES if each != scope])

    send = lacking.get if method == "get" else lacking.post
    response = send(path) if method == "get" else send(path, BODIES.get(path, {}), method=method)

    assert scope in is_problem(response, 403)["detail"]


def test_every_operation_stands_in_the_table():
    paths = schema_source.get_openapi_schema()["paths"]
    known = {(method, path.replace("/1", "/{id}")) for method, path, _scope in OPERATIONS}

    told = {
        (method, "/".join("{id}" if "{" in part else part for part in path[7:].split("/")))
        for path, operations in paths.items()
        for method in operations
    }

    assert told == known


def test_the_reference_tells_every_operation_and_its_scope():
    told = re.findall(r"^\| `(\w+) (\S+)` \| `(\S+)` \|", REFERENCE.read_text(), re.MULTILINE)
    numbered = {(m.lower(), re.sub(r"\{\w+\}", "1", path), scope) for m, path, scope in told}

    assert numbered == set(OPERATIONS)


def test_the_role_counts_besides_the_scope(read_only):
    body = is_problem(ApiClient(read_only).post("/orders", ORDER), 403)

    assert "Change orders" in body["detail"]
    assert not Order.objects.exists()


@pytest.mark.parametrize("path", ["/nothing", "/orders/", "/orders/1/lines", "/%00"])
def test_unknown_addresses_are_problems_too(api, path):
    is_problem(api.get(path), 404)


def test_a_wrong_method_names_the_right_ones(api):
    response = api.post("/orders", {}, method="delete")

    is_problem(response, 405)
    assert "GET" in response["Allow"]


def test_only_json_is_read(administrator):
    client = ApiClient(administrator)

    response = client.client.post("/api/v1/orders", {"a": 1}, headers=client.headers)

    is_problem(response, 415)


def test_a_body_that_is_too_large(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    is_problem(api.post("/orders", ORDER), 413)


def test_too_many_requests(api, monkeypatch):
    monkeypatch.setattr(limits, "REQUESTS_PER_MINUTE", 2)
    # A minute of its own: a token of an earlier test may have had this number.
    monkeypatch.setattr(limits, "_seconds", lambda: 60 * 10**6)

    answers = [api.get("/jobs") for _each in range(6)]

    is_problem(answers[-1], 429)
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_an_unforeseen_error_is_a_problem_without_trace(api, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("mainstay.orders.queries.pushed", broken)

    body = is_problem(api.get("/orders"), 500)

    assert "secret" not in json.dumps(body)


def test_the_document_is_openapi_3_1_and_public(client: Client):
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert "/api/v1/orders/batch" in document["paths"]


def test_each_schema_of_the_document_has_its_own_name() -> None:
    """Two of one name are one in the document, which then tells the wrong fields of the other."""
    names = Counter(each.__name__ for each in set(_schemas(Schema)))

    assert [name for name, times in names.items() if times > 1] == []


def _schemas(parent: type) -> Iterator[type]:
    for each in parent.__subclasses__():
        if each.__module__.startswith("mainstay."):
            yield each
        yield from _schemas(each)
