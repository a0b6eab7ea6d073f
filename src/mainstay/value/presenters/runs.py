"""One run: its progress while it is computed, its reason when it failed, its figures after."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mainstay.shared.jobs import queries as jobs
from mainstay.shared.templatetags.figures import number
from mainstay.value.models import RunState, ValueRun

TONES = {
    RunState.COMPLETE: "green",
    RunState.FAILED: "red",
    RunState.RUNNING: "sky",
    RunState.WAITING: "amber",
}


@dataclass(frozen=True)
class RunPage:
    """What the page of a run shows."""

    run: ValueRun
    job: Any
    tone: str
    facts: list[tuple[str, str]]


def run(found: ValueRun, *, user: Any) -> RunPage:
    """Return the page of a run; its job is shown to whoever may see jobs of others or own it."""
    facts = [
        (_("Source"), found.source_url),
        (_("Customers"), number(found.customer_count)),
        (_("Fingerprint of the input"), found.fingerprint),
    ]
    facts += [(_timing(part), f"{number(s, 1)} s") for part, s in found.timings.items()]
    job = jobs.find(found.job_id, among=jobs.visible_to(user)) if found.job_id else None
    return RunPage(found, job, TONES.get(RunState(found.state), "neutral"), facts)


def _timing(part: str) -> str:
    names = {"value": _("Time to value"), "store": _("Time to store")}
    return names.get(part, part)
