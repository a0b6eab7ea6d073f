"""The worklist: customers that lose money, the largest loss first, with what was decided."""

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
from mainstay.shared.lists import BulkAction, Column, EmptyState, Kind, ListDefinition, RowFilter

from . import actions, queries, words
from .forms import STATES
from .words import STATE_TONES, TREATMENT_TONES, TREATMENTS


class WorklistFilter(django_filters.FilterSet):
    treatment = django_filters.ChoiceFilter(label=_("Suggestion"), choices=list(TREATMENTS.items()))
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="by_state")
    assignee = RowFilter(
        label=_("Who sees to it"),
        field_name="customer__treatment_decision__assignee",
        queryset=lambda request: people.named_owners(),
    )

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(queries.in_state(value))


def _search(rows: "QuerySet[Any]", typed: str) -> Condition:
    hits = search.words(customers.everybody(), typed).some(None)
    return fitting(rows.filter(customer__in=hits), search.holding(typed, "customer__search"))


def _everything(user: Any) -> bool:
    return permissions.scope(user, "customers.view") == permissions.Scope.ALL


def _run(name: str) -> Any:
    def run(*, by: Any, now: datetime, value: str, ids: list[int]) -> str:
        values = {name: _chosen(name, value)}
        changed = actions.decide_many(by=by, now=now, ids=ids, values=values)
        text = ngettext("%(n)d customer changed.", "%(n)d customers changed.", changed)
        return text % {"n": changed}

    return run


def _chosen(name: str, value: str) -> Any:
    if name == "state":
        if value not in dict(_bulk_states(None)):
            raise ValidationError(_("Choose a state from the list."))
        return value
    found = next((user for user in people.owners() if str(user.pk) == value), None)
    if found is None and value:
        raise ValidationError(_("Choose a person from the list."))
    return found


def _bulk_states(user: Any) -> list[tuple[str, str]]:
    """Return the states that need no reason of their own."""
    return [(key, str(label)) for key, label in STATES if key != "declined"]


def _advice(ids: list[int]) -> dict[int, str]:
    return {pk: words.treatment(kind, change) for pk, kind, change in queries.advice(ids)}


WORKLIST = ListDefinition(
    key="worklist",
    title=_("Unprofitable customers"),
    url_name="value:worklist",
    search_hint=_("Name, e-mail, phone, number, contact"),
    default_sort="loss",
    base=queries.worklist,
    reach=_everything,
    search=_search,
    filterset=WorklistFilter,
    currency=lambda: people.company().currency,
    row_url=lambda pk: reverse("value:treat", args=[pk]),
    bulk=(
        BulkAction(
            key="state",
            label=_("Set the state"),
            icon="circle-check",
            field_label=_("State"),
            run=_run("state"),
            choices=_bulk_states,
        ),
        BulkAction(
            key="assign",
            label=_("Assign"),
            icon="user-check",
            field_label=_("Who sees to it"),
            run=_run("assignee"),
            filter="assignee",
            nobody=_("nobody"),
        ),
    ),
    bulk_permission="customers.edit",
    export_permission="customers.export",
    **withheld("customer__"),
    columns=(
        Column(key="name", label=_("Name"), path="customer__name"),
        Column(key="advice", label=_("Suggestion"), load=_advice),
        Column(
            key="loss", label=_("Net profit"), path="net_profit_minor", kind=Kind.MONEY,
            sort="net_profit_minor",
        ),
        Column(
            key="service", label=_("Cost to serve"), path="cost_to_serve_minor", kind=Kind.MONEY,
            sort="cost_to_serve_minor", largest_first=True,
        ),
        Column(key="sales", label=_("Sales in 12 months"), path="revenue_minor", kind=Kind.MONEY),
        Column(
            key="margin", label=_("Margin in 12 months"), path="margin_minor", kind=Kind.MONEY,
            shown=False,
        ),
        Column(
            key="state", label=_("State"), kind=Kind.CHOICE, choices=dict(STATES),
            tones=STATE_TONES, load=queries.states_of,
        ),
        Column(
            key="assignee", label=_("Who sees to it"),
            path="customer__treatment_decision__assignee__name", kind=Kind.PERSON,
        ),
        Column(
            key="kind", label=_("Kind of suggestion"), path="treatment", kind=Kind.CHOICE,
            choices=TREATMENTS, tones=TREATMENT_TONES, shown=False,
        ),
        Column(
            key="note", label=_("Note"), path="customer__treatment_decision__note", shown=False
        ),
    ),
    empty=EmptyState(
        icon="scale",
        title=_("Nobody loses money"),
        text=_("Customers whose net profit is below zero stand here once costs are computed."),
    ),
)  # fmt: skip
