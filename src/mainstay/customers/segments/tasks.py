"""Work on segments that no page waits for."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from mainstay.people import queries as people
from mainstay.shared.jobs import current
from mainstay.shared.lists.selection import numbers

from . import actions, queries, speed

AT_ONCE = 5000


@task(title=gettext_lazy("Count a segment"))
def recount(number: int) -> dict[str, Any]:
    """Store who meets the rule of a segment, and whether lists can ask the rule itself."""
    found = queries.by_number([number]).get(number)
    if found is None:
        return {}
    return {"members": _count(found)}


def _count(segment: Any) -> int:
    now = timezone.now()
    members = actions.recount(segment=segment, now=now)
    actions.note_facts(segment=segment, members=members, now=now)
    speed.measure(segment)
    return members


@task(title=gettext_lazy("Count all segments"))
def recount_all() -> dict[str, Any]:
    """Store who belongs to each segment today: the history of its members."""
    # Safe to repeat: whoever is stored already stays so.
    actions.ship(now=timezone.now())
    found = list(queries.every())
    for done, segment in enumerate(found):
        current.report(done=done, total=len(found), text=segment.name)
        _count(segment)
    current.report(done=len(found), total=len(found))
    return {"segments": len(found)}


@task(title=gettext_lazy("Fill a segment"))
def fill(user_id: int, number: int, way: str, query: str) -> dict[str, Any]:
    """Put all customers that a list's address means on a fixed list, or take them off."""
    from mainstay.customers.lists import CUSTOMERS

    user = people.owners().get(pk=user_id)
    segment = queries.visible_to(user).get(pk=number)
    change = actions.add_members if way == "add" else actions.remove_members
    ids, changed = numbers(CUSTOMERS, user, query), 0
    for start in range(0, len(ids), AT_ONCE):
        current.report(done=start, total=len(ids), text=_("Filling the segment"))
        part = ids[start : start + AT_ONCE]
        changed += change(by=user, now=timezone.now(), segment=segment, ids=part)
    current.report(done=len(ids), total=len(ids))
    return {"changed": changed}
