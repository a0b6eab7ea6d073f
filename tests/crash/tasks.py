"""Work for worker processes that are killed in the middle."""

import os
import signal
import time
from pathlib import Path

from django_tasks import task

from mainstay.shared.jobs import current


def fence() -> int:
    lease = current._lease.get()
    assert lease
    return lease.fence


@task(max_attempts=50)
def work(number: int, diary: str) -> int:
    """Take a moment in four steps, resume at the last, note each finished run."""
    for step in range(current.resumed().get("step", 0), 4):
        time.sleep(0.02)
        current.checkpoint({"step": step + 1})
        current.report(done=step + 1, total=4)
    with Path(diary).open("a") as file:
        file.write(f"{number}\n")
    return fence()


@task(max_attempts=50)
def endless() -> None:
    while True:
        time.sleep(0.05)
        current.report(text="Still here")


@task(max_attempts=3)
def poison() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
