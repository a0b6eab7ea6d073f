import pytest

from mainstay.customers.custom_fields.models import Definition
from tests.api import ApiClient
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(administrator):
    return ApiClient(administrator)


def test_definitions_are_added_listed_and_changed(api):
    size = {"of": "customer", "type": "choice", "label": "Size", "answers": ["small", "large"]}

    added = api.post("/custom-fields", size)

    assert added.status_code == 201
    assert (added.json()["key"], added.json()["answers"]) == ("size", ["small", "large"])
    path = f"/custom-fields/{added.json()['id']}"
    assert api.get("/custom-fields").json()["items"] == [added.json()]
    changed = api.patch(path, {"label": "Class", "version": 1})
    assert changed.json()["label"] == "Class"
    assert api.patch(path, {"label": "Kind", "version": 1}).status_code == 409
    assert api.patch(path, {"archived": True}).json()["archived"]
    assert api.patch(path, {"type": "user"}).status_code == 422


def test_values_are_written_and_read_with_the_customer(api, field):
    field("Size", "choice", answers=["small", "large"])
    field("Uses", "choices", answers=["pumps", "valves"])
    field("Budget", "money", currency="EUR")
    field("Regular", "yes_no")
    custom = {"size": "large", "uses": ["pumps"], "budget": "12.50", "regular": True}

    added = api.post("/customers", {"name": "Alfa", "custom": custom})

    assert added.status_code == 201
    assert added.json()["custom"] == custom
    path = f"/customers/{added.json()['id']}"
    changed = api.patch(path, {"custom": {"size": None, "regular": False}})
    assert changed.json()["custom"] == {"uses": ["pumps"], "budget": "12.50", "regular": False}
    refused = api.patch(path, {"custom": {"size": "huge", "nothing": 1}})
    assert refused.status_code == 422
    assert {f["field"] for f in refused.json()["errors"]} == {"custom_size", "custom_nothing"}


def test_contacts_and_batches_carry_values_too(api, field):
    field("Nickname", "text", of="contact")
    field("Code", "text")

    contact = api.post("/contacts", {"name": "Anna", "custom": {"nickname": "Ania"}})
    rows = [{"external_id": "1", "name": "One", "custom": {"code": "A"}}]
    done = api.post("/customers/batch", {"source": "shop", "customers": rows}).json()

    assert contact.json()["custom"] == {"nickname": "Ania"}
    assert api.get(f"/customers/{done['ids']['1']}").json()["custom"] == {"code": "A"}
    again = api.post("/customers/batch", {"source": "shop", "customers": rows}).json()
    assert (again["changed"], again["unchanged"]) == (0, 1)


def test_the_number_of_questions_does_not_grow_with_rows(
    api, field, django_assert_num_queries, django_assert_max_num_queries
):
    field("Code", "text")
    for _each in range(3):
        api.patch(f"/customers/{CustomerFactory().pk}", {"custom": {"code": "A"}})

    with django_assert_max_num_queries(15):
        assert len(api.get("/customers").json()["items"]) == 3


def test_a_field_kept_from_a_role_is_neither_told_nor_taken(field, owner, now):
    field("Secret", "text", seen_by=["manager"])
    api = ApiClient(owner)
    customer = CustomerFactory(owner=owner)

    assert api.get("/custom-fields").json()["items"] == []
    assert api.get(f"/custom-fields/{Definition.objects.get().pk}").status_code == 404
    assert api.patch(f"/customers/{customer.pk}", {"custom": {"secret": "x"}}).status_code == 422
    add = {"of": "customer", "type": "text", "label": "Mine"}
    assert api.post("/custom-fields", add).status_code == 403
