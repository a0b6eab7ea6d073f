"""The page of board packs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from mainstay.shared.jobs import queries as jobs
from mainstay.shared.templatetags.figures import day, moment
from mainstay.value import queries as value
from mainstay.value.presenters.runs import TONES
from mainstay.value.states import RunState

from . import queries


@dataclass(frozen=True)
class Line:
    """A pack of the reader's own."""

    pack: Any
    made: str
    as_of: str
    language: str
    state: str
    tone: str
    reason: str
    job: Any


def page(user: Any, form: Any, *, now: datetime) -> dict[str, Any]:
    lines = [_line(pack, user, now) for pack in queries.packs(user)]
    return {
        "lines": lines,
        "form": form,
        "run": value.current_run(),
        "open": any(line.job for line in lines),
    }


def _line(pack: Any, user: Any, now: datetime) -> Line:
    state, reason = value.outcome(pack, now=now)
    waiting = state in (RunState.WAITING, RunState.RUNNING)
    job = jobs.find(pack.job_id, among=jobs.visible_to(user)) if waiting else None
    return Line(
        pack,
        moment(pack.created_at),
        day(pack.run.as_of),
        dict(settings.LANGUAGES).get(pack.language, pack.language),
        str(state.label),
        TONES.get(state, "neutral"),
        reason,
        job,
    )
