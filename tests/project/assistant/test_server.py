"""The server as an assistant meets it: a process of its own, the client of the protocol."""

import os
import sys
from io import StringIO
from typing import Any

import anyio
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from mcp import Client, StdioServerParameters

from tests.api import secret_of
from tests.conftest import ROOT
from tests.factories.customers import CustomerFactory
from tests.factories.people import UserFactory


def url() -> str:
    """Return the address of the test's database, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    host = f"{given['HOST']}:{given['PORT']}"
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{host}/{given['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_an_assistant_finds_a_customer_and_tags_it_after_asking(tmp_path: Any) -> None:
    user = UserFactory(role="administrator")
    customer = CustomerFactory(name="Łęcki i Syn")
    environment = os.environ | {
        "MAINSTAY_TOKEN": secret_of(user),
        "MAINSTAY_DATABASE_URL": url(),
        "MAINSTAY_DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT / "src"),
    }
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "mainstay", "mcp"], env=environment, cwd=str(ROOT)
    )
    told: dict[str, Any] = {}

    async def talk() -> None:
        async with Client(server) as client:
            told["tools"] = [tool.name for tool in (await client.list_tools()).tools]
            found = await client.call_tool("find_customers", {"query": "lecky"})
            told["found"] = found.structured_content
            given = {"customer_id": customer.pk, "tags": ["Key"]}
            asked = await client.call_tool("set_tags", given)
            told["asked"] = asked.structured_content
            key = {"confirmation": told["asked"]["confirmation"]}
            told["done"] = (await client.call_tool("set_tags", given | key)).structured_content
            told["refused"] = await client.call_tool("get_customer", {"customer_id": 999})

    anyio.run(talk)

    assert {"find_customers", "get_customer_value", "note_conversation"} <= set(told["tools"])
    assert told["found"]["customers"][0]["name"] == "Łęcki i Syn"
    assert told["asked"]["done"] is False
    assert told["done"]["done"] is True
    assert [tag.name for tag in customer.tags.all()] == ["Key"]
    assert told["refused"].is_error
    assert "not yours to see" in told["refused"].content[0].text


@pytest.mark.django_db
def test_without_a_token_the_command_says_what_to_do(monkeypatch: Any, manager: Any) -> None:
    monkeypatch.delenv("MAINSTAY_TOKEN", raising=False)
    with pytest.raises(CommandError, match="API tokens"):
        call_command("mcp")

    monkeypatch.setenv("MAINSTAY_TOKEN", secret_of(manager))
    said = StringIO()
    call_command("mcp", "--check", stdout=said)
    assert str(manager) in said.getvalue()
