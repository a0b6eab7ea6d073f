"""A job in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared import paging
from mainstay.shared.jobs import queries
from mainstay.shared.jobs.registry import title_of

TONES = {
    "waiting": "neutral",
    "running": "blue",
    "done": "green",
    "cancelled": "neutral",
    "dead": "red",
}


@dataclass(frozen=True)
class JobCard:
    pk: int
    title: str
    state: str
    tone: str
    open: bool
    stopping: bool
    words: str
    detail: str
    done: int
    total: int
    attempts: str
    asked_by: str
    enqueued_at: datetime
    finished_at: datetime | None
    url: str
    can_retry: bool


@dataclass(frozen=True)
class Failure:
    sentence: str
    at: datetime
    worker: str
    traceback: str


def card(job: Any, *, names: dict[str, str] | None = None) -> JobCard:
    return JobCard(
        pk=job.pk,
        title=str(title_of(job.func)),
        state=job.get_state_display(),
        tone=TONES[job.state],
        open=job.is_open,
        stopping=job.is_open and job.cancel_requested,
        words=words(job),
        detail=counted(job),
        done=min(job.done, job.total),
        total=job.total,
        attempts=attempts(job),
        asked_by=(names or {}).get(job.enqueued_by) or _("Mainstay"),
        enqueued_at=job.enqueued_at,
        finished_at=job.finished_at,
        url=reverse("jobs:detail", args=[job.pk]),
        can_retry=job.state in {"dead", "cancelled"},
    )


def words(job: Any) -> str:
    """Say in one sentence how the job stands."""
    if job.state == "waiting" and job.attempts:
        return _("The last attempt failed. The next one starts by itself.")
    if job.state == "running" and job.cancel_requested:
        return _("Stopping …")
    sentences = {
        "waiting": _("Waiting for a worker."),
        "running": job.text or _("Working …"),
        "done": job.text or _("Done."),
        "cancelled": _("Cancelled."),
        "dead": given_up(job),
    }
    return sentences[job.state]


def given_up(job: Any) -> str:
    last = job.failures[-1] if job.failures else {"kind": "error"}
    if last["kind"] == "refused":
        return str(job.error)
    return ngettext(
        "Given up after %(count)d attempt.", "Given up after %(count)d attempts.", job.attempts
    ) % {"count": job.attempts}


def counted(job: Any) -> str:
    if not job.total:
        return number_format(job.done, force_grouping=True) if job.done else ""
    done, total = (number_format(n, force_grouping=True) for n in (job.done, job.total))
    return _("%(done)s of %(total)s") % {"done": done, "total": total}


def attempts(job: Any) -> str:
    if job.attempts == 0:
        return _("Not started yet")
    return _("Attempt %(number)d of %(most)d") % {
        "number": job.attempts,
        "most": job.max_attempts,
    }


def failures(job: Any, *, with_traceback: bool) -> list[Failure]:
    return [
        Failure(
            sentence=_sentence(entry),
            at=datetime.fromisoformat(entry["at"]),
            worker=entry["worker"] if with_traceback else "",
            traceback=entry["traceback"] if with_traceback else "",
        )
        for entry in reversed(job.failures)
    ]


def _sentence(entry: dict[str, Any]) -> str:
    match entry["kind"]:
        case "lost":
            text = _("Attempt %(number)d: the worker stopped in the middle.")
        case "refused":
            text = _("Attempt %(number)d: %(text)s")
        case _:
            text = _("Attempt %(number)d met an error: %(text)s")
    return text % {"number": entry["attempt"], "text": entry["text"] or entry["type"]}


def listing(page: paging.Page[Any], user: Any, wish: queries.Wish) -> dict[str, Any]:
    names = queries.names_of(job.enqueued_by for job in page.rows)
    return {
        "cards": [card(job, names=names) for job in page.rows],
        "wish": wish,
        "states": [("", _("Every state")), ("open", _("Open")), *queries.STATE_LABELS],
        "sees_all": queries.sees_all(user),
        "next_url": _address(wish, page.next),
        "previous_url": _address(wish, page.previous),
    }


def _address(wish: queries.Wish, cursor: str) -> str:
    if not cursor:
        return ""
    given = {"of": "all" if wish.everybody else "", "state": wish.state, "cursor": cursor}
    return "?" + urlencode({name: value for name, value in given.items() if value})


def one(job: Any, user: Any) -> dict[str, Any]:
    names = queries.names_of([job.enqueued_by])
    return {
        "job": job,
        "card": card(job, names=names),
        "failures": failures(job, with_traceback=queries.sees_all(user)),
    }
