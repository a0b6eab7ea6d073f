"""What a job may say and ask while it runs: `current.report(...)`, `current.checkpoint(...)`.

Outside a job every function does nothing, so an action can be called from the command line too.
"""

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mainstay.shared.jobs.actions.leases import Lease

_lease: "ContextVar[Lease | None]" = ContextVar("lease", default=None)


class JobStopped(Exception):
    """The job must end here; code that catches everything lets this one pass."""


class JobCancelled(JobStopped):
    """The user asked for this job to stop."""


class LeaseLost(JobStopped):
    """Another worker owns this job now: everything not yet committed must be dropped."""


class WorkerStopping(JobStopped):
    """The worker is shutting down; the job goes back to the queue and resumes elsewhere."""


class JobRefused(Exception):
    """The job can never succeed; its text is the sentence for the user, and there is no retry."""


def report(*, done: int | None = None, total: int | None = None, text: str | None = None) -> None:
    """Show progress; raises JobCancelled or LeaseLost when the job must stop."""
    if lease := _lease.get():
        lease.report(done=done, total=total, text=text)


def checkpoint(data: dict[str, Any]) -> None:
    """Keep where the job is, in the caller's transaction: written with the work or not at all."""
    if lease := _lease.get():
        lease.keep(data)


def resumed() -> dict[str, Any]:
    """Return the last checkpoint of an earlier attempt, {} at the first start."""
    lease = _lease.get()
    return dict(lease.checkpoint) if lease else {}


def job_id() -> int | None:
    """Return the number of the running job, None outside a job."""
    lease = _lease.get()
    return lease.pk if lease else None
