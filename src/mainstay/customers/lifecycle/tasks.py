"""Computing stages in the background: every day, and after imports."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task


@task(title=_("Compute the stages of customers"))
def compute_stages() -> dict[str, Any]:
    # Its libraries cost a second at start, which only a worker that computes needs.
    from .actions.computing import compute

    snapshot = compute(now=timezone.now())
    return {"customers": snapshot.customers, "changed": snapshot.changed}
