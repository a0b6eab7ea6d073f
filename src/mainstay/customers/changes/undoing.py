"""Undoing at once, or as a job where the customers are many."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from . import actions, tasks
from .models import ManyChange

FEW = 2000


@transaction.atomic
def undo(*, by: Any, now: datetime, change: ManyChange) -> str:
    """Undo the change and return the address that shows how it went."""
    actions.begin_undo(by=by, now=now, change=change)
    if change.customer_count > FEW:
        job = tasks.undo_change.using(by=by).enqueue(number=change.pk)
        return reverse("jobs:detail", args=[job.id])
    actions.undo_all(by=by, now=now, change=change)
    return reverse("customers:change", args=[change.pk])
