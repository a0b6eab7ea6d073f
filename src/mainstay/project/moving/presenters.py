"""The page of exports of everything."""

from dataclasses import dataclass
from typing import Any

from mainstay.shared.jobs import queries as jobs

from . import queries
from .choices import State
from .tables import TABLES

TONES = {State.COMPLETE: "good", State.FAILED: "bad", State.WAITING: "info"}


@dataclass(frozen=True)
class Line:
    export: Any
    state: str
    tone: str
    ready: bool
    job: Any


def page(user: Any, form: Any) -> dict[str, Any]:
    lines = [_line(export, user) for export in queries.latest(user)]
    return {
        "lines": lines,
        "form": form,
        "open": any(line.job for line in lines),
        "tables": len(TABLES),
    }


def _line(export: Any, user: Any) -> Line:
    state = queries.outcome(export)
    job = jobs.find(export.job_id, among=jobs.visible_to(user)) if state == State.WAITING else None
    tone = TONES.get(state, "neutral")
    return Line(export, str(state.label), tone, state == State.COMPLETE, job)


def file_name(export: Any) -> str:
    return f"mainstay-{export.created_at:%Y-%m-%d}-{export.pk}.zip"
