"""Stages over the API, on the timeline and from the command line."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from mainstay.customers import timeline
from mainstay.customers.lifecycle.actions.computing import compute
from mainstay.customers.lifecycle.models import StageChange
from mainstay.customers.models import Customer
from mainstay.shared.jobs.models import Job
from tests.api import ApiClient, is_problem
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory, InteractionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PATH = "/customers/{}/stage"


@pytest.fixture
def firma(owner):
    for number in range(25):
        row = CustomerFactory(name=f"Firma {number}", owner=owner, team=owner.team)
        Customer.objects.filter(pk=row.pk).update(created_at=NOW - timedelta(days=800))
        if number < 10:
            InteractionFactory(customer=row, occurred_at=NOW - timedelta(days=700 + number))
    compute(now=NOW)
    return Customer.objects.get(name="Firma 0")


def test_the_funnel_tells_its_numbers_with_intervals(firma, owner, stranger):
    told = ApiClient(owner).get("/lifecycle").json()
    lines = {line["stage"]: line for line in told["stages"]}

    suspect = lines["suspect"]
    assert (suspect["customers"], suspect["entered"], suspect["converted"]) == (15, 25, 10)
    assert suspect["share"] == pytest.approx(0.4)
    assert suspect["share_low"] < 0.4 < suspect["share_high"]
    assert (lines["prospect"]["share"], told["window_months"]) == (None, 12)
    others = ApiClient(stranger).get("/lifecycle").json()["stages"]
    assert {line["customers"] for line in others} == {0}


def test_before_the_first_computation_there_is_no_day(owner):
    told = ApiClient(owner).get("/lifecycle").json()

    assert told["as_of"] is None
    row = CustomerFactory(owner=owner)
    assert ApiClient(owner).get(PATH.format(row.pk)).json()["stage"] is None


def test_a_program_decides_and_ends_the_decision(firma, owner, stranger):
    api, path = ApiClient(owner), PATH.format(firma.pk)
    assert api.get(path).json()["stage"] == "prospect"

    values = {"stage": "member", "reason": "Joined the club"}
    set_ = api.post(path, values, method="put").json()

    assert (set_["stage"], set_["why"], set_["by_hand"]) == ("member", "Joined the club", True)
    assert [step["to_stage"] for step in set_["history"]] == ["member", "prospect", "suspect"]
    assert api.post(path, {}, method="delete").json()["decision"] is None
    late = values | {"until_date": "2020-01-01"}
    assert "over" in is_problem(api.post(path, late, method="put"), 422)["errors"][0]["message"]
    is_problem(ApiClient(stranger).post(path, values, method="put"), 404)


def test_only_who_may_compute_has_it_computed(manager, read_only):
    started = ApiClient(manager).post("/lifecycle/compute", {})

    assert Job.objects.get(pk=started.json()["job_id"]).func.endswith("compute_stages")
    is_problem(ApiClient(read_only).post("/lifecycle/compute", {}), 403)


def test_the_command_says_how_many_stand_where(firma):
    out = StringIO()

    call_command("lifecycle_run", stdout=out)

    assert "25 customers, 0 in another stage" in out.getvalue()
    assert "Prospect: 10" in out.getvalue()


def test_steps_stand_on_the_timeline_once_each_over_pages(firma, owner):
    """A step has a day and no hour; talks of that day come before it, none is told twice."""
    day = (NOW - timedelta(days=700)).date()
    for number in range(30):
        step = {"from_stage": "prospect", "to_stage": "suspect", "reason": "known"}
        StageChange.objects.create(customer=firma, day=day - timedelta(days=number % 3), **step)
        at = NOW - timedelta(days=700 + number % 3, hours=number % 5)
        InteractionFactory(customer=firma, occurred_at=at)
    seen, following = [], ""
    while True:
        entries, following = timeline.page(owner, firma, timeline.decoded(following))
        seen += entries
        if not following:
            break

    steps = [each.pk for each in seen if each.source == "lifecycle"]
    assert sorted(steps) == sorted(firma.stage_changes.values_list("pk", flat=True))
    talks = [each for each in seen if each.source == "talks"]
    assert len(talks) == len({each.pk for each in talks}) == 31
    assert [each.at for each in seen] == sorted((each.at for each in seen), reverse=True)
    assert "Stage: Suspect" in {each.title for each in seen}
