"""What runs tell on the timeline of a customer: steps to another class, risks come or gone."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers import timeline
from mainstay.customers.timeline import Asked, Entry, Source
from mainstay.people.permissions import can
from mainstay.value.movements import queries


def publish() -> None:
    timeline.publish(Source(key="value", kind="value", entries=_moves), gettext_lazy("Value"))


def _moves(asked: Asked) -> list[Entry]:
    if not can(asked.user, "value.view"):
        return []
    rows = queries.moves_of(asked.about, user=asked.user)
    return [
        Entry(
            at=row.run.finished_at,
            pk=row.pk,
            icon=_icon(row),
            title=_title(row),
            detail=_("Value as of %(day)s") % {"day": row.run.as_of},
            tone="green" if row.class_steps > 0 or row.risk < 0 else "amber",
        )
        for row in asked.page(rows, "run__finished_at")
    ]


def _icon(row: Any) -> str:
    if row.class_steps:
        return "trending-up" if row.class_steps > 0 else "trending-down"
    return "shield-check" if row.risk < 0 else "shield-alert"


def _title(row: Any) -> str:
    told = []
    if row.class_steps:
        text = _("Rose to class %(name)s") if row.class_steps > 0 else _("Fell to class %(name)s")
        told.append(text % {"name": row.new_class})
    if row.risk:
        told.append(_("No longer at risk") if row.risk < 0 else _("At risk of being lost"))
    return " · ".join(told)
