"""Reads of the board: all accounts that the user may see, in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from mainstay.account_plans.action_plans.models import PlannedAction
from mainstay.account_plans.buying_centre import queries as buying_centre
from mainstay.account_plans.buying_centre.models import Member
from mainstay.account_plans.certainty import queries as certainty
from mainstay.account_plans.plan.choices import State
from mainstay.account_plans.plan.models import PlanVersion
from mainstay.account_plans.relationship import queries as relationship
from mainstay.account_plans.relationship.choices import Side
from mainstay.account_plans.reviews import queries as reviews
from mainstay.account_plans.selection import queries as selection
from mainstay.analysis.accounts import buying_centre as figures
from mainstay.customers import queries as customers
from mainstay.customers.queries.complaints import open_complaints
from mainstay.value import queries as value
from mainstay.value.gaps import queries as gaps

from . import rules

MONTH = timedelta(days=rules.MONTH_DAYS)
Judged = dict[tuple[int, str], certainty.Judged]  # by service and kind


@dataclass(frozen=True)
class Planned:
    """An action of an account, as far as the board shows it."""

    task: int
    title: str
    due: date | None
    who: str
    done_at: datetime | None


@dataclass(frozen=True)
class Row:
    """All that the board tells of one account."""

    key: Any
    worth: Any = None  # what the current run says
    worth_then: Any = None
    gap: Any = None
    certainty: Judged = field(default_factory=dict)
    certainty_then: Judged = field(default_factory=dict)
    relation: relationship.Closeness | None = None
    people: int = 0
    gaps: tuple[str, ...] = ()  # kinds
    talked_at: datetime | None = None
    complaints: int = 0
    actions: tuple[Planned, ...] = ()
    planned: int = 0
    review: dict[str, Any] = field(default_factory=dict)
    approved_at: datetime | None = None

    @property
    def customer(self) -> Any:
        return self.key.customer

    @property
    def name(self) -> str:
        """Return the name by which the account is put in order."""
        return str(self.customer.sort_name)

    @cached_property
    def open(self) -> list[Planned]:
        """Return the open actions, the most urgent first, those without a day last."""
        still = [each for each in self.actions if each.done_at is None]
        return sorted(still, key=lambda each: (each.due is None, each.due or date.max, each.task))

    @cached_property
    def moved(self) -> tuple[int, int]:
        """Return how many certainties fell and rose within the month."""
        pairs = [
            (self.certainty_then[place].present, now.present)
            for place, now in self.certainty.items()
            if place in self.certainty_then
        ]
        known = [(before, now) for before, now in pairs if before and now]
        return sum(b > n for b, n in known), sum(b < n for b, n in known)


@dataclass(frozen=True)
class Board:
    rows: list[Row]
    run: Any
    run_then: Any
    now: datetime

    @cached_property
    def today(self) -> date:
        return timezone.localdate(self.now)


def owners(user: Any) -> list[tuple[int, str]]:
    """Return who looks after a key account that the user may see, by name."""
    rows = selection.key_accounts(user).filter(customer__owner__isnull=False)
    named = rows.order_by("customer__owner__name", "customer__owner")
    return list(named.values_list("customer__owner", "customer__owner__name").distinct())


def board(user: Any, now: datetime, *, owner: int | None = None) -> Board:
    """Return the accounts with all that is known of them; the number of queries is fixed."""
    seen = selection.key_accounts(user)
    keys = list(seen.filter(customer__owner=owner) if owner else seen)
    numbers = [key.customer_id for key in keys]
    run = value.current_run()
    then = value.run_as_of(run, timezone.localdate(now) - MONTH) if run else None
    told = _told(user, numbers, now)
    told["worth"] = _worth(run, numbers, user)
    told["worth_then"] = _worth(then, numbers, user)
    rows = [
        Row(key, **{name: by[n] for name, by in told.items() if n in by})
        for n, key in zip(numbers, keys, strict=True)
    ]
    return Board(rows, run, then, now)


def _worth(run: Any, numbers: list[int], user: Any) -> dict[int, Any]:
    if run is None:
        return {}
    rows = value.values_in(run, user=user).filter(customer__in=numbers)
    return {row.customer_id: row for row in rows}


def _told(user: Any, numbers: list[int], now: datetime) -> dict[str, dict[int, Any]]:
    """Return each field of a row by customer."""
    today = timezone.localdate(now)
    known = gaps.gaps_seen_by(user).filter(customer__in=numbers, category__isnull=True)
    talks = customers.interactions_listed(user).filter(customer__in=numbers).order_by()
    spoken = talks.exclude(channel="note").exclude(outcome="missed")
    unsettled = talks.filter(pk__in=open_complaints().values("pk"))
    approved = PlanVersion.objects.filter(customer__in=numbers, state=State.APPROVED)
    actions, planned = _actions(numbers, now)
    people, kinds = _people(user, numbers, today)
    return {
        "gap": {row.customer_id: row for row in known},
        "certainty": certainty.levels(numbers),
        "certainty_then": certainty.levels(numbers, until=today - MONTH),
        "relation": relationship.closeness_of(numbers, Side.OURS),
        "people": people,
        "gaps": kinds,
        "talked_at": _pairs(spoken, Max("occurred_at")),
        "complaints": _pairs(unsettled, Count("pk")),
        "actions": actions,
        "planned": planned,
        "review": reviews.rhythm(numbers),
        "approved_at": _pairs(approved, Max("decided_at")),
    }


def _pairs(rows: Any, found: Any) -> dict[int, Any]:
    """Return a figure by customer."""
    return dict(rows.values("customer").annotate(f=found).order_by().values_list("customer", "f"))


def _actions(numbers: list[int], now: datetime) -> tuple[dict[int, Any], dict[int, int]]:
    """Return what is open or was done within the month, and how many actions there are in all."""
    every = PlannedAction.objects.filter(customer__in=numbers).exclude(task__state="cancelled")
    rows = every.filter(Q(task__state="open") | Q(task__done_at__gte=now - MONTH))
    names = ("task", "task__title", "task__due_date", "task__assignee__name", "task__done_at")
    found: dict[int, tuple[Planned, ...]] = {}
    for customer, task, title, due, who, done in rows.values_list("customer", *names):
        found[customer] = (*found.get(customer, ()), Planned(task, title, due, who or "", done))
    return found, _pairs(every, Count("pk"))


def _people(
    user: Any, numbers: list[int], today: date
) -> tuple[dict[int, int], dict[int, tuple[str, ...]]]:
    """Return how many people of the buying centre are known, and the kinds of gaps in it."""
    rows = Member.objects.filter(customer__in=numbers, archived_at=None).select_related("contact")
    needed = ("customer", "contact__archived_at", "roles", "influence", "support")
    members = list(rows.order_by("pk").only(*needed))
    classic = {role.key: role.classic for role in buying_centre.roles()}
    places = customers.affiliations_of(user, [row.contact_id for row in members if row.contact_id])
    now_at = places.filter(Q(to_date=None) | Q(to_date__gte=today))
    here = set(now_at.values_list("contact", "customer"))
    by_customer: dict[int, list[figures.Person]] = {number: [] for number in numbers}
    for row in members:
        person = figures.Person(
            key=row.pk,
            roles=frozenset(classic[key] for key in row.roles if key in classic),
            influence=row.influence,
            support=row.support,
            is_here=row.contact_id is None or (row.contact_id, row.customer_id) in here,
            is_known=buying_centre.is_known(row),
            contact=row.contact_id,
        )
        by_customer[row.customer_id].append(person)
    told = rules.GRAVE | rules.SERIOUS
    kinds = {
        number: tuple(each.kind for each in figures.findings(people) if each.kind in told)
        for number, people in by_customer.items()
    }
    return {number: len(people) for number, people in by_customer.items()}, kinds
