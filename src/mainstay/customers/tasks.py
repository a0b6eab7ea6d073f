"""Long work on customers."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from mainstay.people import queries as people
from mainstay.shared.jobs import current
from mainstay.shared.lists.selection import numbers

AT_ONCE = 500
TEXTS_AT_ONCE = 2000


@task(title=gettext_lazy("Change many customers"))
def change_many(user_id: int, kind: str, value: str, query: str) -> dict[str, Any]:
    """Make one change to every customer the filter means, five hundred at a time."""
    from mainstay.customers import actions
    from mainstay.customers.lists import CUSTOMERS

    user = people.owners().get(pk=user_id)
    # Safe to repeat: a customer that has the tag or the owner already is left alone.
    ids = numbers(CUSTOMERS, user, query)
    changed = 0
    for start in range(0, len(ids), AT_ONCE):
        current.report(done=start, total=len(ids), text=_("Changing customers"))
        part = ids[start : start + AT_ONCE]
        changed += actions.change_many(
            by=user, now=timezone.now(), kind=kind, value=value, ids=part
        )
    current.report(done=len(ids), total=len(ids))
    return {"changed": changed}


@task(title=gettext_lazy("Let the search know conversations that were imported"))
def read_texts() -> int:
    """Read on until every conversation is known; each part is a transaction of its own."""
    from mainstay.customers import actions

    done = 0
    while count := actions.read_texts(TEXTS_AT_ONCE):
        done += count
        current.report(done=done)
    return done
