"""What stages tell on the timeline of a customer: each step, on its day."""

from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers import timeline
from mainstay.customers.timeline import Asked, Entry, Source

from . import queries
from .labels import label
from .presenters import reason_of
from .rules import ASIDE

MOST_A_DAY = 50


def publish() -> None:
    source = Source(key="lifecycle", kind="lifecycle", entries=_steps)
    timeline.publish(source, gettext_lazy("Lifecycle"))


def _steps(asked: Asked) -> list[Entry]:
    """Return the steps; they have a day and no hour, so they stand at its beginning."""
    rows = queries.history_of(asked.about)
    if asked.below is not None:
        rows = rows.filter(day__lte=timezone.localtime(asked.below.at).date())
    entries = [_entry(row) for row in rows[: asked.size + MOST_A_DAY]]
    return [each for each in entries if _is_below(asked, each)][: asked.size + 1]


def _entry(row: Any) -> Entry:
    return Entry(
        at=timezone.make_aware(datetime.combine(row.day, time.min)),
        pk=row.pk,
        icon="milestone",
        title=_("Stage: %(stage)s") % {"stage": label(row.to_stage)},
        text=reason_of(row),
        url=reverse("lifecycle:customer", args=[row.customer_id]),
        detail=row.by_name,
        tone="amber" if row.to_stage in ASIDE else "green",
    )


def _is_below(asked: Asked, entry: Entry) -> bool:
    below = asked.below
    if below is None or entry.at != below.at:
        return below is None or entry.at < below.at
    if asked.source != below.source:
        return asked.source > below.source
    return entry.pk < below.pk
