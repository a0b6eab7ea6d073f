"""What tasks tell on timelines: those that were done."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers import timeline
from mainstay.customers.timeline import Asked, Entry, Source
from mainstay.customers.todo import queries


def publish() -> None:
    source = Source(
        key="tasks",
        kind="tasks",
        entries=_done,
        about=("customers.customer", "customers.contact"),
        filters=frozenset({"person"}),
    )
    timeline.publish(source, gettext_lazy("Tasks"))


def _done(asked: Asked) -> list[Entry]:
    rows = queries.done_about(asked.user, **{asked.about._meta.model_name: asked.about})
    if asked.wish.person:
        rows = rows.filter(done_by=asked.wish.person)
    return [
        Entry(
            at=row.done_at,
            pk=row.pk,
            icon="circle-check",
            title=row.title,
            text=row.notes,
            url=reverse("todo:task", args=[row.pk]),
            detail=_("Done by %(name)s") % {"name": row.done_by or _("somebody")},
            tone="green",
        )
        for row in asked.page(rows, "done_at")
    ]
