"""Stages in the rules of segments."""

from django.utils.translation import gettext_lazy as _

from mainstay.customers.segments import fields
from mainstay.customers.segments.fields import Field, Kind

from . import queries
from .models import STAGES


def publish() -> None:
    group = _("Lifecycle")
    fields.register(
        Field(
            key="lifecycle.stage",
            label=_("Stage"),
            group=group,
            kind=Kind.CHOICE,
            path="stage",
            rows=queries.standing_rows,
            choices=lambda: list(STAGES),
        ),
        Field(
            key="lifecycle.since",
            label=_("In the stage since"),
            group=group,
            kind=Kind.DAY,
            path="since",
            rows=queries.standing_rows,
        ),
        Field(
            key="lifecycle.changed",
            label=_("Came into a stage"),
            group=group,
            kind=Kind.EVENT,
            path="day",
            rows=queries.change_rows,
            detail="to_stage",
            detail_label=_("which"),
            choices=lambda: list(STAGES),
        ),
    )
