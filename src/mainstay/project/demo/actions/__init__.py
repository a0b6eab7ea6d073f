"""Make the demo company, all of it or nothing."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mainstay.customers.duplicates.models import Scan
from mainstay.customers.lifecycle.models import Snapshot
from mainstay.customers.models import Customer
from mainstay.customers.segments.models import Segment
from mainstay.orders.actions import owe_everything
from mainstay.people.actions import change_company
from mainstay.people.models import Role, User
from mainstay.project.demo import world
from mainstay.project.demo.actions import (
    account_plans,
    answers,
    capture,
    channels,
    costs,
    customer_base,
    follow_ups,
    key_accounts,
    key_people,
    key_relations,
    mails,
    merges,
    own_fields,
    portal,
    privacy,
    quality,
    relations,
    reviews,
    segments,
    staff,
    trade,
    wallets,
)
from mainstay.records.actions import record
from mainstay.value.models import ValueRun

COMPANY = {"name": "Kotwica Wholesale", "currency": "EUR", "time_zone": "Europe/Warsaw"}
LARGEST = 500_000


class CannotMakeDemo(Exception):
    """The demo company cannot be made; the message says why."""


def is_empty() -> bool:
    """Answer whether there are no customers yet, so that a demo mixes with nothing."""
    return not Customer.objects.exists()


def is_made() -> bool:
    """Answer whether the demo's people are here."""
    return User.objects.filter(email=staff.sign_in_of(Role.ADMINISTRATOR)).exists()


def is_valued() -> bool:
    return ValueRun.objects.filter(is_current=True).exists()


def is_segmented() -> bool:
    return Segment.objects.exists()


@transaction.atomic
def segment_customers(*, now: datetime) -> None:
    """Keep segments of the valued customers, with a quarter of history."""
    segments.load(now=now)


def has_key_accounts() -> bool:
    return key_accounts.is_made()


@transaction.atomic
def choose_key_accounts(*, now: datetime) -> None:
    """Compare the largest customers by what was valued, choose key accounts, plan for them."""
    key_accounts.load(now=now)
    key_relations.load(now=now)
    key_people.load(now=now)
    account_plans.load(now=now)
    portal.load(now=now)
    reviews.load(now=now)


def is_staged() -> bool:
    return Snapshot.objects.exists()


def stage_customers(*, now: datetime) -> None:
    """Say in which stage of the lifecycle each customer stands."""
    from mainstay.customers.lifecycle.actions.computing import compute

    compute(now=now)


def is_searched() -> bool:
    return Scan.objects.exists()


def find_duplicates(*, now: datetime) -> None:
    """Look for the customers that a clerk typed in twice."""
    merges.search(now=now)


@transaction.atomic
def make_company(*, size: int, seed: int, password: str, now: datetime) -> world.World:
    """Draw a company as of today and write it: staff, customers, catalogue, orders, talks."""
    if not 1 <= size <= LARGEST:
        raise CannotMakeDemo(f"{size} organisations; ask for 1 to {LARGEST:,}.")
    if not is_empty():
        raise CannotMakeDemo(
            "There are customers here already, and a demo would mix with them. "
            "Name an empty folder: MAINSTAY_DATA_DIR=…"
        )
    zone = ZoneInfo(COMPANY["time_zone"])
    drawn = world.draw(size=size, seed=seed, today=now.astimezone(zone).date())
    company = change_company(by=None, now=now, **COMPANY)
    people = staff.add(password=password, now=now)
    keys = customer_base.load(drawn, people, now)
    trade.load(drawn, keys.customers, zone, now)
    wallets.load(seed=seed, today=now.astimezone(zone).date(), now=now)
    costs.load(drawn, keys.customers, seed, now)
    channels.load(drawn, keys.customers, seed, now)
    relations.load(drawn, keys.customers, seed=seed, by=people.service, now=now)
    answers.load(seed=seed, by=people.service, now=now)
    quality.load(seed=seed, now=now)
    privacy.load(seed=seed, by=people.service, now=now)
    capture.load(seed=seed, by=None, agent=people.service, now=now)
    today = now.astimezone(zone).date()
    own_fields.load(seed=seed, today=today, now=now)
    merges.load(drawn, keys.customers, now)
    follow_ups.load(seed=seed, now=now)
    mails.load(now=now)
    owe_everything()
    facts = {"seed": seed, "customers": len(drawn.companies), "orders": len(drawn.orders)}
    record(by=None, verb="demo.made", target=company, new=facts, now=now)
    return drawn
