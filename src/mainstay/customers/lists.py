"""The customers list and the contacts list."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mainstay.customers import bulk, fields, pages, queries
from mainstay.customers.custom_fields.lists import publications
from mainstay.customers.queries import trees
from mainstay.customers.restriction import withheld
from mainstay.customers.segments.bulk import ACTIONS as SEGMENT_ACTIONS
from mainstay.customers.segments.filtering import SegmentFilter
from mainstay.people import permissions
from mainstay.people import queries as people
from mainstay.shared import countries, search
from mainstay.shared.conditions import Condition, fitting
from mainstay.shared.forms import LongSelect
from mainstay.shared.lists import (
    Column,
    DayFilter,
    EmptyState,
    Kind,
    ListDefinition,
    RelatedDayFilter,
    RelatedFilter,
    RowFilter,
)
from mainstay.shared.lists.filters import Related

KINDS = [("organisation", _("Organisation")), ("person", _("Person"))]
HAS_OWNER = [("yes", _("with an owner")), ("no", _("without an owner"))]


class GroupFilter(Related, django_filters.CharFilter):
    """An organisation by its name, with all that stands below it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("With subsidiaries of"),
            max_length=200,
            help_text=_("the name of the organisation above, as written there"),
            relation=None,
            link="",
            target="",
        )

    def condition(self, value: Any) -> Condition:
        user = self.parent.request.user
        asked = trees.within_named(queries.visible_to(user), value)
        return fitting(queries.everybody().filter(asked), asked)


class CustomerFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=KINDS)
    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=countries.choices, widget=LongSelect
    )
    industry = django_filters.CharFilter(
        label=_("Industry"), lookup_expr="exact", max_length=120, help_text=_("as written there")
    )
    owner = RowFilter(
        label=_("Owner"),
        queryset=lambda request: people.named_owners(),
        null_label=_("nobody"),
    )
    team = RowFilter(label=_("Team"), queryset=lambda request: people.owning_teams())
    in_segment = SegmentFilter()
    group = GroupFilter()
    tag = RelatedFilter(
        label=_("Tag"),
        queryset=lambda request: queries.tags(),
        relation=queries.taggings,
        link="customer",
        target="tag",
    )
    channel = RowFilter(
        label=_("Came by"),
        field_name="acquisition_channel",
        queryset=lambda request: queries.channels(),
        null_label=_("no known channel"),
    )
    campaign = RowFilter(
        label=_("Campaign"),
        field_name="acquisition_campaign",
        queryset=lambda request: queries.campaigns(),
    )
    added_from = DayFilter(label=_("Added from"), field_name="created_at")
    complained_from = RelatedDayFilter(
        label=_("Complained since"),
        relation=lambda: queries.complaints().order_by("-occurred_at", "-pk"),
        link="customer",
        target="occurred_at__gte",
    )


def _hidden(user: Any) -> frozenset[str]:
    names = permissions.kept_from(user, "customers.customer")
    return names | {"tag"} if "tags" in names else names


def _everything(user: Any) -> bool:
    return permissions.scope(user, "customers.view") == permissions.Scope.ALL


CUSTOMERS = ListDefinition(
    key="customers",
    title=_("Customers"),
    url_name="customers:list",
    search_hint=_("Name, e-mail, phone, number, contact"),
    default_sort="name",
    base=queries.listed,
    walk_base=queries.listed_along,
    reach=_everything,
    hidden=_hidden,
    searched=queries.searched,
    search=search.words,
    filterset=CustomerFilter,
    publications=lambda: (*fields.published(), *publications("customer")),
    currency=lambda: people.company().currency,
    row_url=pages.url,
    bulk=(*bulk.ACTIONS, *SEGMENT_ACTIONS),
    bulk_permission="customers.edit",
    export_permission="customers.export",
    **withheld(),
    columns=(
        Column(key="name", label=_("Name"), path="name", sort="sort_name"),
        Column(
            key="kind",
            label=_("Kind"),
            path="kind",
            kind=Kind.CHOICE,
            choices=dict(KINDS),
            tones={"person": "violet"},
            shown=False,
        ),
        Column(key="city", label=_("City"), path="city"),
        Column(key="country", label=_("Country"), path="country", choices=countries.Names()),
        Column(key="industry", label=_("Industry"), path="industry", shown=False),
        Column(key="owner", label=_("Owner"), path="owner__name", kind=Kind.PERSON),
        Column(key="team", label=_("Team"), path="team__name", shown=False),
        Column(key="tags", label=_("Tags"), kind=Kind.TAGS, load=queries.tags_of),
        Column(key="group", label=_("Group"), load=trees.tops_of, shown=False),
        Column(key="email", label=_("E-mail"), path="email", shown=False),
        Column(key="phone", label=_("Phone"), path="phone", shown=False),
        Column(key="channel", label=_("Came by"), path="acquisition_channel__name", shown=False),
        Column(
            key="campaign",
            label=_("Campaign"),
            path="acquisition_campaign__name",
            shown=False,
        ),
        Column(key="tax_number", label=_("Tax number"), path="tax_number", shown=False),
        Column(
            key="added",
            label=_("Added"),
            path="created_at",
            kind=Kind.DAY,
            sort="created_at",
            largest_first=True,
        ),
    ),
    empty=EmptyState(
        icon="users",
        title=_("No customers yet"),
        text=_("Import a file with your customers or orders, or add the first one by hand."),
        url_name="customers:add",
        label=_("Add a customer"),
        permission="customers.edit",
    ),
)

CONTACTS = ListDefinition(
    key="contacts",
    title=_("Contacts"),
    url_name="customers:contacts",
    search_hint=_("Name, e-mail, phone"),
    default_sort="name",
    base=queries.contacts_listed,
    reach=_everything,
    hidden=lambda user: permissions.kept_from(user, "customers.contact"),
    searched=queries.contacts_searched,
    search=search.words,
    publications=lambda: publications("contact"),
    row_url=lambda pk: reverse("customers:contact", args=[pk]),
    bulk=(bulk.MERGE_CONTACTS,),
    bulk_permission="customers.edit",
    export_permission="customers.export",
    **withheld("affiliations__customer__"),
    columns=(
        Column(key="name", label=_("Full name"), path="name", sort="sort_name"),
        Column(key="places", label=_("Works at"), kind=Kind.TAGS, load=queries.places_of),
        Column(key="email", label=_("E-mail"), path="email"),
        Column(key="phone", label=_("Phone"), path="phone"),
        Column(key="language", label=_("Language"), path="language", shown=False),
    ),
    empty=EmptyState(
        icon="contact",
        title=_("No contacts yet"),
        text=_("People are added on the page of the customer they work for."),
        url_name="customers:list",
        label=_("Open the customers"),
    ),
)
