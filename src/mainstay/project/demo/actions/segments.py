"""Segments that the demo's people work with, and how they grew and shrank over a quarter."""

from datetime import datetime, timedelta
from typing import Any

from mainstay.customers.segments import actions
from mainstay.customers.segments.models import Segment
from mainstay.people.models import Role, User
from mainstay.project.demo.actions.staff import sign_in_of
from mainstay.value.farewell import actions as farewell
from mainstay.value.farewell import queries as proposals
from mainstay.value.models import CustomerValue

WEEKS_COUNTED = (12, 10, 8, 6, 4, 3, 2, 1, 0)
INVITED = 60


def _asks(field: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"field": field, "op": op} | ({} if value is None else {"value": value}) | more


CLASS_A, BIG = (_asks("value.abc_class", "is", of) for of in (["A"], ["A", "B"]))
SEGMENTS: tuple[tuple[str, str, list[Any]], ...] = (
    (
        "Class A, silent for 60 days",
        "Call before somebody else does.",
        [CLASS_A, _asks("orders.order", "none", days=60)],
    ),
    (
        "Large with an open complaint",
        "A senior person answers these within a day.",
        [BIG, _asks("contacts.open_complaint", "some")],
    ),
    (
        "New this quarter",
        "Welcome call, first delivery checked.",
        [_asks("value.first_day", "last", 92)],
    ),
    (
        "Regulars",
        "Four orders or more in half a year.",
        [_asks("orders.order", "at_least", 4, days=182)],
    ),
    (
        "Fading",
        "Ordered within the year, but not for four months.",
        [_asks("orders.order", "some", days=365), _asks("orders.order", "none", days=120)],
    ),
    (
        "Polish and German buyers nobody has spoken with",
        "For the next round of visits.",
        [
            _asks("customer.country", "is", ["PL", "DE"]),
            _asks("orders.order", "some", days=180),
            _asks("contacts.any", "none", days=90),
        ],
    ),
)


def load(*, now: datetime) -> None:
    """Keep the segments as the manager, and count them as of some weeks back."""
    manager = User.objects.get(email=sign_in_of(Role.MANAGER))
    actions.ship(now=now)
    kept = [_kept(manager, name, text, rules, now=now) for name, text, rules in SEGMENTS]
    first, second = (str(segment.pk) for segment in kept[:2])
    without = [_asks("segment", "is", [first]), _asks("segment", "is_not", [second])]
    kept.append(_kept(manager, "Silent, and not cross with us", "", without, now=now))
    for weeks in WEEKS_COUNTED:
        for segment in kept:
            actions.recount(segment=segment, now=now - timedelta(weeks=weeks))
    for segment in Segment.objects.exclude(preset=""):
        actions.recount(segment=segment, now=now)
    _invited(manager, now)
    farewell.ship(now=now)
    _decided(manager, now)


def _kept(by: Any, name: str, text: str, rules: list[Any], *, now: datetime) -> Segment:
    definition = {"match": "all", "rules": rules}
    values = {"name": name, "description": text, "sharing": "all", "definition": definition}
    return actions.save_segment(by=by, now=now, values=values)


def _invited(by: Any, now: datetime) -> None:
    """A fixed list that was filled in two goes, and shortened since."""
    values = {"name": "Invited to the spring fair", "kind": "static", "sharing": "all"}
    segment = actions.save_segment(by=by, now=now, values=values)
    rows = CustomerValue.objects.filter(run__is_current=True, customer__archived_at=None)
    ids = list(rows.order_by("-revenue_minor").values_list("customer", flat=True)[:INVITED])
    for weeks, part in ((6, ids[: INVITED // 2]), (3, ids[INVITED // 2 :])):
        then = now - timedelta(weeks=weeks)
        actions.add_members(by=by, now=then, segment=segment, ids=part)
    then = now - timedelta(weeks=1)
    actions.remove_members(by=by, now=then, segment=segment, ids=ids[5:9])
    actions.recount(segment=segment, now=now)


def _decided(by: Any, now: datetime) -> None:
    """Three of those whom the rule proposes have been decided on."""
    rows = proposals.worklist(by, now=now).order_by("net_profit_minor")[:3]
    said = (
        ("goodbye", "Two reminders, no answer; the last delivery cost more than it brought."),
        ("terms", "Orders by the web shop only, no visits, delivery once a month."),
        ("keep", "Brother of our largest customer in Gdańsk."),
    )
    for row, (decision, reason) in zip(rows, said, strict=False):
        values = {"decision": decision, "reason": reason}
        farewell.decide(by=by, now=now, customer=row.customer_id, values=values)
