"""What a clerk typed in twice: one merged weeks ago, the others still to be looked at."""

from datetime import datetime, timedelta
from typing import Any

from mainstay.customers.duplicates.models import Pair
from mainstay.customers.merging.actions import Wish, merge
from mainstay.customers.models import Customer
from mainstay.people.models import Role, User
from mainstay.project.demo.actions.rows import Keys
from mainstay.project.demo.actions.staff import sign_in_of
from mainstay.project.demo.world import World

PAIRS = 12
MERGED_WEEKS_AGO = 3
# Field of the record, how a scan names it, bits if equal, bits if different.
COMPARED = (
    ("name", "name", 6.2, -2.4),
    ("tax_number", "tax", 14.0, -6.0),
    ("email", "email", 11.5, -1.1),
    ("phone", "phone", 10.2, -1.4),
    ("city", "town", 4.1, -3.2),
)
ALIKE = 4.8
PRIOR = -9.0


def load(world: World, customers: Keys, now: datetime) -> None:
    """Merge the first record known twice, and ask about some others."""
    twice = [
        (customers.first + firm.same_as, customers.first + position)
        for position, firm in enumerate(world.companies)
        if firm.same_as is not None
    ]
    if not twice:
        return
    manager = User.objects.get(email=sign_in_of(Role.MANAGER))
    then = now - timedelta(weeks=MERGED_WEEKS_AGO)
    first, second = sorted(twice[0])
    merge(by=manager, now=then, wish=Wish("customer", first, (second,)))
    for left, right in twice[1 : PAIRS + 1]:
        _ask(*sorted((left, right)))


def _ask(left: int, right: int) -> None:
    if Pair.objects.filter(left=left, right=right).exists():
        return  # the search for duplicates found it
    rows = Customer.objects.in_bulk([left, right])
    steps = [
        _step(field, name, same, not_same, rows[left], rows[right])
        for field, name, same, not_same in COMPARED
    ]
    weight = PRIOR + sum(step["bits"] for step in steps)
    Pair.objects.create(
        left=rows[left],
        right=rows[right],
        kind=rows[left].kind,
        weight=weight,
        probability=1 - 1 / (1 + 2.0**weight),
        waterfall=[step for step in steps if step["bits"]],
    )


def _step(field: str, name: str, same: float, not_same: float, left: Any, right: Any) -> Any:
    values = getattr(left, field), getattr(right, field)
    words = [set(str(value).casefold().split()) for value in values]
    bits, level = not_same, "different"
    if not all(values):
        bits, level = 0.0, "empty"
    elif values[0] == values[1]:
        bits, level = same, "equal"
    elif field == "name" and words[0] & words[1]:
        bits, level = ALIKE, "alike"
    return {"field": name, "level": level, "bits": bits, "left": values[0], "right": values[1]}
