"""Who decides a purchase: roles, what is missing among them, how complex the purchase is.

After Webster and Wind's buying centre. Influence runs from 1 to 5, support from -2 (against us)
to 2.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .relationship import word

CLASSIC = ("initiator", "adviser", "decider", "approver", "buyer", "user", "gatekeeper")
# Roles of newer methods of selling, each by the classic role it stands for.
MODERN = {
    "economic_buyer": "decider",
    "executive_sponsor": "approver",
    "champion": "initiator",
    "coach": "adviser",
    "technical_buyer": "adviser",
    "procurement": "buyer",
    "end_user": "user",
    "blocker": "gatekeeper",
}
STRONG = 4  # influence from here on counts as strong
SILENT_DAYS = 90
FEWEST = {"low": 2, "medium": 3, "high": 5}  # people to know, by the complexity of the purchase

FACTORS = (
    "unit_value",
    "frequency",
    "standard",
    "risk",
    "importance",
    "product_new",
    "supplier_new",
    "phase",
)
SIMPLER = {"frequency", "standard"}  # more of these makes a purchase simpler
FEWEST_FACTORS = 5


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of a buying centre, as far as gaps are concerned."""

    key: int
    roles: frozenset[str] = frozenset()  # classic ones
    influence: int | None = None
    support: int | None = None
    reports_to: int | None = None
    is_here: bool = True  # still works at the customer
    is_known: bool = True  # False: the contact was deleted
    days: int | None = None  # since the last conversation; None: never
    ours: frozenset[int] = frozenset()  # who of us spoke with them in twelve months
    companies: int = 1
    contact: int | None = None


@dataclass(frozen=True)
class Finding:
    """A gap: what kind, whom it concerns, for which role; the most urgent kinds come first."""

    kind: str
    people: tuple[int, ...] = ()
    role: str = ""


def findings(people: Sequence[Person], *, complexity: str = "") -> list[Finding]:
    """Return what is missing in a buying centre.

    >>> [each.kind for each in findings([Person(key=1, roles=frozenset({"user"}), days=3)])][:2]
    ['no_decider', 'one_contact']
    """
    here = [each for each in people if each.is_here and each.is_known]
    return [
        *_of_roles(here),
        *_of_number(here, complexity),
        *_of_persons(people, here),
        *(Finding("circle", circle) for circle in circles({p.key: p.reports_to for p in people})),
        *_nobody_has(here),
    ]


def _of_roles(here: Sequence[Person]) -> Iterator[Finding]:
    given = {role for each in here for role in each.roles}
    if "decider" not in given:
        yield Finding("no_decider", role="decider")
    for role, kind in (("decider", "decider_against"), ("gatekeeper", "gatekeeper_unfriendly")):
        against = [p.key for p in here if role in p.roles and (p.support or 0) < 0]
        if against:
            yield Finding(kind, tuple(against), role)


def _of_number(here: Sequence[Person], complexity: str) -> Iterator[Finding]:
    if len(here) == 1:
        yield Finding("one_contact", (here[0].key,))
    elif here and complexity and len(here) < FEWEST[complexity]:
        yield Finding("few_for_complexity")
    ours = set().union(*(each.ours for each in here)) if here else set()
    if len(here) > 1 and len(ours) == 1:
        yield Finding("one_of_us")


def _of_persons(people: Sequence[Person], here: Sequence[Person]) -> Iterator[Finding]:
    contacts = [each.contact for each in people if each.contact is not None]
    groups: tuple[tuple[str, Iterable[Person]], ...] = (
        ("contact_left", (p for p in people if p.is_known and not p.is_here)),
        ("contact_deleted", (p for p in people if not p.is_known)),
        ("strong_against", (p for p in here if _strong(p) and (p.support or 0) < 0)),
        ("never_spoken", (p for p in here if p.days is None)),
        ("silent", (p for p in here if _strong(p) and (p.days or 0) >= SILENT_DAYS)),
        ("two_companies", (p for p in here if p.companies > 1)),
        ("stands_twice", (p for p in people if p.contact and contacts.count(p.contact) > 1)),
        ("without_role", (p for p in here if not p.roles)),
    )
    for kind, members in groups:
        keys = tuple(each.key for each in members)
        if keys:
            yield Finding(kind, keys)


def _strong(person: Person) -> bool:
    return (person.influence or 0) >= STRONG


def _nobody_has(here: Sequence[Person]) -> Iterator[Finding]:
    given = {role for each in here for role in each.roles}
    for role in CLASSIC:
        if role not in given and role != "decider":
            yield Finding("role_given_to_nobody", role=role)


def circles(reports: Mapping[int, int | None]) -> list[tuple[int, ...]]:
    """Return the circles among lines of reporting, each from its lowest number on.

    >>> circles({1: 2, 2: 3, 3: 1, 4: 1})
    [(1, 2, 3)]
    """
    found: set[tuple[int, ...]] = set()
    for start in reports:
        path: list[int] = []
        at: int | None = start
        while at is not None and at not in path:
            path.append(at)
            at = reports.get(at)
        if at is not None:
            ring = path[path.index(at) :]
            first = ring.index(min(ring))
            found.add(tuple(ring[first:] + ring[:first]))
    return sorted(found)


def places(reports: Mapping[int, int | None]) -> dict[int, tuple[float, int]]:
    """Return column and row of each person in a tree: who reports stands below, siblings beside.

    A circle is opened where its lowest number reports.

    >>> places({1: None, 2: 1, 3: 1})
    {2: (0.0, 1), 3: (1.0, 1), 1: (0.5, 0)}
    """
    opened = {ring[0] for ring in circles(reports)}
    boss = {k: None if k in opened or b not in reports else b for k, b in reports.items()}
    below: dict[int | None, list[int]] = {}
    for key, above in boss.items():
        below.setdefault(above, []).append(key)
    found: dict[int, tuple[float, int]] = {}
    column = 0.0

    def place(key: int, row: int) -> float:
        nonlocal column
        columns = [place(each, row + 1) for each in below.get(key, [])]
        if not columns:
            columns, column = [column], column + 1
        found[key] = ((columns[0] + columns[-1]) / 2, row)
        return found[key][0]

    for root in below.get(None, []):
        place(root, 0)
    return found


@dataclass(frozen=True)
class Complexity:
    """How complex a purchase is, from 1 to 5; `word` is empty while too few factors are judged."""

    value: float | None
    word: str
    judged: int


def complexity(factors: Mapping[str, int]) -> Complexity:
    """Return the mean of the factors, with frequency and standardisation turned round.

    Each is judged from 1 to 5; it takes five of the eight. Low, medium and high are thirds.

    >>> complexity(dict.fromkeys(("unit_value", "risk", "importance", "product_new", "phase"), 5))
    Complexity(value=5.0, word='high', judged=5)
    """
    if set(factors) - set(FACTORS):
        raise ValueError("There is no such factor of complexity.")
    if not all(1 <= value <= 5 for value in factors.values()):
        raise ValueError("A factor is judged from 1 to 5.")
    values = [6 - value if key in SIMPLER else value for key, value in factors.items()]
    if len(values) < FEWEST_FACTORS:
        return Complexity(None, "", len(values))
    mean = sum(values) / len(values)
    return Complexity(mean, word(mean), len(values))
