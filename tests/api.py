"""A client of the API for tests."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from mainstay.people.models import ApiToken
from mainstay.people.rules import SCOPES, new_token, token_hash

ORDER: dict[str, Any] = {
    "source": "shop",
    "external_id": "A-1",
    "ordered_at": "2026-03-05T10:00:00Z",
    "currency": "EUR",
    "lines": [{"external_id": "1", "quantity": 2, "amount_minor": 1990, "product": "P1"}],
}


def is_problem(response: Any, status: int) -> Any:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["detail"]
    return body


def secret_of(user: Any, scopes: Any = SCOPES) -> str:
    secret = new_token()
    ApiToken.objects.create(
        user=user,
        name="Test",
        token_hash=token_hash(secret),
        scopes=list(scopes),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return secret


class ApiClient:
    """Sends JSON with a token: api(owner).post("/orders", {...})."""

    def __init__(self, user: Any, scopes: Any = SCOPES) -> None:
        self.client = Client(raise_request_exception=True)
        self.headers = {"Authorization": f"Bearer {secret_of(user, scopes)}"}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body: Any = None, *, key: str = "", method: str = "post") -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body or {})
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        send = getattr(self.client, method)
        return send(f"/api/v1{path}", data, content_type="application/json", headers=headers)

    def patch(self, path: str, body: Any) -> Any:
        return self.post(path, body, method="patch")

    def put(self, path: str, body: Any) -> Any:
        return self.post(path, body, method="put")
