import pytest

from mainstay.shared.jobs import worker
from mainstay.shared.jobs.models import Job, State

from . import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return Job.objects.get(pk=sample.trip.using(by=owner).enqueue().id)


def run():
    worker.Worker(pace=worker.Pace(backoff_seconds=-1)).drain()


def addresses(job):
    return [f"/jobs/{job.pk}/", f"/jobs/{job.pk}/progress/"]


def test_the_owner_sees_the_job(signed_in, owner, job):
    client = signed_in(owner)

    assert "Trip over" in client.get("/jobs/").content.decode()
    for address in addresses(job):
        assert "Waiting for a worker." in client.get(address).content.decode()


def test_others_see_nothing_of_it(signed_in, stranger, colleague, job):
    for person in [stranger, colleague]:
        client = signed_in(person)
        assert "Trip over" not in client.get("/jobs/?of=all").content.decode()
        for address in addresses(job):
            assert client.get(address).status_code == 404
        for deed in ["cancel", "retry"]:
            assert client.post(f"/jobs/{job.pk}/{deed}/").status_code == 404
    job.refresh_from_db()
    assert job.state == State.WAITING


def test_an_administrator_sees_everybodys_jobs(signed_in, administrator, owner, job):
    client = signed_in(administrator)

    assert "Trip over" not in client.get("/jobs/").content.decode()
    page = client.get("/jobs/?of=all").content.decode()
    assert "Trip over" in page
    assert owner.name in page


def test_progress_is_polled_until_the_job_ends(signed_in, owner, job):
    client = signed_in(owner)

    waiting = client.get(f"/jobs/{job.pk}/progress/")
    run()
    ended = client.get(f"/jobs/{job.pk}/progress/")

    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    assert "hx-trigger" not in ended.content.decode()
    assert "Given up after 3 attempts." in ended.content.decode()
    assert ended["HX-Trigger"] == "job-finished"


def test_cancel_and_try_again(signed_in, owner, job):
    client = signed_in(owner)

    client.post(f"/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == State.CANCELLED

    client.post(f"/jobs/{job.pk}/retry/")
    job.refresh_from_db()
    assert job.state == State.WAITING


def test_a_get_changes_nothing(signed_in, owner, job):
    assert signed_in(owner).get(f"/jobs/{job.pk}/cancel/").status_code == 405


def test_failures_are_sentences_and_only_administrators_see_the_trace(
    signed_in, owner, administrator, job
):
    run()

    mine = signed_in(owner).get(f"/jobs/{job.pk}/").content.decode()
    theirs = signed_in(administrator).get(f"/jobs/{job.pk}/").content.decode()

    assert "Attempt 3 met an error: Row 7 is crooked" in mine
    assert "Traceback" not in mine
    assert "Traceback" in theirs


@pytest.mark.parametrize("number", ["0", "999", "9" * 30, "x", "１２"])
def test_an_unknown_number_is_not_found(signed_in, owner, number):
    assert signed_in(owner).get(f"/jobs/{number}/").status_code == 404


def test_the_list_goes_on(signed_in, owner, django_assert_max_num_queries):
    Job.objects.bulk_create(
        Job(func=sample.add.module_path, enqueued_by=str(owner.pk)) for _ in range(120)
    )
    client = signed_in(owner)

    with django_assert_max_num_queries(6):
        first = client.get("/jobs/")
    second = client.get("/jobs/" + first.context["next_url"])
    third = client.get("/jobs/" + second.context["next_url"])

    sizes = [len(page.context["cards"]) for page in (first, second, third)]
    assert sizes == [50, 50, 20]
    assert third.context["next_url"] == ""
    back = client.get("/jobs/" + third.context["previous_url"])
    assert [card.pk for card in back.context["cards"]] == [
        card.pk for card in second.context["cards"]
    ]
    assert client.get("/jobs/?cursor=rubbish").status_code == 400
