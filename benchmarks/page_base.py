"""The large base of `pages.py`, part by part; a part that stands already is left as it is."""

import sys
from datetime import timedelta

from django.core.management import call_command
from django.db import connection

from benchmarks import page_data, page_talks, page_work
from mainstay.value.models import ValueRun

AS_OF = (page_data.START + timedelta(minutes=1_400_000)).date()


def prepare(customers: int, lines_each: int) -> None:
    """See that the database holds the whole base, with the statistics of a nightly job."""
    page_data.quick()
    written = [
        page_data.prepare(customers, lines_each),
        page_talks.fill(customers),
        page_work.fill(customers),
        _valued(),
    ]
    if any(written):
        page_data.settle()
    connection.close()  # pages are measured with the settings of the site


def _valued() -> bool:
    """Compute a value run, as the site does; answer whether there was none."""
    if ValueRun.objects.filter(is_current=True).exclude(timings={}).exists():
        return False
    print("  computing a value run", file=sys.stderr)
    call_command("value", "run", "--as-of", f"{AS_OF:%Y-%m-%d}")
    return True
