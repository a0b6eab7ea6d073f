"""Workers are killed with `kill -9`, the whole group at once; no job may be lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from mainstay.shared.jobs import actions
from mainstay.shared.jobs.models import Job, State

from . import tasks

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
JOBS, KILLS, WORKERS = 60, 9, 2
LEASE_SECONDS = 1.5
PATIENCE_SECONDS = 60


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user, password = quote(settings["USER"]), quote(settings["PASSWORD"])
    place = f"{settings['HOST']}:{settings['PORT'] or 5432}"
    return f"postgresql://{user}:{password}@{place}/{settings['NAME']}"


class Group:
    """Worker processes that start, and die, together."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, count: int) -> None:
        self.processes += [start_worker() for _number in range(count)]

    def alive(self) -> list[subprocess.Popen[bytes]]:
        self.processes = [process for process in self.processes if process.poll() is None]
        return self.processes

    def kill(self) -> None:
        for process in self.alive():
            process.kill()
        for process in self.processes:
            process.wait()
        self.processes = []


def start_worker() -> subprocess.Popen[bytes]:
    pace = ["--lease", str(LEASE_SECONDS), "--backoff", "0.05", "--poll", "0.05"]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "worker", *pace],
        env=os.environ | {"MAINSTAY_DATABASE_URL": database_url(), "PYTHONPATH": path},
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def workers() -> Iterator[Group]:
    group = Group()
    yield group
    group.kill()


def wait_for(happened: Callable[[], Any], meanwhile: Callable[[], Any] = lambda: None) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end, list(Job.objects.open().values("func", "state", "attempts"))
        meanwhile()
        time.sleep(0.05)


def count_of(state: State) -> int:
    return Job.objects.filter(state=state).count()


def test_no_job_is_lost_when_all_workers_are_killed_again_and_again(
    workers: Group, tmp_path: Path
) -> None:
    diary = tmp_path / "diary"
    for number in range(JOBS):
        tasks.work.enqueue(number, str(diary))
    endless = int(tasks.endless.using(priority=10).enqueue().id)
    poison = int(tasks.poison.using(priority=-10).enqueue().id)

    for _kill in range(KILLS):
        before = count_of(State.DONE)
        workers.start(WORKERS)
        wait_for(lambda before=before: count_of(State.DONE) >= before + 4)
        workers.kill()
    actions.cancel(by=None, job=Job.objects.get(pk=endless), now=timezone.now())
    wait_for(
        lambda: not Job.objects.open().exists(),
        meanwhile=lambda: workers.start(WORKERS - len(workers.alive())),
    )

    done = Job.objects.filter(func=tasks.work.module_path, state=State.DONE)
    assert done.count() == JOBS
    assert {int(line) for line in diary.read_text().split()} == set(range(JOBS))
    # The run that finished a job is the one that held its last fence: nobody finished it twice.
    assert [job for job in done if job.result != job.fence] == []
    assert Job.objects.get(pk=endless).state == State.CANCELLED
    assert Job.objects.get(pk=poison).state == State.DEAD
    assert Job.objects.get(pk=poison).attempts == 3
    assert max(done.values_list("attempts", flat=True)) > 1


def test_a_worker_keeps_a_job_beyond_its_lease_and_hands_it_back_when_told_to_stop(
    workers: Group,
) -> None:
    tasks.endless.enqueue()
    workers.start(WORKERS)
    endless = Job.objects.filter(func=tasks.endless.module_path)
    wait_for(lambda: endless.filter(text="Still here").exists())
    time.sleep(LEASE_SECONDS * 2)
    assert endless.get().attempts == 1

    for process in workers.processes:
        process.send_signal(signal.SIGTERM)

    codes = [process.wait(timeout=PATIENCE_SECONDS) for process in workers.processes]
    assert codes == [0, 0]
    job = endless.get()
    assert (job.state, job.attempts, job.text) == (State.WAITING, 0, "Still here")
