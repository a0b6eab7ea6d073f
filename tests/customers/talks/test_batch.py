"""Conversations by the thousand over the API: known by a source's numbers, refused one by one."""

from typing import Any

import pytest

from mainstay.customers import actions
from mainstay.customers.models import Contact, Interaction
from mainstay.customers.queries import said
from mainstay.customers.sharing.actions import share
from mainstay.records.models import AuditEvent
from tests.api import ApiClient, is_problem
from tests.factories.customers import CustomerFactory
from tests.factories.erasing import erase

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(owner: Any, now: Any) -> ApiClient:
    for number in ("C1", "C2"):
        customer = CustomerFactory(owner=owner, team=owner.team, name=f"Firma {number}")
        known = {"by": None, "now": now, "source": "crm"}
        actions.add_reference(**known, customer=customer, external_id=number)
        people = [
            (f"P{number}{n}", {"name": f"Person {number}{n}", "places": [{"customer": number}]})
            for n in (1, 2)
        ]
        actions.record_contacts(**known, rows=people)
    return ApiClient(owner)


def push(api: ApiClient, *rows: dict[str, Any], **more: Any) -> Any:
    return api.post("/interactions/batch", {"source": "crm", "interactions": list(rows)}, **more)


def row(number: str, **values: Any) -> dict[str, Any]:
    return {
        "external_id": number,
        "customer": "C1",
        "channel": "call",
        "subject": f"Call {number}",
        "occurred_at": "2026-01-05T09:00:00Z",
        **values,
    }


def counted(answer: Any) -> tuple[int, int, int]:
    told = answer.json()
    assert told["refused"] == []
    return told["added"], told["changed"], told["unchanged"]


def test_conversations_are_added_then_changed_and_counted(
    api: ApiClient, owner: Any, colleague: Any
) -> None:
    both = row("I1", contacts=["PC11", "PC12"], users=[colleague.email, owner.email])
    wish = row("I2", purpose="complaint", settled=True, body="Cracked mug")

    first = push(api, both, wish)
    again = push(api, both, wish)
    later = push(
        api,
        row("I1", contacts=["PC12"], subject="Samples of teapots"),
        {"external_id": "I2", "settled": False, "occurred_at": "2026-01-06T09:00:00Z"},
        row("I3"),
    )

    assert [counted(each) for each in (first, again, later)] == [(2, 0, 0), (0, 0, 2), (1, 2, 0)]
    told = api.get("/interactions", source="crm", external_id="I1").json()["items"]
    assert [(t["subject"], t["users"], t["references"], len(t["contact_ids"])) for t in told] == [
        ("Samples of teapots", [colleague.email, owner.email],
         [{"source": "crm", "external_id": "I1"}], 1),
    ]  # fmt: skip
    complaint = api.get(f"/interactions/{first.json()['ids']['I2']}").json()
    assert (complaint["settled_at"], complaint["body"]) == (None, "Cracked mug")
    assert complaint["users"] == [owner.email]
    assert [talk.pk for talk in said(owner, "teapots", 9)] == [told[0]["id"]]
    assert AuditEvent.objects.filter(verb="interaction.changed").count() == 2


def test_who_took_part_beside_moves_with_the_conversation(api: ApiClient) -> None:
    push(api, row("I1", contacts=["PC11", "PC12"]))

    push(api, row("I1", occurred_at="2026-02-01T09:00:00Z"))

    talk = Interaction.objects.get()
    assert [part.occurred_at for part in talk.participants.all()] == [talk.occurred_at]


def test_rows_that_do_not_fit_are_refused_alone(api: ApiClient) -> None:
    push(api, row("I9", customer="C2"))

    said_of_it = push(
        api,
        row("I1", channel="telex"),
        row("I2", customer="C7"),
        row("I3", contacts=["PC21"]),
        row("I4", users=["nobody@example.com"]),
        row("I5", occurred_at="2150-01-01T09:00:00Z"),
        row("I6", settled=True),
        row("I7"),
        row("I7"),
        row("I9"),
        {"external_id": "I8", "subject": "To whom?"},
    ).json()

    assert (said_of_it["added"], list(said_of_it["ids"])) == (1, ["I7"])
    assert [(fault["row"], fault["field"]) for fault in said_of_it["refused"]] == [
        (0, "channel"), (1, "customer"), (2, "contacts"), (3, "users"), (4, "occurred_at"),
        (5, "settled"), (7, "external_id"), (8, "customer"), (9, "customer"),
    ]  # fmt: skip


def test_what_one_may_only_look_at_is_refused(
    api: ApiClient, owner: Any, stranger: Any, now: Any
) -> None:
    push(api, row("I1"))
    customer = Interaction.objects.get().customer
    share(by=owner, now=now, customer=customer, user=stranger, may_edit=False)

    told = push(ApiClient(stranger), row("I1", subject="Mine"), row("I2")).json()

    assert [fault["field"] for fault in told["refused"]] == ["external_id", "customer"]
    assert Interaction.objects.get().subject == "Call I1"


def test_a_thousand_rows_cost_what_one_costs(
    api: ApiClient, django_assert_max_num_queries: Any
) -> None:
    people = {"contacts": ["PC11", "PC12"], "users": []}
    push(api, *[row(f"I{n}", **people) for n in range(30)])
    later = {"occurred_at": "2026-01-07T09:00:00Z", "contacts": ["PC12"]}

    with django_assert_max_num_queries(60):
        told = push(api, *[row(f"I{n}", **later) for n in range(60)])

    assert counted(told) == (30, 30, 0)


def test_a_batch_needs_the_right_and_its_key_records_once(api: ApiClient, read_only: Any) -> None:
    is_problem(push(ApiClient(read_only), row("I1")), 403)

    for _time in range(2):
        assert counted(push(api, row("I1"), key="talks-1")) == (1, 0, 0)
    assert Interaction.objects.count() == 1


def test_what_was_erased_with_a_person_does_not_come_back(api: ApiClient, now: Any) -> None:
    told = row("I1", contacts=["PC11"], subject="A call about money", body="Owes 300")
    counted(push(api, told))
    erase(Contact.objects.get(name="Person C11"), now)

    answer = push(api, {**told, "contacts": []}).json()

    assert [(each["row"], each["field"]) for each in answer["refused"]] == [(0, "external_id")]
    assert list(Interaction.objects.values_list("subject", "body")) == [("–", "")]
