"""A field of the company's own, filled in for many customers at once, and undone."""

import json
from typing import Any

import pytest

from mainstay.customers import actions, tasks
from mainstay.customers.changes import undoing
from mainstay.customers.changes.models import ChangedCustomer, ManyChange
from mainstay.customers.custom_fields import actions as fields
from mainstay.customers.custom_fields.queries import values_of
from mainstay.customers.models import Customer
from mainstay.records.models import AuditEvent
from mainstay.shared.lists import selection
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
GRADE = {"subject": "customer", "type": "choice", "label": "Grade", "answers": ["A", "B"]}
NOTE = {"subject": "customer", "type": "text", "label": "Slogan"}


@pytest.fixture
def three(owner: Any) -> list[Customer]:
    return [CustomerFactory(name=f"C{n}", owner=owner, team=owner.team) for n in range(3)]


@pytest.fixture
def grade(now: Any) -> Any:
    return fields.add_field(by=None, now=now, values=GRADE)


def standing(field: Any, customers: list[Customer]) -> list[Any]:
    found = values_of("customer", [each.pk for each in customers], [field])
    labels = {each.pk: each.label for each in field.choices.all()}
    values = [found.get(each.pk, {}).get(field.key) for each in customers]
    return [labels.get(value, value) for value in values]


def test_a_field_is_filled_in_and_set_back_but_for_later_edits(
    three: list[Customer], grade: Any, manager: Any, now: Any
) -> None:
    about: dict[str, Any] = {"by": manager, "now": now}
    told = {"values": {"custom": {"grade": "B"}}, "version": None}
    actions.change_customer(**about, customer=three[0], **told)
    value = json.dumps({"field": "grade", "value": "A"})

    ids = [each.pk for each in three]
    assert actions.change_many(**about, kind="field", value=value, ids=ids) == 3
    assert actions.change_many(**about, kind="field", value=value, ids=ids) == 0
    made = ManyChange.objects.get()

    assert standing(grade, three) == ["A", "A", "A"]
    assert str(made) == "Field filled in: Grade: A"
    said = AuditEvent.objects.filter(verb="customer.changed").latest("pk")
    assert said.new == {"Grade": "A"}
    actions.change_customer(**about, customer=three[2], **told)
    undoing.undo(**about, change=made)
    assert standing(grade, three) == ["B", None, "B"]
    assert [row.customer for row in ChangedCustomer.objects.all()] == [three[2]]


def test_the_page_asks_for_the_field_then_the_value_and_says_how_many(
    three: list[Customer], grade: Any, owner: Any, signed_in: Any
) -> None:
    page = signed_in(owner)
    data = {"action": "field", "row": [each.pk for each in three[:2]]}

    first = page.post("/customers/", data).content.decode()
    second = page.post("/customers/", data | {"field": "grade"}).content.decode()
    answer = grade.choices.get(label="B")
    filled = {"field": "grade", "typed": "grade", "custom_grade": str(answer.pk)}
    wrong = page.post("/customers/", data | filled | {"custom_grade": "999999"})
    done = page.post("/customers/", data | filled, follow=True).content.decode()

    assert "2 entries are meant" in first
    assert "Change 2 entries" in second
    assert "not one of the available choices" in wrong.content.decode()
    assert "2 customers changed." in done
    assert standing(grade, three) == ["B", "B", None]


def test_more_than_a_request_should_touch_are_counted_first_then_a_job(
    three: list[Customer], owner: Any, signed_in: Any, monkeypatch: Any, now: Any
) -> None:
    monkeypatch.setattr(selection, "FEW", 2)
    page = signed_in(owner)
    data = {"action": "tag", "value-tag": "Key", "everything": "1"}

    asked = page.post("/customers/?q=c", data).content.decode()
    assert "Change 3 entries" in asked
    assert "Tag: Key" in asked
    assert not ManyChange.objects.exists()
    job = page.post("/customers/?q=c", data | {"confirmed": "1"})

    assert job.url.startswith("/jobs/")
    assert tasks.change_many.call(owner.pk, "tag", "Key", "q=c") == {"changed": 3}


def test_a_text_that_is_filled_in_is_found(three: list[Customer], owner: Any, now: Any) -> None:
    fields.add_field(by=None, now=now, values=NOTE)
    value = json.dumps({"field": "slogan", "value": "Zawsze obok"})
    about: dict[str, Any] = {"by": owner, "now": now, "kind": "field", "value": value}

    actions.change_many(**about, ids=[each.pk for each in three])

    assert all("zawsze" in each.search for each in Customer.objects.all())
