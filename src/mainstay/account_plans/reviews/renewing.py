"""How an agenda follows the data, without touching what people wrote."""

from . import agenda, queries
from .facts import Facts
from .models import Point
from .rules import Renewal, renewal


def due(facts: Facts, points: list[Point]) -> Renewal:
    """Return what the data would change of the agenda."""
    there = {row.key: row.basis for row in points if row.key}
    untouched = {row.key for row in points if row.key and not row.is_edited and not row.note}
    return renewal(there, agenda.in_english(facts), frozenset(untouched))


def renew(facts: Facts) -> int:
    """Let the agenda say what the data say now; return how many points changed.

    Inside the caller's transaction.
    """
    points = queries.points(facts.meeting)
    found = due(facts, points)
    told = {point.key: point for point in agenda.proposed(facts)}
    basis = agenda.in_english(facts)
    by_key = {row.key: row for row in points if row.key}
    for key in found.changed:
        by_key[key].text, by_key[key].basis = told[key].text, basis[key]
    facts.meeting.points.bulk_update([by_key[key] for key in found.changed], ["text", "basis"])
    facts.meeting.points.filter(pk__in=[by_key[key].pk for key in found.gone]).delete()
    places = {key: place for place, key in enumerate(told, start=1)}
    facts.meeting.points.bulk_create(
        Point(
            meeting=facts.meeting,
            key=key,
            text=told[key].text[:1000],
            basis=basis[key],
            is_inside=told[key].is_inside,
            place=places[key],
        )
        for key in found.added
    )
    return found.count
