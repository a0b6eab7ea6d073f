"""The list of conversations across customers."""

from datetime import datetime
from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mainstay.customers.choices import Channel, Direction, Outcome, Purpose
from mainstay.customers.restriction import withheld
from mainstay.customers.talks import actions, queries
from mainstay.people import permissions
from mainstay.people import queries as people
from mainstay.shared.lists import (
    BulkAction,
    Column,
    DayFilter,
    EmptyState,
    Kind,
    ListDefinition,
    RowFilter,
)


class TalkFilter(django_filters.FilterSet):
    user = RowFilter(
        label=_("Who of us"),
        queryset=lambda request: people.named_owners(),
        null_label=_("nobody"),
    )
    team = RowFilter(
        label=_("Team"), field_name="user__team", queryset=lambda request: people.owning_teams()
    )
    channel = django_filters.ChoiceFilter(label=_("How"), choices=Channel.choices)
    purpose = django_filters.ChoiceFilter(label=_("What it was"), choices=Purpose.choices)
    direction = django_filters.ChoiceFilter(label=_("Who began"), choices=Direction.choices)
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices)
    complaint = django_filters.ChoiceFilter(
        label=_("Complaint"),
        choices=[("open", _("open")), ("settled", _("settled"))],
        method="by_complaint",
    )
    since = DayFilter(label=_("From"), field_name="occurred_at")
    until = DayFilter(label=_("Until"), field_name="occurred_at", last=True)

    def by_complaint(self, rows: Any, name: str, value: str) -> Any:
        """Keep the complaints, those that are open or those that are settled."""
        return queries.of_complaint(rows, value)


def _everything(user: Any) -> bool:
    return permissions.scope(user, "customers.view") == permissions.Scope.ALL


def _archive(*, by: Any, now: datetime, value: str, ids: list[int]) -> str:
    done = actions.archive_many(by=by, now=now, ids=ids)
    text = ngettext("%(n)d conversation archived.", "%(n)d conversations archived.", done)
    return text % {"n": done}


TALKS = ListDefinition(
    key="talks",
    title=_("Conversations"),
    url_name="talks:list",
    search_hint=_("Customer"),
    default_sort="-when",
    base=queries.listed,
    reach=_everything,
    search=queries.found,
    filterset=TalkFilter,
    row_url=lambda pk: reverse("talks:page", args=[pk]),
    export_permission="customers.export",
    **withheld("customer__"),
    bulk_permission="interactions.edit",
    bulk=(
        BulkAction(
            key="archive",
            label=_("Archive"),
            icon="archive",
            field_label="",
            run=_archive,
            choices=lambda user: [("yes", str(_("Take off the timelines")))],
        ),
    ),
    columns=(
        Column(key="subject", label=_("Subject"), path="subject"),
        Column(key="customer", label=_("Customer"), path="customer__name"),
        Column(
            key="when",
            label=_("When"),
            path="occurred_at",
            kind=Kind.MOMENT,
            sort="occurred_at",
            largest_first=True,
        ),
        Column(key="contact", label=_("With"), path="contact__name"),
        Column(
            key="channel",
            label=_("How"),
            path="channel",
            kind=Kind.CHOICE,
            choices=dict(Channel.choices),
        ),
        Column(
            key="purpose",
            label=_("What it was"),
            path="purpose",
            kind=Kind.CHOICE,
            choices=dict(Purpose.choices),
            tones={"complaint": "red", "wish": "violet", "recommendation": "green"},
        ),
        Column(key="user", label=_("Who of us"), path="user__name", kind=Kind.PERSON),
        Column(
            key="direction",
            label=_("Who began"),
            path="direction",
            choices=dict(Direction.choices),
            shown=False,
        ),
        Column(
            key="outcome",
            label=_("Outcome"),
            path="outcome",
            choices=dict(Outcome.choices),
            shown=False,
        ),
        Column(
            key="settled",
            label=_("Complaint settled"),
            path="settled_at",
            kind=Kind.MOMENT,
            shown=False,
        ),
        Column(key="minutes", label=_("Minutes"), path="minutes", kind=Kind.NUMBER, shown=False),
    ),
    empty=EmptyState(
        icon="messages-square",
        title=_("No conversations yet"),
        text=_("Calls, visits and messages are noted on the customer's page."),
        url_name="customers:list",
        label=_("Open the customers"),
    ),
)
