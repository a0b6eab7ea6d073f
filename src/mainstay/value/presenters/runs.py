"""One run: its progress while it is computed, its reason when it failed, its figures after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.people.permissions import can
from mainstay.shared.jobs import queries as jobs
from mainstay.shared.templatetags.figures import NOTHING, moment, number, percent
from mainstay.value import queries
from mainstay.value.models import RunState, ValueRun

from .sentences import translated

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
    state: str
    tone: str
    open: bool
    reason: str
    facts: list[tuple[str, str]]
    timings: list[tuple[str, str]]


def run(found: ValueRun, *, user: Any, now: datetime) -> RunPage:
    """Return the page of a run; its job is shown to whoever may see jobs of others or own it."""
    state, reason = queries.outcome(found, now=now)
    job = jobs.find(found.job_id, among=jobs.visible_to(user)) if found.job_id else None
    return RunPage(
        run=found,
        job=job,
        state=str(state.label),
        tone=TONES.get(state, "neutral"),
        open=state in (RunState.WAITING, RunState.RUNNING),
        reason=translated(reason),
        facts=[fact for fact in _facts(found, money=can(user, "money.view")) if fact[1]],
        timings=[(_timing(p), f"{number(s, 1)} s") for p, s in found.timings.items()],
    )


def rows(found: Iterable[ValueRun], *, now: datetime) -> list[tuple[ValueRun, str, str]]:
    """Return the runs, each with its state in words and its tone."""
    states = [(run, queries.outcome(run, now=now)[0]) for run in found]
    return [(run, str(state.label), TONES.get(state, "neutral")) for run, state in states]


def _facts(run: ValueRun, *, money: bool) -> list[tuple[str, str]]:
    policy = run.parameters
    counts = run.summary.get("counts", {})
    own = run.source_url == settings.MIRROR_URL
    facts = [
        (_("Order lines from"), _("this site's orders") if own else run.source_url),
        (_("Customers named as in"), run.source_name),
        (_("Started by"), str(run.started_by or "")),
        (_("Started"), moment(run.created_at)),
        (_("Done"), moment(run.finished_at) if run.finished_at else ""),
        (_("Customers"), number(run.customer_count)),
        (_("Order lines"), number(counts["lines"]) if "lines" in counts else ""),
        (_("Customers not in the base"), number(counts.get("unknown_customers") or None)),
        (_("Processing restricted"), number(counts.get("restricted_customers") or None)),
        (_("Time zone"), str(policy["time_zone"])),
        (_("ABC classes end at"), f"{percent(policy['abc_a'])} · {percent(policy['abc_b'])}"),
        (_("Fingerprint of the input"), run.fingerprint[:16]),
    ]
    if money:
        looks = ngettext("%(n)s month", "%(n)s months", policy["horizon_months"])
        ahead = looks % {"n": policy["horizon_months"]}
        facts.insert(10, (_("Lifetime value looks ahead"), ahead))
        facts.insert(11, (_("Discount rate a year"), percent(policy["discount_rate"], 1)))
    return [fact for fact in facts if fact[1] != NOTHING]


def _timing(part: str) -> str:
    names = {
        "mirror": _("Bringing order lines up to date"),
        "match": _("Matching customers"),
        "value": _("Valuing customers"),
        "store": _("Storing customers"),
        "relations": _("Following lost and new customers"),
        "compare": _("Comparing with the run before"),
    }
    return names.get(part, part)
