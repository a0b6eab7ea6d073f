"""The API against its own OpenAPI document, by drawn requests.

The requests of an operation are drawn when its test runs: drawing them all takes ten seconds, which
each process would spend while it looks for tests.
"""

import copy

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test

from mainstay.project.api import api
from mainstay.shared.rest import limits
from tests.api import secret_of
from tests.factories.orders import OrderLineFactory

DOCUMENT = copy.deepcopy(dict(api.get_openapi_schema()))
schema = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = [found.ok() for found in schema.get_all_operations()]


SITE = get_wsgi_application()


@pytest.fixture
def headers(db, administrator, monkeypatch):
    monkeypatch.setattr(limits, "REQUESTS_PER_MINUTE", 10**9)
    OrderLineFactory()
    # As Django's own test client does: the test's transaction must outlive each request.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {secret_of(administrator)}"}
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def keeps_its_promise(case, headers):
    response = case.call(app=SITE, base_url="http://localhost", headers=headers)
    case.validate_response(
        response,
        checks=[
            checks.not_a_server_error,
            checks.status_code_conformance,
            checks.content_type_conformance,
            checks.response_schema_conformance,
        ],
    )


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_every_operation_keeps_its_promise(operation, headers):
    asked = build_operation_test(
        config=schema.config,
        operation=operation,
        test_func=keeps_its_promise,
        given_kwargs={},
        feedback=FeedbackSources(),
    )
    asked(headers=headers)
