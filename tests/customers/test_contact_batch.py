"""Contacts by the thousand over the API: known by a source's numbers, refused one by one."""

from typing import Any

import pytest

from mainstay.customers import actions
from mainstay.customers.models import Affiliation, Contact
from mainstay.customers.privacy import queries as privacy
from mainstay.customers.privacy.models import Case, Suppression
from mainstay.records.models import AuditEvent
from tests.api import ApiClient, is_problem
from tests.customers.custom_fields.conftest import field
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db
__all__ = ["field"]


@pytest.fixture
def api(owner: Any, now: Any) -> ApiClient:
    for number in ("C1", "C2"):
        customer = CustomerFactory(owner=owner, name=f"Firma {number}", country="PL")
        actions.add_reference(
            by=None, now=now, customer=customer, source="shop", external_id=number
        )
    return ApiClient(owner)


def push(api: ApiClient, *contacts: dict[str, Any], **more: Any) -> Any:
    return api.post("/contacts/batch", {"source": "shop", "contacts": list(contacts)}, **more)


def row(number: str, **values: Any) -> dict[str, Any]:
    return {
        "external_id": number,
        "name": f"Person {number}",
        "places": [{"customer": "C1"}],
        **values,
    }


def test_contacts_are_added_then_changed_and_counted(api: ApiClient, field: Any) -> None:
    field("Shoe size", "whole", of="contact")
    anna = row("P1", phone="22 555 00 01", custom={"shoe_size": 38})

    first = push(api, anna, row("P2")).json()
    again = push(api, anna, row("P2")).json()
    moved = {"customer": "C2", "position": "Buyer", "from_date": "2026-01-01"}
    third = push(
        api,
        row("P1", name="Anna Łęcka"),
        row("P2", places=[moved]),
        row("P3", custom={"shoe_size": 40}),
    ).json()

    assert [(n["added"], n["changed"], n["unchanged"]) for n in (first, again, third)] == [
        (2, 0, 0), (0, 0, 2), (1, 2, 0),
    ]  # fmt: skip
    assert first["refused"] == again["refused"] == third["refused"] == []
    found = api.get("/contacts", source="shop", external_id="P1").json()["items"]
    assert [(c["name"], c["phone"], c["custom"], c["references"], c["version"]) for c in found] == [
        ("Anna Łęcka", "+48 22 555 00 01", {"shoe_size": 38},
         [{"source": "shop", "external_id": "P1"}], 2),
    ]  # fmt: skip
    places = Affiliation.objects.filter(contact=third["ids"]["P2"]).order_by("pk")
    assert list(places.values_list("customer__name", "position")) == [
        ("Firma C1", ""), ("Firma C2", "Buyer"),
    ]  # fmt: skip
    assert [c["id"] for c in api.get("/contacts", search="lecka").json()["items"]] == [
        first["ids"]["P1"]
    ]
    assert AuditEvent.objects.filter(verb="contact.added").count() == 3


def test_rows_that_do_not_fit_are_refused_alone(
    api: ApiClient, owner: Any, stranger: Any, now: Any
) -> None:
    theirs = AffiliationFactory(customer__owner=stranger, customer__team=stranger.team).contact
    push(api, row("P9"))
    Affiliation.objects.update(contact=theirs)

    said = push(
        api,
        row("P1", email="nobody"),
        row("P2", places=[]),
        row("P3", places=[{"customer": "C7"}]),
        row("P4", places=[{"customer": "C1", "from_date": "2026-02-01", "to_date": "2026-01-01"}]),
        row("P5"),
        row("P5"),
        row("P9"),
        row("P6", name=""),
    ).json()

    assert (said["added"], list(said["ids"])) == (1, ["P5"])
    assert [(f["row"], f["field"]) for f in said["refused"]] == [
        (0, "email"), (1, "places"), (2, "places"), (3, "to_date"), (5, "external_id"),
        (6, "external_id"), (7, "name"),
    ]  # fmt: skip
    assert all(f["message"].endswith((".", ".com.")) for f in said["refused"])


def test_the_same_key_records_once(api: ApiClient) -> None:
    for _time in range(2):
        said = push(api, row("P1"), key="people-1")
        assert said.json()["added"] == 1

    assert Contact.objects.count() == 1


def test_who_was_erased_stays_away(api: ApiClient, now: Any) -> None:
    text = privacy.reference(privacy.contacts_of("shop"), "P1")
    case = Case.objects.create(kind="erasure", received_on=now.date(), due_on=now.date())
    digest = privacy.digest("reference", text)
    Suppression.objects.create(case=case, trait="reference", digest=digest)

    said = push(api, row("P1"), row("C1")).json()

    assert [f["row"] for f in said["refused"]] == [0]
    assert "asked to be erased" in said["refused"][0]["message"]


def test_a_thousand_rows_cost_what_one_costs(
    api: ApiClient, django_assert_max_num_queries: Any
) -> None:
    push(api, row("P0"))
    many = [row(f"P{n}", email=f"p{n}@x.pl") for n in range(60)]
    with django_assert_max_num_queries(60):
        assert push(api, *many).json()["added"] == 59


def test_a_batch_needs_the_right(analyst: Any) -> None:
    is_problem(push(ApiClient(analyst), row("P1")), 403)
