"""Segments over the API."""

from typing import Any

import pytest

from mainstay.customers.segments import actions
from tests.api import ApiClient, is_problem
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory
from tests.factories.segments import asks, fixed, live, rule

pytestmark = pytest.mark.django_db
POLES = rule(asks("customer.country", "is", ["PL"]))


def test_a_segment_is_kept_previewed_changed_and_put_away(owner: Any) -> None:
    anna, api = CustomerFactory(name="Anna", owner=owner), ApiClient(owner)
    CustomerFactory(name="Not hers")

    size = api.post("/segments/preview", POLES).json()
    kept = api.post("/segments", {"name": "Poles", "definition": POLES}).json()
    url = f"/segments/{kept['id']}"
    members = api.get(f"{url}/members").json()["items"]
    customers = api.get(f"/customers?segment={kept['id']}").json()["items"]
    change = {"name": "Ours", "version": 1}
    changed = api.post(url, change, method="patch").json()

    expected = {"reading": "Country Poland", "customers": 1, "more": False, "left_out": 0}
    assert size == expected
    assert members == [{"id": anna.pk, "name": "Anna"}]
    assert [row["id"] for row in customers] == [anna.pk]
    assert (changed["name"], changed["sharing"]) == ("Ours", "private")
    is_problem(api.post(url, change, method="patch"), 409)
    assert api.post(url, {}, method="delete").status_code == 204
    is_problem(api.get(url), 404)


def test_what_does_not_fit_is_told(owner: Any) -> None:
    api = ApiClient(owner)
    wrong = rule(asks("customer.country", "is", ["PL"]), asks("customer.hat", "is", ["x"]))

    body = is_problem(api.post("/segments/preview", wrong), 422)

    assert "Condition 2: Choose what to ask" in str(body)


def test_members_of_a_fixed_list_and_its_history(owner: Any) -> None:
    anna, bert = (CustomerFactory(owner=owner) for _one in range(2))
    segment, api = fixed(owner, anna), ApiClient(owner)

    change = {"add": [bert.pk], "remove": [anna.pk]}
    done = api.post(f"/segments/{segment.pk}/members", change).json()

    assert done == {"added": 1, "removed": 1}
    days = api.get(f"/segments/{segment.pk}/history").json()
    assert [day["members"] for day in days][-1] == 1


def test_a_private_segment_is_not_a_strangers(owner: Any, stranger: Any) -> None:
    CustomerFactory(owner=stranger)
    segment, api = live(owner), ApiClient(stranger)
    actions.recount(segment=segment, now=NOW)

    is_problem(api.get(f"/segments/{segment.pk}"), 404)
    assert api.get(f"/customers?segment={segment.pk}").json()["items"] == []


def test_fields_of_money_are_not_offered_to_who_may_not_see_money(read_only: Any) -> None:
    told = {each["key"] for each in ApiClient(read_only).get("/segments/fields").json()}

    assert "value.abc_class" in told
    assert "value.clv" not in told
