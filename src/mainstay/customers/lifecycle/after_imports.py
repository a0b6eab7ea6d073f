"""Stages follow what an import brought, and the import's page says so."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.customers.imports.followers import Remark, follow
from mainstay.people.permissions import can
from mainstay.shared.jobs import queries as jobs

from . import queries, tasks

KINDS = ("customers", "orders")


def publish() -> None:
    for kind in KINDS:
        follow(kind, done=compute, said=said)


def compute(imported: Any, now: datetime) -> None:
    """Have stages computed anew if the import changed anything; one job serves several imports."""
    if _brought(imported) and not jobs.is_waiting(tasks.compute_stages.module_path):
        tasks.compute_stages.using(by=imported.started_by).enqueue()


def said(imported: Any, user: Any) -> Remark | None:
    if not _brought(imported):
        return None
    latest = queries.latest()
    if latest is None or latest.made_at < imported.finished_at:
        return Remark(_("Mainstay brings customers into the stages that follow from this import."))
    url = reverse("lifecycle:funnel") if user is not None and can(user, "customers.view") else ""
    text = _("Since this import the stages of customers were computed anew.")
    return Remark(text, _("Look at the lifecycle"), url)


def _brought(imported: Any) -> bool:
    return any(
        counts.get(what) for counts in imported.counts.values() for what in ("new", "changed")
    )
