"""The tools of the assistant: what each answers, for owner, colleague and stranger."""

import json

import pytest
import time_machine
from mcp.server.mcpserver.exceptions import ToolError

from mainstay.customers.actions import set_tags as tag
from mainstay.customers.models import Interaction
from mainstay.customers.todo.models import Task
from mainstay.people.models import ApiToken
from mainstay.project.assistant import reading, session, writing
from mainstay.records.models import AuditEvent
from tests.api import secret_of
from tests.factories.customers import AffiliationFactory, CustomerFactory
from tests.factories.value import NOW, buying_customers, computed_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def become(monkeypatch):
    """Let the assistant be this user, with all scopes or these."""

    def be(user, *scopes):
        monkeypatch.setenv(session.TOKEN, secret_of(user, *([scopes] if scopes else [])))

    monkeypatch.setattr(session, "close_old_connections", lambda: None)
    return be


@pytest.fixture
def customer(owner):
    return CustomerFactory(owner=owner, team=owner.team, name="Kowalski Logistyka")


def test_find_forgives_a_letter_and_get_tells_all(become, owner, customer):
    become(owner)
    AffiliationFactory(customer=customer)

    found = reading.find_customers("kowlaski")
    told = reading.get_customer(customer.pk)

    assert [row["id"] for row in found["customers"]] == [customer.pk]
    assert found["meant"] == "kowalski"
    assert (told["customer"]["name"], len(told["contacts"])) == (customer.name, 1)
    assert json.dumps(told)


def test_a_value_is_told_with_its_interval_n_and_day(become, administrator):
    customer = buying_customers(60)[0]
    run = computed_run()
    become(administrator)

    told = reading.get_customer_value(customer.pk)

    assert told["as_of"] == run.as_of.isoformat()
    assert told["based_on_customers"] == run.summary["n"]
    assert {"clv_minor", "clv_low_minor", "abc_class"} <= set(told["value"])
    assert told["interval"]["level"]
    assert reading.get_value_overview()["summary"]["n"] == run.summary["n"]
    assert "present value" in reading.define_metric("clv_minor")["means"]


def test_a_stranger_finds_and_reads_nothing(become, stranger, customer):
    become(stranger)

    assert reading.find_customers("kowalski")["customers"] == []
    for ask in (reading.get_customer, reading.list_orders, reading.list_conversations):
        with pytest.raises(ToolError, match="not yours to see"):
            ask(customer.pk)
    with pytest.raises(ToolError, match="not yours to see"):
        writing.set_tags(customer.pk, ["x"])


def test_scope_role_and_token_each_refuse_with_a_sentence(become, read_only, owner, customer):
    become(owner, "customers:read")
    with pytest.raises(ToolError, match="lacks the scope “customers:write”"):
        writing.set_tags(customer.pk, ["x"])

    become(read_only)
    with pytest.raises(ToolError, match="Your role does not allow this"):
        writing.set_tags(customer.pk, ["x"])

    ApiToken.objects.update(revoked_at=NOW)
    with pytest.raises(ToolError, match="does not work"):
        reading.list_segments()


def test_nothing_is_written_before_it_is_confirmed_and_then_once(become, owner, customer):
    become(owner)
    said = {"customer_id": customer.pk, "channel": "call", "subject": "Prices"}

    asked = writing.note_conversation(**said)

    assert (asked["done"], asked["would"]["customer"]) == (False, customer.name)
    assert not Interaction.objects.exists()

    other = said | {"subject": "Other", "confirmation": asked["confirmation"]}
    with pytest.raises(ToolError, match="for something else"):
        writing.note_conversation(**other)
    done = writing.note_conversation(**said, confirmation=asked["confirmation"])
    with pytest.raises(ToolError, match="works once"):
        writing.note_conversation(**said, confirmation=asked["confirmation"])

    assert done["done"]
    assert Interaction.objects.get().user == owner
    event = AuditEvent.objects.get(verb="interaction.added")
    assert (event.actor_id, event.request_id[:10]) == (str(owner.pk), "assistant-")


def test_a_confirmation_ends_when_something_changed_or_after_ten_minutes(
    become, owner, colleague, customer, now
):
    become(owner)
    asked = writing.set_tags(customer.pk, ["Key"])
    tag(by=owner, now=now, customer=customer, names=["Other"])

    with pytest.raises(ToolError, match="changed meanwhile"):
        writing.set_tags(customer.pk, ["Key"], asked["confirmation"])

    with time_machine.travel(now, tick=False) as clock:
        asked = writing.set_owner(customer.pk, colleague.email)
        clock.shift(601)
        with pytest.raises(ToolError, match="older than 10 minutes"):
            writing.set_owner(customer.pk, colleague.email, asked["confirmation"])
    with pytest.raises(ToolError, match="no confirmation"):
        writing.set_owner(customer.pk, colleague.email, "yes")


def test_owner_and_tasks_are_written_as_on_the_page(become, owner, colleague, customer):
    become(owner)

    for ask, given in (
        (writing.add_task, ("Send the offer", customer.pk)),
        (writing.set_owner, (customer.pk, colleague.email)),
    ):
        asked = ask(*given)
        assert ask(*given, confirmation=asked["confirmation"])["done"]

    customer.refresh_from_db()
    assert customer.owner == colleague
    assert Task.objects.get().title == "Send the offer"


def test_a_long_answer_is_shortened_and_says_so(become, administrator, monkeypatch):
    become(administrator)
    monkeypatch.setattr(session, "LONGEST_ANSWER", 1000)
    for _n in range(30):
        CustomerFactory(name="Kowalski " + "x" * 50)

    told = reading.find_customers("kowalski", limit=30)

    assert 0 < len(told["customers"]) < 30
    assert "too long" in told["shortened"]
    with pytest.raises(ToolError, match="1 to 50"):
        reading.find_customers("kowalski", limit=51)
