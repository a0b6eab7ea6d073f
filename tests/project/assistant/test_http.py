"""The tools over HTTP: the client of the protocol against the site itself."""

import json
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from mainstay.project.assistant.http import PATH
from mainstay.records.models import AuditEvent
from mainstay.shared.rest import limits
from tests.api import is_problem, secret_of
from tests.factories.customers import CustomerFactory
from tests.factories.people import UserFactory

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPT = {"Accept": "application/json, text/event-stream"}


@pytest.mark.django_db(transaction=True)
def test_an_assistant_asks_and_confirms_over_http(live_server: Any) -> None:
    customer = CustomerFactory(name="Łęcki i Syn")
    secret = secret_of(UserFactory(role="administrator"))
    stranger = secret_of(UserFactory(role="account_manager"))
    told: dict[str, Any] = {}

    async def talk(token: str, work: Any) -> None:
        bearer = httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=20)
        address = f"{live_server.url}{PATH}"
        async with bearer, Client(streamable_http_client(address, http_client=bearer)) as client:
            await work(client)

    async def tag(client: Any) -> None:
        told["tools"] = [tool.name for tool in (await client.list_tools()).tools]
        found = await client.call_tool("find_customers", {"query": "lecky"})
        told["found"] = found.structured_content
        given = {"customer_id": customer.pk, "tags": ["Key"]}
        asked = (await client.call_tool("set_tags", given)).structured_content
        told["before"] = asked["would"]["tags_before"]
        key = {"confirmation": asked["confirmation"]}
        told["done"] = (await client.call_tool("set_tags", given | key)).structured_content

    async def look(client: Any) -> None:
        told["foreign"] = await client.call_tool("get_customer", {"customer_id": customer.pk})

    anyio.run(talk, secret, tag)
    anyio.run(talk, stranger, look)

    assert {"find_customers", "get_customer_value", "note_conversation"} <= set(told["tools"])
    assert told["found"]["customers"][0]["name"] == "Łęcki i Syn"
    assert (told["before"], told["done"]["done"]) == ([], True)
    assert [tag.name for tag in customer.tags.all()] == ["Key"]
    assert AuditEvent.objects.get(verb="customer.tagged").request_id.startswith("assistant-")
    assert told["foreign"].is_error
    assert "not yours to see" in told["foreign"].content[0].text


@pytest.mark.django_db
def test_without_a_token_nothing_is_read(client: Any, owner: Any) -> None:
    client.force_login(owner)
    ask = {"path": PATH, "data": json.dumps(LIST), "content_type": "application/json"}

    is_problem(client.post(**ask), 401)
    is_problem(client.post(**ask, headers={"Authorization": "Bearer mst_wrong"}), 401)
    right = {"Authorization": f"Bearer {secret_of(owner)}"} | ACCEPT
    is_problem(client.get(PATH, headers=right), 405)
    listed = client.post(**ask, headers=right)
    assert "find_customers" in {tool["name"] for tool in listed.json()["result"]["tools"]}
    torn = client.post(PATH, "{", content_type="application/json", headers=right)
    assert (torn.status_code, torn.json()["error"]["code"]) == (400, -32700)


@pytest.mark.django_db
def test_a_token_asks_so_often_in_a_minute(client: Any, owner: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "REQUESTS_PER_MINUTE", 1)
    # A minute of its own: a token of an earlier test may have had this number.
    monkeypatch.setattr(limits, "_seconds", lambda: 60 * 10**7)
    right = {"Authorization": f"Bearer {secret_of(owner)}"} | ACCEPT
    ask = {"path": PATH, "data": json.dumps(LIST), "content_type": "application/json"}

    answers = [client.post(**ask, headers=right) for _ in range(3)]

    is_problem(answers[-1], 429)
    assert int(answers[-1]["Retry-After"]) > 0
