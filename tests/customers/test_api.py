import pytest

from mainstay.customers.models import Customer
from mainstay.records.models import AuditEvent
from tests.api import ApiClient
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(manager):
    return ApiClient(manager)


def batch(*rows, source="shop"):
    return {"source": source, "customers": list(rows)}


def test_a_customer_is_added_read_and_changed(api):
    added = api.post("/customers", {"name": "Łęcki", "country": "pl", "email": "A@Łęcki.pl"})
    path = f"/customers/{added.json()['id']}"

    assert added.status_code == 201
    assert api.get(path).json() == added.json()
    changed = api.patch(path, {"city": "Łódź", "version": 1})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert changed.json()["name"] == "Łęcki"
    assert api.patch(path, {"city": "Kraków", "version": 1}).status_code == 409
    assert Customer.objects.get().city == "Łódź"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "A", "email": "nobody"}, "email"),
        ({"name": "A", "country": "Poland!"}, "country"),
        ({"name": "A", "founded_year": 0}, "founded_year"),
        ({"name": "A", "kind": "ghost"}, "kind"),
        ({"name": "x" * 201}, "name"),
        ({"name": None}, "name"),
        ({"name": "A", "owner": 1}, "owner"),
    ],
)
def test_what_does_not_fit_names_the_field(api, values, field):
    answer = api.post("/customers", values)

    assert answer.status_code == 422
    assert field in {fault["field"] for fault in answer.json()["errors"]}
    assert not Customer.objects.exists()


def test_a_batch_adds_changes_and_leaves_alone(api):
    rows = [{"external_id": "7", "name": "Seven"}, {"external_id": "8", "name": "Eight"}]

    first = api.post("/customers/batch", batch(*rows)).json()
    second = api.post(
        "/customers/batch",
        batch(rows[0], rows[1] | {"city": "Łódź"}, {"external_id": "9", "name": "Nine"}),
    ).json()

    assert (first["added"], first["changed"], first["unchanged"]) == (2, 0, 0)
    assert (second["added"], second["changed"], second["unchanged"]) == (1, 1, 1)
    assert second["ids"].keys() == {"7", "8", "9"}
    assert second["ids"]["8"] == first["ids"]["8"]
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["customer.added"] * 3 + ["customer.changed"]
    found = api.get("/customers", search="lodz").json()["items"]
    assert [row["references"][0]["external_id"] for row in found] == ["8"]


def test_rows_that_do_not_fit_are_refused_one_by_one(api):
    answer = api.post(
        "/customers/batch",
        batch(
            {"external_id": "1", "name": "Good"},
            {"external_id": "2", "name": "Bad", "email": "nobody"},
            {"external_id": "1", "name": "Twice"},
            {"external_id": " ", "name": "Nameless"},
            {"external_id": "3"},
        ),
    ).json()

    assert answer["ids"].keys() == {"1"}
    assert sorted(fault["row"] for fault in answer["refused"]) == [1, 2, 3, 4]
    assert Customer.objects.get().name == "Good"


def test_a_thousand_customers_in_few_queries(api, django_assert_max_num_queries):
    rows = [{"external_id": str(n), "name": f"Customer {n}"} for n in range(1000)]

    with django_assert_max_num_queries(80):
        assert api.post("/customers/batch", batch(*rows)).json()["added"] == 1000
    with django_assert_max_num_queries(120):
        changed = [row | {"city": "Gdańsk"} for row in rows]
        assert api.post("/customers/batch", batch(*changed)).json()["changed"] == 1000


def test_a_reference_out_of_reach_is_not_changed_nor_doubled(owner, stranger):
    row = {"external_id": "7", "name": "Seven"}
    ApiClient(owner).post("/customers/batch", batch(row))

    answer = ApiClient(stranger).post("/customers/batch", batch(row | {"name": "Mine"})).json()

    assert "not yours" in answer["refused"][0]["message"]
    assert Customer.objects.get().name == "Seven"


def test_strangers_neither_see_nor_change(owner, colleague, stranger):
    customer = CustomerFactory(owner=owner, team=owner.team)
    path = f"/customers/{customer.pk}"

    assert ApiClient(colleague).get(path).status_code == 200
    for answer in [ApiClient(stranger).get(path), ApiClient(stranger).patch(path, {"city": "X"})]:
        assert answer.status_code == 404
    assert ApiClient(stranger).get("/customers").json()["items"] == []


