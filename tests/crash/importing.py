"""Import and write in processes that are killed at any moment, until the import is done.

python -m tests.crash.importing NUMBER KILLS DIARY: this process imports the program once and forks
an importer and a writer again and again, so that a kill costs no start.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

import django


def importer(number: int) -> None:
    from django.utils import timezone

    from mainstay.customers.imports import kinds, process
    from mainstay.orders.imports import orders_work

    # Small pieces, so that kills fall between and into many transactions.
    kinds.LINES_AT_ONCE = 500
    orders_work.LINES_IN_A_PIECE = 500
    process.run(number=number, now=timezone.now())


def writer(diary: Path, attempt: int) -> None:
    """Add customers one by one; a name goes into the diary once the site has said yes."""
    from django.utils import timezone

    from mainstay.customers.actions import add_customer

    with diary.open("a") as acknowledged:
        for count in range(1000):
            name = f"Acknowledged {attempt}-{count}"
            add_customer(by=None, now=timezone.now(), values={"name": name})
            acknowledged.write(name + "\n")
            acknowledged.flush()
            time.sleep(0.02)


def forked(work, *arguments: object) -> int:
    if pid := os.fork():
        return pid
    os.setpgid(0, 0)
    try:
        work(*arguments)
    finally:
        os._exit(0)


def main() -> None:
    number, kills, diary = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    django.setup()
    import pyarrow.csv
    import pyarrow.parquet  # noqa: F401

    import mainstay.customers.imports.process  # noqa: F401

    chance = random.Random(7)
    for attempt in range(kills):
        pids = [forked(importer, number), forked(writer, diary, attempt)]
        time.sleep(chance.uniform(0.05, 0.8))
        for pid in pids:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    os.waitpid(forked(importer, number), 0)


if __name__ == "__main__":
    main()
