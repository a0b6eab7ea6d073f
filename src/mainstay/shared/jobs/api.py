"""Jobs over the API: follow, cancel, try again."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from mainstay.shared.jobs import actions, presenters, queries
from mainstay.shared.jobs.registry import title_of
from mainstay.shared.rest.limits import KEY, Listing, Number
from mainstay.shared.rest.operations import found, needs, page_of, writes

router = Router()


class JobOut(Schema):
    id: int
    title: str
    state: str
    words: str
    done: int
    total: int
    attempts: int
    max_attempts: int
    cancel_requested: bool
    enqueued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @staticmethod
    def resolve_title(row: Any) -> str:
        return str(title_of(row.func))

    @staticmethod
    def resolve_words(row: Any) -> str:
        return presenters.words(row)


class JobPage(Schema):
    items: list[JobOut]
    next: str | None


class JobListing(Listing):
    state: Literal["", "waiting", "running", "done", "cancelled", "dead", "open"] = ""


@router.get("", response=JobPage)
@needs("jobs:read")
def list_jobs(request: HttpRequest, wish: Query[JobListing]) -> Any:
    """List jobs, the latest first: one's own, everybody's for administrators."""
    wanted = queries.Wish(everybody=True, state=wish.state)
    return page_of(queries.listed(request.user, wanted), wish, order=("-id",))


@router.get("/{job_id}", response=JobOut)
@needs("jobs:read")
def get_job(request: HttpRequest, job_id: Number) -> Any:
    """Read how a job stands."""
    return _job(request, job_id)


@router.post("/{job_id}/cancel", response={200: JobOut})
@needs("jobs:write")
@writes
def cancel_job(request: HttpRequest, job_id: Number, idempotency_key: str | None = KEY) -> Any:
    """Cancel a job: a waiting one at once, a running one at its next report."""
    actions.cancel(by=request.user, job=_job(request, job_id), now=timezone.now())
    return Status(200, JobOut.from_orm(_job(request, job_id)))


@router.post("/{job_id}/retry", response={200: JobOut})
@needs("jobs:write")
@writes
def retry_job(request: HttpRequest, job_id: Number, idempotency_key: str | None = KEY) -> Any:
    """Put a job that was given up or cancelled back into the queue."""
    actions.retry(by=request.user, job=_job(request, job_id), now=timezone.now())
    return Status(200, JobOut.from_orm(_job(request, job_id)))


def _job(request: HttpRequest, number: int) -> Any:
    return found(queries.visible_to(request.user).filter(pk=number).first())
