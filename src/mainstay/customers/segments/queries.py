"""Reads of segments, of who belongs to them, and of how that came about."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mainstay.customers import queries as customers
from mainstay.customers.models import Customer
from mainstay.people.permissions import can
from mainstay.shared.numbers import row_numbers

from . import asking, fields, tree
from .asking import Reckoning
from .models import Membership, Segment, SegmentDay, SegmentKind, Sharing

# Whose processing is restricted belongs to no segment, whatever the rule says.
FREE = Q(restricted=False)
NESTED = "segment"  # the field by which a rule asks for other segments
MOST_NESTED = 5


def visible_to(user: Any) -> QuerySet[Segment]:
    """Return one's own segments and shared ones, without those whose rule one may not ask.

    Policy: a segment tells who fits its rule, so it is kept from whoever may not read what the
    rule asks; whom it names is limited to the reach besides.
    """
    shared = Q(owner=user.pk) | Q(sharing=Sharing.ALL)
    if user.team_id:
        shared |= Q(sharing=Sharing.TEAM, team=user.team_id)
    rows = Segment.objects.filter(shared, archived_at=None)
    for right in sorted(fields.permissions()):
        if not can(user, right):
            rows = rows.exclude(rights__contains=f" {right} ")
    return rows if can(user, "customers.view") else rows.none()


def every() -> QuerySet[Segment]:
    """Return all segments, by name: to check what a rule names, not to be shown."""
    return Segment.objects.filter(archived_at=None).order_by("name", "pk")


def by_name(user: Any) -> QuerySet[Segment]:
    return visible_to(user).order_by("name", "pk")


def fillable(user: Any) -> QuerySet[Segment]:
    """Return the fixed lists on which the user may put customers."""
    rows = by_name(user).filter(kind=SegmentKind.STATIC)
    return rows if can(user, "segments.edit") else rows.none()


def with_owner(user: Any) -> QuerySet[Segment]:
    return visible_to(user).select_related("owner", "team")


def live() -> QuerySet[Segment]:
    """Return every segment with a rule: for the program's own work."""
    return Segment.objects.filter(kind=SegmentKind.LIVE, archived_at=None)


def stored(segment: Segment) -> QuerySet[Membership]:
    """Return who belonged to the segment when it was last counted."""
    return Membership.objects.filter(segment=segment, left_on=None)


def by_number(numbers: list[int]) -> dict[int, Segment]:
    return Segment.objects.in_bulk(numbers)


def nested(definition: Any) -> list[int]:
    """Return the segments that a rule asks for, by number, as it is written."""
    if not isinstance(definition, dict):
        return []
    found = [number for part in definition.get("rules", ()) for number in nested(part)]
    if definition.get("field") == NESTED:
        value: Any = definition.get("value")
        given = value if isinstance(value, list) else [value]
        found += row_numbers(given)
    return found


def asked_of_customers(segment: Segment, on: Reckoning, depth: int = 0) -> Q:
    """Return the condition on customers that they belong to the segment now.

    A rule that is too slow for a page is answered by the members stored last.
    """
    return _meant(segment, on, depth) & FREE


def _meant(segment: Segment, on: Reckoning, depth: int = 0) -> Q:
    if _as_stored(segment) or depth > MOST_NESTED:
        return held_by(segment)
    return by_rule(segment, on, depth)


def _as_stored(segment: Segment) -> bool:
    """Return whether the stored members answer for the segment, not its rule."""
    return segment.kind == SegmentKind.STATIC or not segment.direct


def held_by(segment: Segment) -> Q:
    """Return the condition that the stored members hold the customer."""
    return Q(Exists(stored(segment).filter(customer=OuterRef("pk"))))


def by_rule(segment: Segment, on: Reckoning, depth: int = 0) -> Q:
    """Return the condition of a live segment's rule; nobody where it cannot be read any more."""
    try:
        return asking.asked(tree.read(segment.definition), on.deeper(depth))
    except tree.Unfit:
        return asking.nobody()


def in_segments(chosen: Any, on: Reckoning) -> Q:
    """Return the condition that a customer belongs to one of these segments: a rule's own part."""
    found = by_number([int(each) for each in chosen])
    condition = asking.nobody()
    for segment in found.values():
        condition |= asked_of_customers(segment, on, on.depth + 1)
    return condition


