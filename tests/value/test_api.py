import datetime as dt

import pytest

from mainstay.shared.jobs.models import Job
from mainstay.value.models import CustomerValue, RunState, ValueRun
from tests.api import ApiClient
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def run(db):
    return ValueRun.objects.create(
        as_of=DAY, state=RunState.COMPLETE, is_current=True, summary={"n": 2}
    )


@pytest.fixture
def values(run, owner, stranger):
    return [
        CustomerValue.objects.create(
            run=run,
            customer=CustomerFactory(owner=person, team=person.team),
            abc_class=letter,
            revenue_minor=revenue,
            clv_minor=500,
            p_alive=0.25,
        )
        for person, letter, revenue in [(owner, "A", 1000), (stranger, "C", 10)]
    ]


def test_values_of_the_current_run(manager, values, django_assert_max_num_queries):
    api = ApiClient(manager)

    with django_assert_max_num_queries(7):
        page = api.get("/value/customers").json()

    assert [row["customer_id"] for row in page["items"]] == [row.customer_id for row in values]
    assert page["run"]["as_of"] == "2026-03-01"
    assert page["items"][0]["clv_minor"] == 500


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"abc_class": "A"}, [0]),
        ({"min_revenue_minor": 11}, [0]),
        ({"max_p_alive": 0.1}, []),
        ({"limit": 1}, [0]),
    ],
)
def test_values_narrow(manager, values, wish, found):
    items = ApiClient(manager).get("/value/customers", **wish).json()["items"]

    assert [row["customer_id"] for row in items] == [values[i].customer_id for i in found]


def test_values_come_by_clv_page_by_page(manager, read_only, run, values):
    more = [CustomerFactory() for _turn in range(4)]
    for customer, clv in zip(more, (700, 500, None, 20), strict=True):
        CustomerValue.objects.create(run=run, customer=customer, clv_minor=clv)
    api, seen, place = ApiClient(manager), [], {}

    while place is not None:
        page = api.get("/value/customers", sort="-clv", limit=2, **place).json()
        seen += [(row["clv_minor"], row["customer_id"]) for row in page["items"]]
        place = {"cursor": page["next"]} if page["next"] else None

    assert [clv for clv, _number in seen] == [700, 500, 500, 500, 20]
    assert seen == sorted(seen, reverse=True)
    rising = api.get("/value/customers", sort="clv").json()["items"]
    assert [row["customer_id"] for row in rising] == [number for _clv, number in reversed(seen)]
    assert api.get("/value/customers", sort="trend").status_code == 422
    assert ApiClient(read_only).get("/value/customers", sort="clv").status_code == 403


def test_everybody_sees_only_their_own(owner, stranger, values):
    mine, theirs = (row.customer_id for row in values)
    api = ApiClient(owner)

    assert [row["customer_id"] for row in api.get("/value/customers").json()["items"]] == [mine]
    assert api.get(f"/value/customers/{theirs}").status_code == 404
    assert ApiClient(stranger).get(f"/value/customers/{theirs}").status_code == 200


def test_money_is_only_for_those_who_may_see_it(read_only, manager, values):
    path = f"/value/customers/{values[0].customer_id}"

    assert ApiClient(read_only).get(path).json()["clv_minor"] is None
    assert ApiClient(read_only).get(path).json()["revenue_minor"] == 1000
    assert ApiClient(read_only).get("/value/runs/current").json()["summary"] == {}
    assert ApiClient(manager).get("/value/runs/current").json()["summary"] == {"n": 2}


def test_who_may_not_see_value_is_refused(service_agent, values):
    api = ApiClient(service_agent)

    for path in ["/value/customers", "/value/runs", "/value/runs/current", "/value/customers/1"]:
        assert api.get(path).status_code == 403


def test_without_a_run_the_answer_says_what_to_do(manager):
    answer = ApiClient(manager).get("/value/customers")

    assert answer.status_code == 404
    assert "start one" in answer.json()["detail"]


def test_starting_a_run_enqueues_its_job_for_the_asker(analyst, read_only):
    answer = ApiClient(analyst).post("/value/runs", {"as_of": "2026-03-01"}, key="run-1")

    assert answer.status_code == 201
    job = Job.objects.get(pk=answer.json()["job_id"])
    assert job.enqueued_by == str(analyst.pk)
    assert ApiClient(read_only).post("/value/runs", {}).status_code == 403
    assert ApiClient(analyst).post("/value/runs", {"as_of": "2999-01-01"}).status_code == 422
    assert ApiClient(analyst).get(f"/value/runs/{answer.json()['id']}").status_code == 200
