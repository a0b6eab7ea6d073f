"""A rule as a condition of the database: set-based, on indexes where there are some."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from mainstay.people.queries import company
from mainstay.shared.money import digits

from .fields import Field, Kind
from .tree import Condition, Group


@dataclass(frozen=True)
class Reckoning:
    """The day that "the last 90 days" end with, and how days and amounts are reckoned."""

    today: date
    zone: ZoneInfo
    digits: int
    depth: int = 0  # of segments within segments
    _rows: dict[Any, Any] = field(default_factory=dict, compare=False)

    def rows(self, known: Field) -> "QuerySet[Any] | None":
        """Return the field's rows; which run is shown now is asked once, not by each field."""
        if known.rows is None:
            return None
        if known.rows not in self._rows:
            self._rows[known.rows] = known.rows()
        found: QuerySet[Any] | None = self._rows[known.rows]
        return found

    def deeper(self, depth: int) -> "Reckoning":
        return replace(self, depth=depth)

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone)


def reckoning(now: datetime) -> Reckoning:
    own = company()
    zone = ZoneInfo(own.time_zone)
    return Reckoning(now.astimezone(zone).date(), zone, digits(own.currency))


def nobody() -> Q:
    return Q(pk__in=[])


def asked(node: Condition | Group, on: Reckoning) -> Q:
    """Return the condition on customers that the rule means."""
    if isinstance(node, Condition):
        return _asked(node, on)
    parts = [asked(part, on) for part in node.parts]
    found = parts[0]
    for part in parts[1:]:
        found = found & part if node.match == "all" else found | part
    return ~found if node.match == "none" else found


# An operator that denies is the denial of another: whoever has no row at all fits it too.
_DENIALS = {"is_not": "is", "empty": "filled", "no": "yes", "none": "some"}


def _asked(node: Condition, on: Reckoning) -> Q:
    key = node.operator.key
    if node.field.answer is not None:
        held = node.field.answer(node.value, on)
    elif node.field.kind is Kind.SUM:
        return _summed(node, on)
    elif node.field.kind is Kind.EVENT:
        return _counted(node, on)
    else:
        held = _held(node, _DENIALS.get(key, key), on)
    return ~held if key in _DENIALS else held


def _held(node: Condition, key: str, on: Reckoning) -> Q:
    """Return the condition that the field's column fits, in the customer's row or another."""
    fits = _fits(node, key, on)
    if node.field.rows is None:
        return fits
    rows = on.rows(node.field)
    if rows is None:
        return nobody()
    return Q(Exists(rows.filter(fits, **{node.field.link: OuterRef("pk")})))


def _fits(node: Condition, key: str, on: Reckoning) -> Q:
    path, kind = node.field.path, node.field.kind
    match key:
        case "yes":
            return Q(**{path: True}) if path else Q()
        case "filled":
            return (
                Q(**{f"{path}__gt": ""}) if kind is Kind.TEXT else Q(**{f"{path}__isnull": False})
            )
        case "contains":
            return Q(**{f"{path}__icontains": node.value})
        case "is" if kind is Kind.CHOICE:
            return Q(**{f"{path}__in": node.value})
        case "is":
            return Q(**{path: node.value})
        case _ if kind is Kind.DAY:
            return _within(node.field, *_days(node, key, on), on)
    return _numbers(node, key, on)


_COMPARED = {"at_least": "gte", "at_most": "lte", "over": "gt", "under": "lt", "between": "gte"}


def _numbers(node: Condition, key: str, on: Reckoning) -> Q:
    path = node.field.path
    found = Q(**{f"{path}__{_COMPARED[key]}": _stored(node.field, node.value, on)})
    if node.other is not None:
        found &= Q(**{f"{path}__lte": _stored(node.field, node.other, on)})
    return found


def _stored(known: Field, typed: Any, on: Reckoning) -> Any:
    """Return a typed number as its column holds it."""
    if known.kind is Kind.MONEY or known.money:
        return round(typed * 10**on.digits)
    return typed / 100 if known.kind is Kind.SHARE else typed


def _days(node: Condition, key: str, on: Reckoning) -> tuple[date | None, date | None]:
    """Return the first and the last day that fit."""
    match key:
        case "last":
            return _back(on, node.value - 1), on.today
        case "before_last":
            return None, _back(on, node.value + 1)
        case "next":
            return on.today, on.today + timedelta(days=node.value)
        case "since":
            return node.value, None
        case "until":
            return None, node.value
    return node.value, node.other


def _back(on: Reckoning, days: int) -> date:
    return on.today - timedelta(days=days)


def _within(known: Field, first: date | None, last: date | None, on: Reckoning) -> Q:
    """Return the condition that the day lies between two, as a range that an index serves."""
    found = Q(**{f"{known.path}__isnull": False})
    if first is not None:
        start: Any = on.midnight(first) if known.moment else first
        found &= Q(**{f"{known.path}__gte": start})
    if last is not None:
        end: Any = on.midnight(last + timedelta(days=1)) if known.moment else last
        found &= Q(**{f"{known.path}__{'lt' if known.moment else 'lte'}": end})
    return found


def _happened(node: Condition, on: Reckoning) -> "QuerySet[Any] | None":
    """Return the rows of an event, of the customer asked, within the window."""
    rows = on.rows(node.field)
    if rows is None:
        return None
    return _narrowed(node, rows, on).filter(**{node.field.link: OuterRef("pk")}).order_by()


def _narrowed(node: Condition, rows: "QuerySet[Any]", on: Reckoning) -> "QuerySet[Any]":
    """Return the rows of an event within its window, of the kinds that are asked."""
    if node.days:
        rows = rows.filter(_within(node.field, _back(on, node.days - 1), on.today, on))
    if node.of:
        rows = rows.filter(**{f"{node.field.detail}__in": node.of})
    return rows


def _counted(node: Condition, on: Reckoning) -> Q:
    rows = _happened(node, on)
    if rows is None:
        return nobody()
    key = node.operator.key
    least = {"at_least": node.value, "at_most": (node.value or 0) + 1}.get(key, 1)
    held = Q(Exists(rows[least - 1 : least]))
    return ~held if key in ("none", "at_most") else held


def _summed(node: Condition, on: Reckoning) -> Q:
    rows = _happened(node, on)
    if rows is None:
        return nobody()
    sums = rows.values(node.field.link).annotate(total=Sum(node.field.amount)).values("total")
    total = Coalesce(Subquery(sums), Value(0))
    compare: Callable[..., Any] = (
        GreaterThanOrEqual if node.operator.key == "at_least" else LessThanOrEqual
    )
    return Q(compare(total, _stored(node.field, node.value, on)))


def holders(node: Condition, on: Reckoning) -> "QuerySet[Any] | None":
    """Return the rows of which one is enough to meet the condition; None where that is not so."""
    key, known = node.operator.key, node.field
    if known.answer is not None or key in _DENIALS or known.kind is Kind.SUM:
        return None
    rows = on.rows(known)
    if known.kind is not Kind.EVENT:
        return None if rows is None else rows.filter(_fits(node, key, on))
    if rows is None or key == "at_most" or (node.value or 1) > 1:
        return None
    return _narrowed(node, rows, on)
