"""Undoing many customers in the background, and forgetting what is too old to undo."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from . import actions, queries


@task(title=_("Undo a change of many customers"))
def undo_change(number: int) -> dict[str, int]:
    change = queries.by_number(number)
    actions.undo_all(by=change.undone_by, now=timezone.now(), change=change)
    change.refresh_from_db()
    return {"undone": change.undone_count}


@task(title=_("Forget old changes of many customers"))
def forget_old_changes() -> int:
    return actions.forget_old_changes(now=timezone.now())
