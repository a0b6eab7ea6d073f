"""Put customers on a fixed list, or take them off it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.customers.segments import asking, queries
from mainstay.customers.segments.models import Membership, Segment
from mainstay.records.actions import record
from mainstay.shared.conditions import among

from .keeping import may_fill
from .recounting import note_day

MOST_LINES = 5000


@transaction.atomic
def add_members(*, by: Any, now: datetime, segment: Segment, ids: list[int]) -> int:
    """Put customers that the user may see on a fixed list; return how many are new there."""
    _locked(by, segment)
    seen = customers.listed(by).filter(among("default", ids)).values_list("pk", flat=True)
    held = set(queries.stored(segment).values_list("customer", flat=True))
    new = [pk for pk in seen if pk not in held]
    today = asking.reckoning(now).today
    rows = [Membership(segment=segment, customer_id=pk, entered_on=today) for pk in new]
    Membership.objects.bulk_create(rows, batch_size=1000)
    _noted(by, segment, "segment.filled", len(new), now)
    return len(new)


@dataclass(frozen=True)
class Pasted:
    """How many were put on the list, and the lines that name nobody, or several."""

    added: int
    unknown: list[str]


def add_named(*, by: Any, now: datetime, segment: Segment, lines: list[str]) -> Pasted:
    """Put customers on a fixed list by their numbers in files, e-mails or names."""
    wanted = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not 1 <= len(wanted) <= MOST_LINES:
        text = _("Paste 1 to %(n)d lines; import a file if you have more.")
        raise ValidationError({"lines": text % {"n": MOST_LINES}})
    found = queries.named(by, wanted)
    ids = [pks[0] for pks in found.values() if len(pks) == 1]
    added = add_members(by=by, now=now, segment=segment, ids=ids)
    return Pasted(added, [line for line in wanted if len(found.get(line, ())) != 1])


@transaction.atomic
def remove_members(*, by: Any, now: datetime, segment: Segment, ids: list[int]) -> int:
    """Take customers that the user may see off a fixed list; return how many were on it."""
    _locked(by, segment)
    seen = customers.visible_to(by).filter(among("default", ids)).values("pk")
    today = asking.reckoning(now).today
    gone = queries.stored(segment).filter(customer__in=seen).update(left_on=today)
    _noted(by, segment, "segment.emptied", gone, now)
    return gone


def _locked(by: Any, segment: Segment) -> None:
    """Lock the list until the transaction ends, so that two who fill it do not cross."""
    if not may_fill(by, segment):
        raise PermissionDenied(_("Only fixed lists are filled by hand; this one has a rule."))
    Segment.objects.select_for_update().get(pk=segment.pk)


def _noted(by: Any, segment: Segment, verb: str, number: int, now: datetime) -> None:
    if number:
        note_day(segment, now=now)
        record(by=by, verb=verb, target=segment, new={"customers": number}, now=now)