def members(user: Any, segment: Segment, *, now: datetime) -> QuerySet[Customer]:
    """Return the customers of the segment that the user may see, without archived ones."""
    if _as_stored(segment):
        return _named_by(stored(segment), customers.listed(user))
    condition = asked_of_customers(segment, asking.reckoning(now))
    return customers.listed(user).filter(condition)


def stored_members(segment: Segment) -> QuerySet[Customer]:
    """Return whom the last counting found, without archived ones: for the program's own work."""
    return _named_by(stored(segment), customers.everybody().filter(archived_at=None))


def archived_among(segment: Segment) -> int:
    """Return how many of the stored members are archived."""
    archived = customers.everybody().filter(archived_at__isnull=False).values("pk")
    return stored(segment).filter(customer__in=archived, customer__restricted=False).count()


def _named_by(rows: QuerySet[Membership], found: QuerySet[Customer]) -> QuerySet[Customer]:
    """Return the customers that the memberships name, which are read first: they may be few."""
    return found.filter(FREE, pk__in=rows.values("customer"))


def condition(user: Any, number: int | None, *, now: datetime) -> Q | None:
    """Return the condition of a visible segment; nobody where there is none of that number."""
    if number is None:
        return None
    segment = visible_to(user).filter(pk=number).first()
    if segment is None:
        return asking.nobody()
    return asked_of_customers(segment, asking.reckoning(now)) & Q(archived_at=None)


def meeting(user: Any, rule: tree.Group, *, now: datetime) -> QuerySet[Customer]:
    """Return the customers that a rule means, of those the user may see."""
    asked = asking.asked(rule, asking.reckoning(now))
    return customers.listed(user).filter(asked, FREE)


def restricted(user: Any) -> QuerySet[Customer]:
    """Return whom the user sees and no segment holds."""
    return customers.listed(user).filter(restricted=True)


def restricted_in(user: Any, segment: Segment, *, now: datetime) -> QuerySet[Customer]:
    """Return whom the segment would hold if their processing were not restricted."""
    return customers.listed(user).filter(_meant(segment, asking.reckoning(now)), restricted=True)


def restricted_meeting(user: Any, rule: tree.Group, *, now: datetime) -> QuerySet[Customer]:
    asked = asking.asked(rule, asking.reckoning(now))
    return customers.listed(user).filter(asked, restricted=True)


def days_of(segment: Segment, *, since: date) -> QuerySet[SegmentDay]:
    return SegmentDay.objects.filter(segment=segment, day__gte=since).order_by("day")


def came(user: Any, segment: Segment, *, since: date) -> QuerySet[Membership]:
    """Return who entered since the day, latest first, of the customers the user may see."""
    rows = _stays(user, segment).filter(entered_on__gte=since)
    return rows.order_by("-entered_on", "customer")


def went(user: Any, segment: Segment, *, since: date) -> QuerySet[Membership]:
    """Return who left since the day, latest first, of the customers the user may see."""
    return _stays(user, segment).filter(left_on__gte=since).order_by("-left_on", "customer")


def _stays(user: Any, segment: Segment) -> QuerySet[Membership]:
    rows = Membership.objects.filter(customers.reach(user, "customer__"), segment=segment)
    return rows.filter(customer__archived_at=None).select_related("customer")


def named(user: Any, lines: list[str]) -> dict[str, list[int]]:
    """Return the visible customers that each line means: a source's number, an e-mail, a name."""
    rows = customers.listed(user)
    found: dict[str, set[int]] = {}
    for path in ("references__external_id", "email", "name"):
        for start in range(0, len(lines), 500):
            some = rows.filter(**{f"{path}__in": lines[start : start + 500]})
            for line, pk in some.order_by().values_list(path, "pk"):
                found.setdefault(line, set()).add(pk)
    return {line: sorted(numbers) for line, numbers in found.items()}


def of_customer(user: Any, customer_id: int) -> QuerySet[Membership]:
    """Return the visible segments that held the customer when they were last counted."""
    rows = Membership.objects.filter(
        customers.reach(user, "customer__"), customer=customer_id, left_on=None
    )
    return (
        rows.filter(segment__in=visible_to(user))
        .select_related("segment")
        .order_by("segment__name")
    )


def sizes_since(segments: list[Segment], *, since: date) -> dict[int, int]:
    """Return how large each segment was when it was first counted since the day."""
    rows = SegmentDay.objects.filter(segment__in=segments, day__gte=since).order_by("-day")
    return dict(rows.values_list("segment", "members"))
