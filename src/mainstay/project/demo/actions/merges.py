"""What a clerk typed in twice: one merged weeks ago, the others found by a search."""

from datetime import datetime, timedelta

from mainstay.customers.duplicates import actions, tasks
from mainstay.customers.duplicates.models import Reach, Scan
from mainstay.customers.merging.actions import Wish, merge
from mainstay.people.models import Role, User
from mainstay.project.demo.actions.rows import Keys
from mainstay.project.demo.actions.staff import sign_in_of
from mainstay.project.demo.world import World

MERGED_WEEKS_AGO = 3


def known_twice(world: World, customers: Keys) -> list[tuple[int, int]]:
    """Return the pairs of records of one firm, in the order in which a clerk made them."""
    return [
        (customers.first + firm.same_as, customers.first + position)
        for position, firm in enumerate(world.companies)
        if firm.same_as is not None
    ]


def load(world: World, customers: Keys, now: datetime) -> None:
    """Merge the first record known twice."""
    if twice := known_twice(world, customers):
        first, second = sorted(twice[0])
        then = now - timedelta(weeks=MERGED_WEEKS_AGO)
        merge(by=_manager(), now=then, wish=Wish("customer", first, (second,)))


def search(*, now: datetime) -> Scan:
    """Look for duplicates among all customers, as the manager."""
    scan = actions.add_scan(by=_manager(), reach=Reach.EVERYTHING, now=now)
    tasks.compute(scan)
    return scan


def _manager() -> User:
    return User.objects.get(email=sign_in_of(Role.MANAGER))
