"""The queue's own housekeeping."""

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.shared import fts5
from mainstay.shared.jobs import actions


@task(title=_("Forget old jobs"))
def forget_old() -> int:
    # The API's libraries cost a second at start, which no other job needs.
    from mainstay.shared.rest.actions import forget_answers

    now = timezone.now()
    return actions.forget_old(now=now) + forget_answers(now=now)


@task(title=_("Keep searches quick"))
def keep_quick() -> int:
    """Do what PostgreSQL does by itself: put what was written lately in order for those who read.

    SQLite's search index is a heap of segments, each asked for every word, until they are merged.
    """
    if connection.vendor != "sqlite":
        return 0
    return fts5.merge(connection, above=fts5.FEW_SEGMENTS)
