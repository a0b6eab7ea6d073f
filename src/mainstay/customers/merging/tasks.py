"""Merging by rule, and undoing it, in the background."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.customers.merging import actions, queries


@task(title=_("Merge duplicates by rule"))
def merge_by_rule(number: int) -> dict[str, int]:
    return {"merged": actions.by_rule.run(batch=queries.batch(number), now=timezone.now())}


@task(title=_("Undo merging by rule"))
def undo_batch(number: int) -> dict[str, int]:
    batch = queries.batch(number)
    return actions.by_rule.undo_all(by=batch.undone_by, batch=batch, now=timezone.now())


@task(title=_("Move what came to merged records since"))
def settle() -> int:
    return actions.settle()
