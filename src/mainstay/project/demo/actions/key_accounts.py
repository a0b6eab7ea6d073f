"""A selection of key accounts by the demo's manager: twelve compared, five chosen."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum

from mainstay.account_plans.selection import actions, queries
from mainstay.account_plans.selection.choices import Nature
from mainstay.account_plans.selection.models import Criterion, Selection
from mainstay.customers.models import Customer
from mainstay.people.models import Role, User
from mainstay.project.demo.actions.staff import sign_in_of

NAME, CHOSEN = "Key accounts for next year", 5
QUARTER = timedelta(days=91)
# Image, know-how, network; then the three gates: of each candidate, the largest first.
GIVEN: tuple[tuple[float, ...], ...] = (
    (9, 7, 8, 1, 1, 1),
    (6, 4, 5, 1, 1, 1),
    (8, 9, 6, 1, 1, 1),
    (3, 2, 2, 1, 0, 1),
    (7, 8, 9, 1, 1, 1),
    (5, 6, 3, 1, 1, 1),
    (9, 3, 7, 1, 1, 0),
    (4, 5, 6, 1, 1, 1),
    (8, 6, 9, 1, 1, 1),
    (2, 3, 4, 0, 1, 1),
    (6, 7, 5, 1, 1, 1),
    (5, 4, 8, 1, 1, 1),
)
NOTES = (
    "Others in the trade look at whom they buy from.",
    "Their engineers show us how they measure wear.",
    "Two subsidiaries abroad that we do not serve yet.",
    "Wants what we want to be known for.",
    "We can give them a team without taking it from others.",
    "Keeps what is agreed, and says early what goes wrong.",
)
REFUSALS = {
    3: "Would need a second shift in the warehouse.",
    6: "Asks for drawings, then puts them out to tender.",
    9: "Buys by price alone and is leaving our markets.",
}
# What was thought a quarter ago where it has changed since: (candidate, criterion, rating then).
EARLIER = ((0, 0, 6.0), (4, 2, 4.0), (8, 0, 5.0))


def load(*, now: datetime) -> None:
    """Compare the largest candidates, keep a ranking of a quarter ago and today's; choose five."""
    manager = User.objects.get(email=sign_in_of(Role.MANAGER))
    values = {"name": NAME, "scale": "rank", "first": CHOSEN}
    chosen = actions.add_selection(by=manager, now=now - QUARTER, values=values)
    numbers = _largest(len(GIVEN))
    actions.add_candidates(by=manager, now=now - QUARTER, selection=chosen, customers=numbers)
    criteria = [c for c in queries.criteria_of(chosen) if c.nature != Nature.MEASURED]
    then = {(place, n): value for place, n, value in EARLIER}
    for place, number in enumerate(numbers):
        for n, criterion in enumerate(criteria):
            value = then.get((place, n), GIVEN[place][n])
            _rate(manager, criterion, number, (value, _note(place, n)), now - QUARTER)
    actions.keep_placing(by=manager, now=now - QUARTER, selection=chosen)
    for place, n, _value in EARLIER:
        if place < len(numbers):
            given = GIVEN[place][n], _note(place, n)
            _rate(manager, criteria[n], numbers[place], given, now)
    actions.keep_placing(by=manager, now=now, selection=chosen)
    actions.choose(by=manager, now=now, selection=chosen, customers=_first(chosen, manager))


def is_made() -> bool:
    return Selection.objects.filter(name=NAME).exists()


def _largest(n: int) -> list[int]:
    """Return the organisations that bought most, archived ones left out."""
    rows = Customer.objects.filter(kind="organisation", archived_at=None, orders__isnull=False)
    bought = rows.annotate(bought=Sum("orders__amount_minor")).order_by("-bought", "pk")
    return list(bought.values_list("pk", flat=True)[:n])


def _note(place: int, n: int) -> str:
    return REFUSALS[place] if GIVEN[place][n] == 0 else NOTES[n]


def _rate(
    by: User, criterion: Criterion, customer: int, given: tuple[float, str], at: datetime
) -> None:
    value, note = given
    actions.rate(by=by, now=at, criterion=criterion, customer=customer, value=value, note=note)


def _first(chosen: Selection, user: Any) -> list[int]:
    found = queries.ranked(chosen, user)
    fit = [found.numbers[row] for row in found.order if not found.failed(found.numbers[row])]
    return fit[:CHOSEN]
