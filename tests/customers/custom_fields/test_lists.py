import pytest
from django.db import connection

from mainstay.customers import actions as customers
from mainstay.customers.custom_fields.models import Choice, CustomerValue
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(field, manager):
    """Three customers: Alfa with 30 m², Beta with 4.5 m², Gamma without."""
    field("Area", "decimal", places=1)
    field("Size", "choice", answers=["small", "large"])
    field("Uses", "choices", answers=["pumps", "valves"])
    field("Code", "text", seen_by=["manager"])
    field("Since", "moment")
    made = {}
    for name, custom in (
        ("Alfa", {"area": "30", "size": "large", "uses": ["pumps", "valves"], "code": "Żur"}),
        ("Beta", {"area": "4.5", "size": "small", "since": "2026-03-01T22:30+00:00"}),
        ("Gamma", {}),
    ):
        made[name] = CustomerFactory(name=name)
        values = {"custom": custom}
        customers.change_customer(
            by=None, now=NOW, customer=made[name], values=values, version=None
        )
    return made


def names(client, **query):
    found = client.get("/customers/", query)
    assert found.status_code == 200
    return [row.name for row in found.context["list"].rows]


def test_lists_sort_by_a_field_with_empty_ones_last(shop, manager, signed_in):
    client = signed_in(manager)

    assert names(client, sort="custom_area") == ["Beta", "Alfa", "Gamma"]
    assert names(client, sort="-custom_area") == ["Alfa", "Beta", "Gamma"]
    assert names(client, sort="custom_size") == ["Beta", "Alfa", "Gamma"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"custom_area-from": "4.5", "custom_area-to": "29.9"}, ["Beta"]),
        ({"custom_code": "zu"}, ["Alfa"]),
        ({"custom_since-from": "2026-03-02"}, []),
        ({"custom_since-from": "2026-03-01"}, ["Beta"]),
        ({"custom_since-to": "2026-03-01"}, ["Beta"]),
    ],
)
def test_lists_filter_by_fields(shop, manager, signed_in, query, found):
    manager.time_zone = "UTC"
    manager.save()

    assert names(signed_in(manager), **query) == found


def test_lists_filter_by_answers_and_show_them(shop, manager, signed_in):
    client = signed_in(manager)
    numbers = {each.label: each.pk for each in Choice.objects.all()}

    assert names(client, custom_uses=numbers["valves"]) == ["Alfa"]
    assert names(client, custom_size=numbers["small"]) == ["Beta"]
    page = client.get("/customers/", {"columns": "custom_uses,custom_area,custom_size"})
    text = page.content.decode()
    assert "pumps" in text
    assert "30.0" in text


def test_who_may_not_see_a_field_neither_sees_nor_sorts_by_it(shop, owner, signed_in):
    page = signed_in(owner).get("/customers/", {"sort": "custom_code", "custom_code": "zu"})

    assert "custom_code" not in page.context["state"].every
    assert "cannot be sorted that way" in page.content.decode()


def test_the_export_holds_values_as_numbers_and_words(shop, manager, signed_in):
    client = signed_in(manager)
    columns = "custom_area,custom_size,custom_uses,custom_code"

    answer = client.post(f"/customers/?columns={columns}", {"export": "csv"})

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,Area,Size,Uses,Code"
    assert lines[1] == 'Alfa,30.0,large,"pumps, valves",Żur'
    assert lines[3] == "Gamma,,,,"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite tells its plan in one line")
def test_a_sort_walks_the_index_of_the_type(shop):
    rows = CustomerValue.objects.filter(field=1, number__isnull=False)
    plan = rows.order_by("number", "customer").values("customer")[:50].explain()

    assert "customer_value_by_number" in plan
    assert "TEMP B-TREE" not in plan
