"""The worklist of farewell: whom the rules propose, the largest loss first."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.customers.restriction import withheld
from mainstay.people import permissions
from mainstay.people import queries as people
from mainstay.shared import search
from mainstay.shared.conditions import Condition, fitting
from mainstay.shared.lists import Column, EmptyState, Kind, ListDefinition

from . import queries
from .forms import DECISIONS

TONES = {"keep": "green", "terms": "amber", "goodbye": "red", "later": "sky"}


class FarewellFilter(django_filters.FilterSet):
    decision = django_filters.ChoiceFilter(
        label=_("Decision"),
        choices=[*DECISIONS, ("open", _("not decided yet"))],
        method="by_decision",
    )

    def by_decision(self, rows: Any, name: str, value: str) -> Any:
        if value == "open":
            return rows.filter(customer__farewell_decision=None)
        return rows.filter(customer__farewell_decision__decision=value)


def _base(user: Any) -> "QuerySet[Any]":
    return queries.worklist(user, now=timezone.now())


def _search(rows: "QuerySet[Any]", typed: str) -> Condition:
    hits = search.words(customers.everybody(), typed).some(None)
    return fitting(rows.filter(customer__in=hits), search.holding(typed, "customer__search"))


def _lifetime(place: int) -> Any:
    return lambda ids: {pk: found[place] for pk, found in queries.lifetime(ids).items()}


def _money(key: str, label: Any, **wishes: Any) -> Column:
    return Column(key=key, label=label, kind=Kind.MONEY, **wishes)


WORKLIST = ListDefinition(
    key="farewell",
    title=_("Farewell"),
    url_name="farewell:worklist",
    search_hint=_("Name, e-mail, phone, number, contact"),
    default_sort="net",
    base=_base,
    reach=lambda user: permissions.scope(user, "customers.view") == permissions.Scope.ALL,
    search=_search,
    filterset=FarewellFilter,
    currency=lambda: people.company().currency,
    row_url=lambda pk: reverse("farewell:proposal", args=[pk]),
    export_permission="customers.export",
    **withheld("customer__"),
    columns=(
        Column(key="name", label=_("Name"), path="customer__name"),
        _money("net", _("Net profit"), path="net_profit_minor", sort="net_profit_minor"),
        _money("service", _("Cost to serve"), path="cost_to_serve_minor"),
        _money("sales", _("Sales in 12 months"), path="revenue_minor"),
        _money("clv", _("CLV"), load=_lifetime(0)),
        _money("low", _("CLV at least"), load=_lifetime(1), shown=False),
        _money("high", _("CLV at most"), load=_lifetime(2)),
        Column(
            key="decision", label=_("Decision"), path="customer__farewell_decision__decision",
            kind=Kind.CHOICE, choices=dict(DECISIONS), tones=TONES,
        ),
        Column(
            key="decided", label=_("Decided on"), path="customer__farewell_decision__decided_on",
            kind=Kind.DAY,
        ),
        Column(
            key="reason", label=_("Reason"), path="customer__farewell_decision__reason",
            shown=False,
        ),
    ),
    empty=EmptyState(
        icon="door-open",
        title=_("Nobody is proposed"),
        text=_("Customers whom a rule proposes and nothing spares stand here, to be decided on."),
    ),
)  # fmt: skip
