"""The worklist of findings, and what the customers list shows of the quality."""

from datetime import datetime
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mainstay.customers import queries as customers
from mainstay.customers.restriction import withheld
from mainstay.people import permissions
from mainstay.people import queries as people
from mainstay.shared import search
from mainstay.shared.conditions import Condition, fitting
from mainstay.shared.lists import (
    BulkAction,
    Column,
    EmptyState,
    Kind,
    ListDefinition,
    Publication,
    RowFilter,
)

from . import actions, catalogue, queries
from .catalogue import BY_KEY, GROUPS, RULES

STATES = [("open", _("Open")), ("ignored", _("Not an error")), ("fixed", _("Fixed"))]
STATE_TONES = {"open": "amber", "fixed": "green", "ignored": "neutral"}
RULE_CHOICES = [(rule.key, rule.label) for rule in RULES]


class WorklistFilter(django_filters.FilterSet):
    rule = django_filters.ChoiceFilter(label=_("What is wrong"), choices=RULE_CHOICES)
    group = django_filters.ChoiceFilter(
        label=_("Kind of finding"), choices=list(GROUPS.items()), method="of_group"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES)
    assignee = RowFilter(
        label=_("Who sees to it"),
        queryset=lambda request: people.named_owners(),
        null_label=_("nobody"),
    )

    def of_group(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(rule__in=[rule.key for rule in RULES if rule.group == value])


def _search(rows: "QuerySet[Any]", typed: str) -> Condition:
    hits = search.words(customers.everybody(), typed).some(None)
    return fitting(rows.filter(customer__in=hits), search.holding(typed, "customer__search"))


def _everything(user: Any) -> bool:
    return permissions.scope(user, "customers.view") == permissions.Scope.ALL


def _assign(*, by: Any, now: datetime, value: str, ids: list[int]) -> str:
    found = next((user for user in people.owners() if str(user.pk) == value), None)
    if found is None and value:
        raise ValidationError(_("Choose a person from the list."))
    return _told(actions.assign(by=by, now=now, ids=ids, assignee=found))


def _ignore(*, by: Any, now: datetime, value: str, ids: list[int]) -> str:
    return _told(actions.ignore(by=by, now=now, ids=ids, reason=value))


def _told(changed: int) -> str:
    text = ngettext("%(n)d finding changed.", "%(n)d findings changed.", changed)
    return text % {"n": changed}


WORKLIST = ListDefinition(
    key="quality",
    title=_("Worklist"),
    url_name="quality:worklist",
    search_hint=_("Name, e-mail, phone, number, contact"),
    default_sort="-found",
    base=queries.worklist,
    reach=_everything,
    search=_search,
    filterset=WorklistFilter,
    row_url=lambda pk: reverse("quality:finding", args=[pk]),
    bulk=(
        BulkAction(
            key="assign",
            label=_("Assign"),
            icon="user-check",
            field_label=_("Who sees to it"),
            run=_assign,
            filter="assignee",
            nobody=_("nobody"),
        ),
        BulkAction(
            key="ignore",
            label=_("Not an error"),
            icon="circle-slash",
            field_label=_("Why this is no error"),
            run=_ignore,
        ),
    ),
    bulk_permission="customers.edit",
    export_permission="customers.export",
    hidden=lambda user: frozenset({"detail"} if queries.tells_hidden(user) else ()),
    **withheld("customer__"),
    columns=(
        Column(key="customer", label=_("Customer"), path="customer__name"),
        Column(
            key="rule",
            label=_("What is wrong"),
            path="rule",
            kind=Kind.CHOICE,
            choices=dict(RULE_CHOICES),
            tones={key: catalogue.tone(key) for key in BY_KEY},
        ),
        Column(key="detail", label=_("As it stands"), path="detail"),
        Column(key="contact", label=_("Contact"), path="contact__name"),
        Column(key="assignee", label=_("Who sees to it"), path="assignee__name", kind=Kind.PERSON),
        Column(
            key="state",
            label=_("State"),
            path="state",
            kind=Kind.CHOICE,
            choices=dict(STATES),
            tones=STATE_TONES,
        ),
        Column(
            key="found",
            label=_("Found"),
            path="found_at",
            kind=Kind.DAY,
            sort="found_at",
            largest_first=True,
        ),
        Column(key="closed_by", label=_("Decided by"), path="closed_by__name", shown=False),
        Column(key="reason", label=_("Reason"), path="reason", shown=False),
    ),
    empty=EmptyState(
        icon="shield-check",
        title=_("Nothing to see to"),
        text=_("What a check of the file finds stands here, a line for each."),
        url_name="quality:index",
        label=_("Open data quality"),
    ),
)


class QualityFilter(django_filters.FilterSet):
    quality_up_to = django_filters.NumberFilter(
        label=_("Data quality up to"), field_name="score", lookup_expr="lte"
    )
    quality_from = django_filters.NumberFilter(
        label=_("Data quality from"), field_name="score", lookup_expr="gte"
    )


CUSTOMER_QUALITY = Publication(
    key="quality",
    related_name="quality",
    link="customer",
    conditions=lambda: {"score__isnull": False},
    filterset=QualityFilter,
    permission="customers.view",
    columns=(
        Column(
            key="quality",
            label=_("Data quality"),
            path="score",
            kind=Kind.NUMBER,
            sort="score",
            shown=False,
        ),
    ),
)
