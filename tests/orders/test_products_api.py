"""Products and their categories over the API."""

from typing import Any

import pytest

from mainstay.orders.models import MirrorDebt, Product, ProductCategory
from mainstay.records.models import AuditEvent
from tests.api import ApiClient, is_problem
from tests.factories.orders import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(manager: Any) -> ApiClient:
    return ApiClient(manager)


def batch(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"source": "shop", "products": list(rows)}


def test_products_are_recorded_by_code_and_never_twice(api: ApiClient) -> None:
    rows = [
        {"external_id": "P1", "name": "Mug", "category": "Kitchen", "unit_cost_minor": 250},
        {"external_id": "P2"},
    ]

    first = api.post("/products/batch", batch(*rows)).json()
    again = api.post("/products/batch", batch(*rows)).json()
    dearer = api.post("/products/batch", batch({"external_id": "P1", "unit_cost_minor": 300}))

    assert (first["added"], first["changed"], first["unchanged"]) == (2, 0, 0)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert dearer.json()["changed"] == 1
    mug = api.get(f"/products/{first['ids']['P1']}").json()
    assert (mug["name"], mug["category"], mug["unit_cost_minor"]) == ("Mug", "Kitchen", 300)
    assert mug["version"] == 2
    assert Product.objects.get(external_id="P2").name == "P2"
    assert MirrorDebt.objects.filter(order=None).exists(), "margins are to be computed anew"
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["product.added", "product.added", "product.changed"]


def test_rows_that_do_not_fit_are_refused_one_by_one(api: ApiClient) -> None:
    known = ProductFactory(source__name="shop", external_id="K", unit_cost_minor=5)

    answer = api.post(
        "/products/batch",
        batch(
            {"external_id": "1", "name": "Good"},
            {"external_id": "1", "name": "Twice"},
            {"external_id": " "},
            {"external_id": "2", "unit_cost_minor": -1},
            {"external_id": "3", "category": "x" * 121},
            {"external_id": "K", "name": "Half", "unit_cost_minor": -1},
        ),
    ).json()

    assert answer["ids"].keys() == {"1"}
    assert {fault["row"] for fault in answer["refused"]} == {1, 2, 3, 4, 5}
    known.refresh_from_db()
    assert known.name != "Half"


def test_a_product_is_changed_where_nobody_else_did(api: ApiClient) -> None:
    path = f"/products/{ProductFactory(name='Mug').pk}"

    changed = api.patch(path, {"category": "Kitchen", "unit_cost_minor": 99, "version": 1})

    assert (changed.status_code, changed.json()["category"]) == (200, "Kitchen")
    is_problem(api.patch(path, {"name": "Cup", "version": 1}), 409)
    is_problem(api.patch(path, {"name": ""}), 422)
    assert api.patch(path, {"category": ""}).json()["category"] is None


def test_costs_are_for_those_who_see_money(read_only: Any) -> None:
    product = ProductFactory(unit_cost_minor=99)
    client = ApiClient(read_only)

    assert client.get(f"/products/{product.pk}").json()["unit_cost_minor"] is None
    assert client.get("/products").json()["items"][0]["unit_cost_minor"] is None
    is_problem(client.patch(f"/products/{product.pk}", {"name": "X"}), 403)


def test_the_list_narrows_and_costs_few_queries(
    api: ApiClient, django_assert_max_num_queries: Any
) -> None:
    rows = [{"external_id": f"P{n}", "name": f"Mug {n}", "category": "A"} for n in range(30)]
    api.post("/products/batch", batch(*rows))

    with django_assert_max_num_queries(8):
        page = api.get("/products", limit=20).json()
    assert len(page["items"]) == 20
    assert len(api.get("/products", limit=20, cursor=page["next"]).json()["items"]) == 10
    assert len(api.get("/products", search="mug 7").json()["items"]) == 1
    assert len(api.get("/products", source="shop", external_id="P7").json()["items"]) == 1
    category = ProductCategory.objects.get()
    assert len(api.get("/products", category_id=category.pk, limit=100).json()["items"]) == 30


def test_a_thousand_products_in_few_queries(
    api: ApiClient, django_assert_max_num_queries: Any
) -> None:
    rows = [{"external_id": str(n), "name": f"Product {n}"} for n in range(1000)]

    with django_assert_max_num_queries(60):
        assert api.post("/products/batch", batch(*rows)).json()["added"] == 1000
    dearer = [row | {"unit_cost_minor": 5} for row in rows]
    with django_assert_max_num_queries(80):
        assert api.post("/products/batch", batch(*dearer)).json()["changed"] == 1000


def test_categories_stand_below_one_another_without_circles(api: ApiClient) -> None:
    above = api.post("/categories", {"name": "Kitchen"}).json()
    below = api.post("/categories", {"name": "Mugs", "parent_id": above["id"]}).json()

    assert below["parent_id"] == above["id"]
    body = is_problem(api.patch(f"/categories/{above['id']}", {"parent_id": below["id"]}), 422)
    assert "Mugs" in body["errors"][0]["message"]
    is_problem(api.post("/categories", {"name": "Mugs"}), 422)
    is_problem(api.post("/categories", {"name": "Cups", "parent_id": 10**9}), 422)
    assert api.patch(f"/categories/{below['id']}", {"parent_id": None}).json()["parent_id"] is None
    assert len(api.get("/categories").json()["items"]) == 2
    assert api.get(f"/categories/{above['id']}").json()["name"] == "Kitchen"


def test_the_same_key_writes_once(api: ApiClient) -> None:
    first = api.post("/categories", {"name": "Kitchen"}, key="k1")
    again = api.post("/categories", {"name": "Kitchen"}, key="k1")

    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"
    is_problem(api.post("/categories", {"name": "Other"}, key="k1"), 409)
