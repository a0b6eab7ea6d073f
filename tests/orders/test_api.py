from datetime import timedelta

import pytest

from mainstay.orders.models import Order, OrderLine, Product
from mainstay.records.models import AuditEvent
from tests.api import ApiClient
from tests.factories.customers import CustomerFactory
from tests.factories.orders import OrderFactory, OrderLineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(manager):
    return ApiClient(manager)


def order(number, **changes):
    lines = [{"external_id": "1", "quantity": 2, "amount_minor": 1990, "product": "P1"}]
    return {
        "external_id": number,
        "ordered_at": "2026-03-05T10:00:00+01:00",
        "currency": "EUR",
        "lines": lines,
    } | changes


def batch(*orders, **more):
    return {"source": "shop", "orders": list(orders)} | more


def test_an_order_is_recorded_once_and_corrected(api):
    one = order("A-1") | {"source": "shop"}
    corrected = one | {"lines": [one["lines"][0] | {"amount_minor": 1500}]}

    answers = [api.post("/orders", body) for body in (one, one, corrected)]

    assert [answer.status_code for answer in answers] == [201, 200, 200]
    outcomes = [answer.json()["outcome"] for answer in answers]
    assert outcomes == ["added", "unchanged", "changed"]
    assert Order.objects.get().amount_minor == 1500
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {
        "order.recorded",
        "order.corrected",
    }


def test_a_batch_refuses_single_orders_with_a_sentence(api):
    answer = api.post(
        "/orders/batch",
        batch(
            order("A-1"),
            order("A-2", currency="euro"),
            order("A-3", customer="nobody"),
            order("A-4", is_return=True),
            order("A-5"),
        ),
    ).json()

    assert set(answer["ids"]) == {"A-1", "A-5"}
    assert (answer["added"], answer["changed"], answer["unchanged"]) == (2, 0, 0)
    faults = {(fault["row"], fault["field"]) for fault in answer["refused"]}
    assert faults == {(1, "currency"), (2, "customer"), (3, "lines.amount_minor")}
    assert "three capitals" in answer["refused"][0]["message"]


def test_what_hangs_on_a_refused_order_is_refused_too(api):
    answer = api.post(
        "/orders/batch",
        batch(
            order("A-1", currency="euro"),
            order("R-1", reverses="A-1", is_return=True, lines=[]),
            order("A-2"),
        ),
    ).json()

    assert set(answer["ids"]) == {"A-2"}
    assert {fault["row"] for fault in answer["refused"]} == {0, 1}


def test_all_or_nothing(api):
    answer = api.post(
        "/orders/batch", batch(order("A-1"), order("A-2", currency="euro"), all_or_nothing=True)
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["row"] == 1
    assert not Order.objects.exists()


def test_a_wrong_type_names_row_and_field(api):
    answer = api.post("/orders/batch", batch(order("A-1"), order("A-2", lines=[{"quantity": "x"}])))

    assert answer.status_code == 422
    places = {(fault["row"], fault["field"]) for fault in answer.json()["errors"]}
    assert (1, "orders.lines.quantity") in places
    assert not Order.objects.exists()


def test_a_thousand_orders_go_in_at_once_and_one_more_does_not(api, django_assert_max_num_queries):
    orders = [order(f"A-{number}") for number in range(1001)]

    assert api.post("/orders/batch", batch(*orders)).status_code == 422
    with django_assert_max_num_queries(60):
        answer = api.post("/orders/batch", batch(*orders[:1000]), key="night-1")

    assert answer.json()["added"] == 1000
    assert (OrderLine.objects.count(), Product.objects.count()) == (1000, 1)
    again = api.post("/orders/batch", batch(*orders[:1000]))
    assert again.json()["unchanged"] == 1000


def test_a_thousand_refusals_are_all_told(api):
    orders = [order(f"A-{number}", currency="?") for number in range(1000)]

    answer = api.post("/orders/batch", batch(*orders)).json()

    assert len(answer["refused"]) == 1000
    assert answer["ids"] == {}


def test_the_list_goes_on_to_its_end(api, now, django_assert_max_num_queries):
    customer = CustomerFactory()
    for day in range(7):
        OrderFactory(customer=customer, ordered_at=now + timedelta(days=day))

    pages, cursor = [], ""
    while cursor is not None:
        with django_assert_max_num_queries(6):
            page = api.get("/orders", limit=3, cursor=cursor).json()
        pages.append([row["id"] for row in page["items"]])
        cursor = page["next"]

    assert [len(page) for page in pages] == [3, 3, 1]
    assert [pk for page in pages for pk in page] == sorted(
        Order.objects.values_list("pk", flat=True)
    )


def test_the_list_narrows(api, now):
    mine = OrderFactory(ordered_at=now)
    OrderFactory(ordered_at=now + timedelta(days=1))

    for wish in [
        {"customer_id": mine.customer_id},
        {"external_id": mine.external_id},
        {"until": "2026-03-05T12:00:00Z"},
    ]:
        assert [row["id"] for row in api.get("/orders", **wish).json()["items"]] == [mine.pk]
    assert api.get("/orders", source="no such").json()["items"] == []


def test_colleagues_see_the_order_and_strangers_do_not(owner, colleague, stranger):
    line = OrderLineFactory(order__customer__owner=owner, order__customer__team=owner.team)
    path = f"/orders/{line.order_id}"

    assert ApiClient(owner).get(path).json()["lines"][0]["external_id"] == line.external_id
    assert ApiClient(colleague).get(path).status_code == 200
    assert ApiClient(stranger).get(path).status_code == 404
    assert ApiClient(stranger).get("/orders").json()["items"] == []


def test_costs_are_only_for_those_who_may_see_them(manager, read_only):
    line = OrderLineFactory(cost_minor=700)
    path = f"/orders/{line.order_id}"

    assert ApiClient(manager).get(path).json()["lines"][0]["cost_minor"] == 700
    assert ApiClient(read_only).get(path).json()["lines"][0]["cost_minor"] is None