def test_the_list_narrows_and_costs_few_queries(api, django_assert_max_num_queries):
    api.post("/customers/batch", batch(*({"external_id": str(n), "name": "N"} for n in range(30))))

    with django_assert_max_num_queries(8):
        page = api.get("/customers", limit=20).json()
    assert len(page["items"]) == 20
    one = api.get("/customers", source="shop", external_id="7").json()["items"]
    assert len(one) == 1
    assert api.get("/customers", updated_since="2199-01-01T00:00:00Z").json()["items"] == []


# -- what hangs on a customer


def test_parent_owner_team_and_tags_are_written_and_read(api, owner):
    above = api.post("/customers", {"name": "Harrow Group"}).json()

    made = api.post(
        "/customers",
        {
            "name": "Harrow & Sons",
            "parent_id": above["id"],
            "owner": owner.email.upper(),
            "tags": ["fair", " key "],
        },
    ).json()
    path = f"/customers/{made['id']}"

    assert (made["parent_id"], made["owner"], made["team"]) == (
        above["id"],
        owner.email,
        owner.team.name,
    )
    assert made["tags"] == ["fair", "key"]
    for wish in ({"parent_id": above["id"]}, {"owner": owner.email}, {"tag": "key"}):
        assert [row["id"] for row in api.get("/customers", **wish).json()["items"]] == [made["id"]]
    bare = api.patch(path, {"parent_id": None, "owner": None, "team": None, "tags": []}).json()
    assert (bare["parent_id"], bare["owner"], bare["team"], bare["tags"]) == (None, None, None, [])
    assert api.patch(path, {"archived": True}).json()["archived_at"]
    assert api.patch(path, {"archived": False}).json()["archived_at"] is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"owner": "nobody@nowhere.example"}, "owner"),
        ({"team": "No such team"}, "team"),
        ({"parent_id": 10**12}, "parent_id"),
        ({"tags": ["x" * 61]}, "tags"),
        ({"tags": ["x"] * 101}, "tags"),
    ],
)
def test_what_is_named_but_not_there_is_refused(api, values, field):
    answer = api.post("/customers", {"name": "A"} | values)

    assert answer.status_code == 422
    assert field in {fault["field"] for fault in answer.json()["errors"]}
    assert not Customer.objects.exists()


def test_a_customer_may_be_given_out_of_ones_own_reach(owner, stranger):
    customer = CustomerFactory(owner=owner, team=owner.team)
    client, path = ApiClient(owner), f"/customers/{customer.pk}"

    given = client.patch(path, {"owner": stranger.email})

    assert (given.status_code, given.json()["owner"]) == (200, stranger.email)
    assert client.get(path).status_code == 404
    assert ApiClient(stranger).get(path).status_code == 200


def test_parents_of_strangers_are_not_named(owner, stranger):
    above = CustomerFactory(owner=stranger, team=stranger.team)

    answer = ApiClient(owner).post("/customers", {"name": "A", "parent_id": above.pk})

    assert answer.status_code == 422


def test_a_batch_ties_parents_owners_and_tags(api, owner):
    rows = [
        {"external_id": "below", "name": "Below", "parent": "above", "tags": ["b", "a"]},
        {"external_id": "above", "name": "Above", "owner": owner.email},
    ]

    first = api.post("/customers/batch", batch(*rows)).json()
    again = api.post("/customers/batch", batch(*rows)).json()
    untagged = api.post("/customers/batch", batch(rows[0] | {"tags": []})).json()

    assert (first["added"], first["changed"], first["refused"]) == (2, 0, [])
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert (untagged["changed"], untagged["unchanged"]) == (1, 0)
    below = api.get(f"/customers/{first['ids']['below']}").json()
    assert (below["parent_id"], below["tags"]) == (first["ids"]["above"], [])
    assert Customer.objects.get(name="Above").owner == owner


def test_a_tie_that_does_not_fit_is_told_and_the_customer_recorded(api):
    api.post("/customers/batch", batch({"external_id": "p", "name": "P", "kind": "person"}))

    answer = api.post(
        "/customers/batch",
        batch(
            {"external_id": "1", "name": "One", "parent": "2"},
            {"external_id": "2", "name": "Two", "parent": "1"},
            {"external_id": "3", "name": "Three", "parent": "nobody"},
            {"external_id": "4", "name": "Four", "parent": "p"},
            {"external_id": "5", "name": "Five", "tags": ["x" * 61]},
            {"external_id": "6", "name": "Six", "owner": "nobody@nowhere.example"},
        ),
    ).json()

    assert answer["added"] == 5
    told = {(fault["row"], fault["field"]) for fault in answer["refused"]}
    assert told == {(1, "parent"), (2, "parent"), (3, "parent"), (4, "tags"), (5, "owner")}
