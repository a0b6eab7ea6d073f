"""What can be done to many customers at once, as the list offers it."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mainstay.customers import actions, tasks
from mainstay.customers.custom_fields.filling import FillForm
from mainstay.customers.merging import pages as merging
from mainstay.shared.lists import BulkAction


def _run(kind: str) -> Any:
    def run(*, by: Any, now: datetime, value: str, ids: list[int]) -> str:
        changed = actions.change_many(by=by, now=now, kind=kind, value=value, ids=ids)
        text = ngettext("%(n)d customer changed.", "%(n)d customers changed.", changed)
        return format_html(
            '{} <a href="{}">{}</a>', text % {"n": changed}, reverse("customers:changes"), _undo()
        )

    return run


def _undo() -> str:
    return gettext("Undo…")


def _enqueue(kind: str) -> Any:
    def enqueue(*, by: Any, now: datetime, value: str, query: str) -> str:
        actions.check_bulk(by=by, kind=kind, value=value)
        job = tasks.change_many.using(by=by).enqueue(
            user_id=by.pk, kind=kind, value=value, query=query
        )
        return reverse("jobs:detail", args=[job.id])

    return enqueue


MERGE = BulkAction(
    key="merge", label=_("Merge"), icon="merge", opens=partial(merging.address, "customer")
)
FIELD = BulkAction(
    key="field",
    label=_("Fill in a field"),
    icon="text-cursor-input",
    form=FillForm,
    run=_run("field"),
    enqueue=_enqueue("field"),
)
MERGE_CONTACTS = replace(MERGE, opens=partial(merging.address, "contact"))
ACTIONS = (
    MERGE,
    BulkAction(
        key="tag",
        label=_("Tag"),
        icon="tag",
        field_label=_("Tag to add"),
        run=_run("tag"),
        enqueue=_enqueue("tag"),
    ),
    BulkAction(
        key="untag",
        label=_("Untag"),
        icon="tags",
        field_label=_("Tag to take off"),
        run=_run("untag"),
        enqueue=_enqueue("untag"),
    ),
    BulkAction(
        key="owner",
        label=_("Owner"),
        icon="user-round-cog",
        field_label=_("New owner"),
        filter="owner",
        nobody=_("nobody"),
        run=_run("owner"),
        enqueue=_enqueue("owner"),
    ),
    BulkAction(
        key="team",
        label=_("Team"),
        icon="users-round",
        field_label=_("New team"),
        filter="team",
        nobody=_("no team"),
        run=_run("team"),
        enqueue=_enqueue("team"),
    ),
    FIELD,
)
