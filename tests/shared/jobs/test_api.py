import pytest

from mainstay.shared.jobs.models import Job, State
from tests.api import ApiClient

from . import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return Job.objects.get(pk=sample.trip.using(by=owner).enqueue().id)


def test_the_owner_follows_and_cancels(owner, job):
    api = ApiClient(owner)

    assert api.get(f"/jobs/{job.pk}").json()["words"] == "Waiting for a worker."
    assert [row["title"] for row in api.get("/jobs", state="open").json()["items"]] == ["Trip over"]
    assert api.post(f"/jobs/{job.pk}/cancel").json()["state"] == "cancelled"
    assert api.post(f"/jobs/{job.pk}/retry").json()["state"] == "waiting"
    assert api.get("/jobs", state="dead").json()["items"] == []
    assert api.get("/jobs", state="odd").status_code == 422


def test_strangers_do_not(stranger, job):
    api = ApiClient(stranger)

    assert api.get("/jobs").json()["items"] == []
    for answer in [api.get(f"/jobs/{job.pk}"), api.post(f"/jobs/{job.pk}/cancel")]:
        assert answer.status_code == 404
    job.refresh_from_db()
    assert job.state == State.WAITING
