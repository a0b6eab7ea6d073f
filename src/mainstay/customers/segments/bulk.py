"""What the customers list can do with segments: put the ticked on a fixed list, or take off."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.shared.lists import BulkAction
from mainstay.shared.numbers import row_number

from . import actions, queries


def _chosen(by: Any, value: str) -> Any:
    found = queries.fillable(by).filter(pk=row_number(value) or 0).first()
    if found is None:
        raise ValidationError(_("Choose a fixed list; make one on the page “Segments” first."))
    return found


def _run(way: str) -> Any:
    def run(*, by: Any, now: datetime, value: str, ids: list[int]) -> str:
        segment = _chosen(by, value)
        change = actions.add_members if way == "add" else actions.remove_members
        n = change(by=by, now=now, segment=segment, ids=ids)
        said = (
            ngettext("%(n)d customer put on “%(name)s”.", "%(n)d customers put on “%(name)s”.", n)
            if way == "add"
            else ngettext(
                "%(n)d customer taken off “%(name)s”.", "%(n)d customers taken off “%(name)s”.", n
            )
        )
        return said % {"n": n, "name": segment}

    return run


def _enqueue(way: str) -> Any:
    def enqueue(*, by: Any, now: datetime, value: str, query: str) -> str:
        from .tasks import fill  # it asks the list, which offers these

        segment = _chosen(by, value)
        job = fill.using(by=by).enqueue(user_id=by.pk, number=segment.pk, way=way, query=query)
        return reverse("jobs:detail", args=[job.id])

    return enqueue


def _action(way: str, label: Any, icon: str) -> BulkAction:
    return BulkAction(
        key=f"segment-{way}",
        label=label,
        icon=icon,
        field_label=gettext_lazy("Fixed list"),
        run=_run(way),
        enqueue=_enqueue(way),
        filter="in_segment",
        fits=lambda row: row.kind == "static",
        nobody=gettext_lazy("Choose a list"),
    )


ACTIONS = (
    _action("add", gettext_lazy("Put on a list"), "list-plus"),
    _action("remove", gettext_lazy("Take off a list"), "list-minus"),
)
