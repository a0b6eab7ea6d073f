"""Farewell: proposed by rules, spared by others, decided by people with a reason."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mainstay.customers.segments import actions as segments
from mainstay.records.models import AuditEvent
from mainstay.shared.versions import EditedMeanwhile
from mainstay.value.farewell import actions, queries
from mainstay.value.farewell.models import FarewellDecision, FarewellRule
from tests.api import ApiClient, is_problem
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.profitability import costed
from tests.factories.segments import asks, live
from tests.factories.value import NOW, buy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def world(owner: Any, manager: Any) -> dict[str, Any]:
    """Two customers who cost money, one of them spared, and one who brings some."""
    source = SourceFactory()
    rows = {}
    for name, cost in (("Poor", 9000), ("Spared", 9000), ("Rich", 1000)):
        rows[name] = CustomerFactory(name=name, owner=owner, team=owner.team)
        buy(rows[name], NOW, 5000, of=source, cost=cost)
    costed()
    values = {
        "name": "Unpromising",
        "proposed": live(manager, asks("profit.net", "under", 0), name="Poor", sharing="all"),
        "spared": live(manager, asks("customer.name", "is", "Spared"), name="S", sharing="all"),
    }
    actions.save_rule(by=manager, now=NOW, values=values)
    return rows


def proposed(user: Any) -> list[str]:
    return list(queries.worklist(user, now=NOW).values_list("customer__name", flat=True))


def test_a_rule_proposes_but_spares(world: Any, owner: Any, stranger: Any) -> None:
    assert proposed(owner) == ["Poor"]
    assert proposed(stranger) == []


def test_a_decision_keeps_the_reason_and_the_money_at_stake(world: Any, owner: Any) -> None:
    poor = world["Poor"].pk
    values = {"decision": "later", "reason": "New buyer.", "review_on": date(2026, 6, 1)}

    actions.decide(by=owner, now=NOW, customer=poor, values=values)

    row = FarewellDecision.objects.get()
    assert (row.decided_on, row.net_profit_minor < 0) == (date(2026, 3, 5), True)
    assert AuditEvent.objects.filter(verb="farewell.decided").count() == 1
    with pytest.raises(EditedMeanwhile):
        actions.decide(by=owner, now=NOW, customer=poor, values=values, version=7)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"decision": "goodbye", "reason": " "}, "Say why"),
        ({"decision": "later", "reason": "x"}, "on which day"),
        ({"decision": "later", "reason": "x", "review_on": date(2020, 1, 1)}, "after today"),
        ({"decision": "shoot", "reason": "x"}, "Choose what"),
    ],
)
def test_an_unfit_decision_is_refused(world: Any, owner: Any, values: Any, sentence: Any) -> None:
    with pytest.raises(ValidationError, match=sentence):
        actions.decide(by=owner, now=NOW, customer=world["Poor"].pk, values=values)


def test_only_who_sees_the_customer_decides(world: Any, stranger: Any, read_only: Any) -> None:
    values = {"decision": "keep", "reason": "x"}

    with pytest.raises(ValidationError, match="not yours"):
        actions.decide(by=stranger, now=NOW, customer=world["Poor"].pk, values=values)
    with pytest.raises(PermissionDenied):
        actions.decide(by=read_only, now=NOW, customer=world["Poor"].pk, values=values)


def test_the_shipped_rule_comes_once() -> None:
    segments.ship(now=NOW)

    assert actions.ship(now=NOW)
    assert not actions.ship(now=NOW)
    assert FarewellRule.objects.count() == 1


def test_the_pages_tell_why_and_what_it_costs(world: Any, owner: Any, signed_in: Any) -> None:
    client, pk = signed_in(owner), world["Poor"].pk

    listed = client.get(reverse("farewell:worklist")).content.decode()
    why = client.get(reverse("farewell:customer", args=[pk])).content.decode()
    given = {"decision": "terms", "reason": "By web shop only."}
    kept = client.post(reverse("farewell:customer", args=[pk]), given)
    effort = client.get(reverse("farewell:resources")).content.decode()

    assert "Poor" in listed
    assert "Rich" not in listed
    assert "Net profit less than" in why
    assert kept.url == reverse("farewell:worklist")
    assert "All customers" in effort


def test_a_rule_is_written_by_who_governs(world: Any, manager: Any, signed_in: Any) -> None:
    rule, client = FarewellRule.objects.get(), signed_in(manager)
    url = reverse("farewell:rule", args=[rule.pk])
    same = {"name": "Poor ones", "proposed": rule.proposed_id, "spared": rule.proposed_id}

    refused = client.post(url, same)
    client.post(url, same | {"spared": rule.spared_id})

    assert "choose another that spares" in refused.content.decode()
    assert FarewellRule.objects.get().name == "Poor ones"


def test_pages_without_anything_say_what_to_do(manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)

    assert "no rule yet" in client.get(reverse("farewell:worklist")).content.decode()
    assert "No costs computed" in client.get(reverse("farewell:resources")).content.decode()


def test_programs_read_the_worklist_and_decide(world: Any, owner: Any, stranger: Any) -> None:
    api, poor = ApiClient(owner), world["Poor"].pk

    (listed,) = api.get("/farewell").json()["items"]

    assert (listed["name"], listed["decision"], listed["net_profit_minor"] < 0) == (
        "Poor",
        None,
        True,
    )
    (reason,) = api.get(f"/farewell/customers/{poor}").json()["reasons"]
    assert [each["met"] for each in reason["proposing"] + reason["sparing"]] == [True, False]
    address = f"/farewell/customers/{poor}/decision"
    made = api.post(address, {"decision": "keep", "reason": "Grows."}, method="put").json()
    assert made["reason"] == "Grows."
    again = {"decision": "terms", "reason": "Too dear.", "version": made["version"] + 5}
    is_problem(api.post(address, again, method="put"), 409)
    assert api.get("/farewell").json()["items"][0]["decision"]["decision"] == "keep"
    is_problem(ApiClient(stranger).get(f"/farewell/customers/{poor}"), 404)
    is_problem(ApiClient(stranger).post(address, again, method="put"), 404)


def test_programs_read_what_segments_take_and_bring(world: Any, manager: Any) -> None:
    found = ApiClient(manager).get("/farewell/effort").json()["segments"]

    by_name = {each["name"]: each for each in found}
    assert (by_name["Poor"]["n"], by_name["Poor"]["net"] < 0) == (2, True)
    assert all(0 <= each["effort"] <= 1 for each in found)
