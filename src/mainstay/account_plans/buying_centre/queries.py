"""Reads of buying centres; they begin with `workspace.queries.account`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import QuerySet

from mainstay.account_plans import presets as wordings
from mainstay.account_plans.workspace.queries import Account
from mainstay.analysis.accounts import buying_centre as figures
from mainstay.customers import queries as customers
from mainstay.customers.talks import queries as talks

from .models import Influence, Member, Purchase, RoleWording
from .presets import Role, shipped

MOST_MEMBERS = 60
MOST_TALKS = 10_000
YEAR = timedelta(days=365)


def roles() -> list[Role]:
    """Return the roles in use: the shipped ones as the company words them, and its own."""
    return wordings.merged(shipped(), RoleWording.objects.all(), _role)


def _role(row: RoleWording) -> Role:
    return Role(row.key, row.name, row.meaning, row.classic, row.archived_at is not None)


def archived_roles() -> list[RoleWording]:
    return list(RoleWording.objects.exclude(archived_at=None))


def members(customer: int) -> QuerySet[Member]:
    rows = Member.objects.filter(customer=customer, archived_at=None)
    return rows.select_related("contact").order_by("pk")


def former(customer: int) -> QuerySet[Member]:
    rows = Member.objects.filter(customer=customer).exclude(archived_at=None)
    return rows.select_related("contact").order_by("-archived_at")


def member(customer: int, pk: int) -> Member | None:
    return members(customer).filter(pk=pk).first()


def influenced(source: Member) -> list[int]:
    """Return the numbers of those whom this person influences."""
    rows = Influence.objects.filter(source=source, target__archived_at=None)
    return list(rows.order_by("pk").values_list("target", flat=True))


def purchase(customer: int) -> Purchase | None:
    rows = Purchase.objects.filter(customer=customer).select_related("by")
    return rows.order_by("-pk").first()


@dataclass
class Coverage:
    """Who of us spoke with a person in twelve months, how often, and when last at all."""

    times: int
    ours: dict[int, int]
    latest: datetime | None


@dataclass(frozen=True)
class Centre:
    """The buying centre of an account as it stands at the moment."""

    account: Account
    now: datetime
    members: list[Member]
    roles: list[Role]
    influences: list[Influence]
    purchase: Purchase | None

    @cached_property
    def by_number(self) -> dict[int, Member]:
        return {row.pk: row for row in self.members}

    @cached_property
    def _places(self) -> list[tuple[int, int, str, date | None]]:
        """Return contact, customer, its name and the last day, where they work or worked."""
        contacts = [row.contact_id for row in self.members if row.contact_id]
        rows = customers.affiliations_of(self.account.user, contacts)
        return list(rows.values_list("contact", "customer", "customer__name", "to_date"))

    def places(self, row: Member) -> list[str]:
        """Return at which other customers the person works today."""
        today = self.now.date()
        return [
            name
            for contact, customer, name, until in self._places
            if contact == row.contact_id
            and customer != self.account.pk
            and (until is None or until >= today)
        ]

    def left_on(self, row: Member) -> date | None:
        """Return the last day at this customer, if it is over."""
        days = [
            until
            for contact, customer, _name, until in self._places
            if contact == row.contact_id and customer == self.account.pk
        ]
        over = bool(days) and all(day is not None and day < self.now.date() for day in days)
        return max(day for day in days if day) if over else None

    def is_here(self, row: Member) -> bool:
        there = any(c == row.contact_id and n == self.account.pk for c, n, *_ in self._places)
        return there and self.left_on(row) is None

    @cached_property
    def coverage(self) -> dict[int, Coverage]:
        """Return coverage by contact, from the conversations that the user may see."""
        found: dict[int, Coverage] = {}
        for talk in talks.talks_with(self.account.user, self.account.customer, MOST_TALKS):
            for contact in talk.theirs:
                known = found.setdefault(contact, Coverage(0, {}, None))
                known.latest = max(filter(None, (known.latest, talk.at)))
                if talk.at > self.now - YEAR:
                    known.times += 1
                    for user in talk.ours:
                        known.ours[user] = known.ours.get(user, 0) + 1
        return found

    @cached_property
    def classic_of(self) -> dict[str, str]:
        return {role.key: role.classic for role in self.roles}

    @cached_property
    def complexity(self) -> figures.Complexity:
        return figures.complexity(self.purchase.factors if self.purchase else {})

    @cached_property
    def findings(self) -> list[figures.Finding]:
        people = [self._person(row) for row in self.members]
        return figures.findings(people, complexity=self.complexity.word)

    def _person(self, row: Member) -> figures.Person:
        known = self.coverage.get(row.contact_id or 0)
        latest = known.latest if known else None
        return figures.Person(
            key=row.pk,
            roles=frozenset(self.classic_of[key] for key in row.roles if key in self.classic_of),
            influence=row.influence,
            support=row.support,
            reports_to=row.reports_to_id,
            is_here=row.contact_id is None or self.is_here(row),
            is_known=is_known(row),
            days=(self.now - latest).days if latest else None,
            ours=frozenset(known.ours) if known else frozenset(),
            companies=1 + len(self.places(row)),
            contact=row.contact_id,
        )


def is_known(row: Member) -> bool:
    """Answer whether the contact is still there: neither deleted nor put away nor erased."""
    return row.contact is not None and row.contact.archived_at is None


def centre(account: Account, now: datetime) -> Centre:
    """Return the buying centre; everything of it in a handful of queries."""
    rows = list(members(account.pk))
    lines = Influence.objects.filter(
        source__customer=account.pk, source__archived_at=None, target__archived_at=None
    )
    return Centre(account, now, rows, roles(), list(lines.order_by("pk")), purchase(account.pk))


def contacts_to_add(account: Account) -> list[tuple[int, str]]:
    """Return the customer's people who are not in the buying centre yet."""
    there = members(account.pk).exclude(contact=None).values("contact")
    rows = customers.contacts_at(account.customer).exclude(pk__in=there)
    return list(rows.order_by("sort_name", "pk").values_list("pk", "name"))


def position_of(account: Account, contact: int) -> str:
    """Return what the customer's file says of the person's position."""
    rows = customers.affiliations(account.customer).filter(contact=contact)
    return next((row.position for row in rows if row.position), "")
