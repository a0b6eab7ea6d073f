"""Count who belongs to a segment: who came and went is stored with the day."""

from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection, transaction
from django.db.models import BigIntegerField, DateField, Exists, OuterRef, Value
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.customers.segments import asking, counting, facts, queries
from mainstay.customers.segments.models import Membership, Segment, SegmentDay, SegmentKind
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions


@transaction.atomic
def recount(*, segment: Segment, now: datetime) -> int:
    """Store who meets the rule of a live segment today; return how many."""
    segment = Segment.objects.select_for_update().get(pk=segment.pk)
    if segment.kind == SegmentKind.LIVE:
        on = asking.reckoning(now)
        rule = queries.by_rule(segment, on) & queries.FREE
        meeting = customers.everybody().filter(rule, archived_at=None)
        held = queries.stored(segment)
        here = Exists(meeting.filter(pk=OuterRef("customer")))
        held.exclude(here).update(left_on=on.today)
        absent = ~Exists(held.filter(customer=OuterRef("pk")))
        _enter(segment, meeting.filter(absent), on)
    return note_day(segment, now=now)


def _enter(segment: Segment, rows: Any, on: asking.Reckoning) -> None:
    """Insert a stay for each customer, within the database: a segment may hold everybody."""
    known = {
        "in_segment": Value(segment.pk, BigIntegerField()),
        "on_day": Value(on.today, DateField()),
    }
    chosen = rows.order_by().annotate(**known).values_list("in_segment", "pk", "on_day")
    try:
        sql, parameters = chosen.query.sql_with_params()
    except EmptyResultSet:  # nobody can meet the rule
        return
    table = connection.ops.quote_name(Membership._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (segment_id, customer_id, entered_on) {sql}",
            parameters,
        )


def note_day(segment: Segment, *, now: datetime) -> int:
    """Store how many belong to the segment, and how many came and went today; return the first."""
    today = asking.reckoning(now).today
    stays = Membership.objects.filter(segment=segment, customer__restricted=False)
    number = stays.filter(left_on=None).count()
    known = {
        "members": number,
        "entered": stays.filter(entered_on=today).count(),
        "left": stays.filter(left_on=today).count(),
    }
    SegmentDay.objects.update_or_create(segment=segment, day=today, defaults=known)
    Segment.objects.filter(pk=segment.pk).update(members=number, counted_at=now)
    return number


def note_facts(*, segment: Segment, members: int, now: datetime) -> None:
    """Keep what a large segment adds up to, which takes longer than a page may."""
    large = members > counting.EXACT_UP_TO
    told = facts.measured(queries.stored_members(segment)) if large else {}
    known = {"at": now.isoformat(), "told": told} if large else {}
    Segment.objects.filter(pk=segment.pk).update(facts=known)


def note_speed(segment: Segment, *, took_ms: int | None, direct: bool) -> None:
    Segment.objects.filter(pk=segment.pk).update(took_ms=took_ms, direct=direct)


def recount_later(*, segment: Segment) -> Any:
    """Have the worker count the segment, and see how fast its rule is."""
    from mainstay.customers.segments.tasks import recount as task

    return task.enqueue(number=segment.pk)


@transaction.atomic
def fix_members(*, by: Any, now: datetime, segment: Segment, name: str) -> Segment:
    """Make a fixed list of the customers that the user sees in a segment today."""
    require(by, "segments.edit")
    found = queries.members(by, segment, now=now)
    copy = Segment(owner=by, name=name, kind=SegmentKind.STATIC, description=segment.description)
    versions.check(copy)
    if Segment.objects.filter(owner=by, name=name, archived_at=None).exists():
        message = _("You have a segment of this name already; choose another name.")
        raise ValidationError({"name": message})
    copy.save()
    _enter(copy, found, asking.reckoning(now))
    number = note_day(copy, now=now)
    record(by=by, verb="segment.added", target=copy, new={"customers": number}, now=now)
    return copy
