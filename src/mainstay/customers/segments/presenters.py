"""What the pages of segments show."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers import queries as customers
from mainstay.people.permissions import can
from mainstay.shared.templatetags import figures

from . import actions, charts, counting, facts, queries, tree, words

SHOWN_DAYS = 90
CAME_AND_WENT = 30
FEW = 10
SECONDS = 3.0


def index(user: Any, *, now: datetime) -> dict[str, Any]:
    """Return the segments the user sees, own and shared, with how they grew in a month."""
    rows = list(queries.with_owner(user).order_by("name", "pk"))
    since = localdate(now) - timedelta(days=CAME_AND_WENT)
    before = queries.sizes_since(rows, since=since)
    lines = [_line(row, before.get(row.pk)) for row in rows]
    lines.sort(key=lambda line: str(line["segment"]).lower())
    apart = counting.size(queries.restricted(user), seconds=SECONDS).number or 0
    return {
        "lines": lines,
        "may_edit": can(user, "segments.edit"),
        "left_out": in_no_segment(apart) if apart else "",
    }


def in_no_segment(restricted: int) -> str:
    text = ngettext(
        "%(number)s customer belongs to no segment: its processing is restricted.",
        "%(number)s customers belong to no segment: their processing is restricted.",
        restricted,
    )
    return text % {"number": figures.number(restricted)}


def _line(segment: Any, before: int | None) -> dict[str, Any]:
    known = segment.members is not None and before is not None
    grown = (segment.members or 0) - (before or 0) if known else 0
    return {
        "segment": segment,
        "reading": reading(segment),
        "customers_url": customers_url(segment),
        "trend": f"{'+' if grown > 0 else ''}{figures.number(grown)}" if grown else "",
        "size": figures.number(segment.members),
    }


def reading(segment: Any) -> str:
    """Return the rule in words, or what a fixed list is; a rule no longer readable says so."""
    if segment.kind == "static":
        return _("Customers chosen by hand")
    try:
        return words.reading(tree.read(segment.definition))
    except tree.Unfit as unfit:
        return " ".join(unfit.messages)


def customers_url(segment: Any) -> str:
    return f"{reverse('customers:list')}?in_segment={segment.pk}"


def page(user: Any, segment: Any, *, now: datetime) -> dict[str, Any]:
    """Return one segment: who is in it, since when, and what they are worth."""
    rows = queries.members(user, segment, now=now)
    stored = _as_stored(user, segment)
    size = _size_as_stored(segment) if stored else _size(rows)
    today = localdate(now)
    since = today - timedelta(days=CAME_AND_WENT)
    days = list(queries.days_of(segment, since=today - timedelta(days=SHOWN_DAYS)))
    return {
        "segment": segment,
        "reading": reading(segment),
        "problem": _problem(segment),
        "customers_url": customers_url(segment),
        "left_out": left_out(queries.restricted_in(user, segment, now=now)),
        "tiles": _tiles(
            segment,
            size,
            [each for each in days if each.day >= since],
            now_asked=segment.direct and not stored,
        ),
        **_facts(user, segment if stored else None, rows if size.number else None),
        "chart": charts.sizes(days) if len(days) > 1 else None,
        "came": list(queries.came(user, segment, since=since)[:FEW]),
        "went": list(queries.went(user, segment, since=since)[:FEW]),
        "may_change": actions.may_change(user, segment),
        "may_fill": actions.may_fill(user, segment),
        "may_edit": can(user, "segments.edit"),
    }


def _as_stored(user: Any, segment: Any) -> bool:
    """Return whether the page tells the last counting, as large segments do to who sees all."""
    return (segment.members or 0) > counting.EXACT_UP_TO and not customers.reach(user)


def _size_as_stored(segment: Any) -> counting.Size:
    return counting.Size(segment.members - queries.archived_among(segment))


def _size(rows: Any) -> counting.Size:
    return counting.size(rows, up_to=1_000_000, seconds=SECONDS)


def _facts(user: Any, stored: Any, rows: Any) -> dict[str, Any]:
    """Return what the group is worth, and when that was added up if it was not just now."""
    if stored is not None and stored.facts:
        at = datetime.fromisoformat(stored.facts["at"])
        told = facts.said(user, stored.facts["told"])
        return {"facts": told, "facts_as_of": _counted(at)}
    return {"facts": facts.of(user, rows, seconds=SECONDS) if rows is not None else []}


def _counted(at: datetime | None) -> str:
    return _("counted %(when)s") % {"when": figures.moment(at)}


def _problem(segment: Any) -> str:
    if segment.kind == "static":
        return ""
    try:
        rule = tree.read(segment.definition)
    except tree.Unfit as unfit:
        text = _("The rule cannot be asked any more, so nobody is in the segment: %(why)s")
        return text % {"why": " ".join(unfit.messages)}
    return missing(rule)


def missing(rule: tree.Group) -> str:
    """Return why a field of the rule has nothing to go by yet, if so."""
    for node in tree.conditions(rule):
        if node.field.missing and node.field.rows is not None and node.field.rows() is None:
            return str(node.field.missing)
    return ""


def _tiles(
    segment: Any, size: counting.Size, days: list[Any], *, now_asked: bool
) -> list[dict[str, Any]]:
    counted = _counted(segment.counted_at)
    return [
        {
            "label": _("Customers you see"),
            "value": said(size),
            "icon": "users",
            "hint": _("the rule, asked just now") if now_asked else counted,
        },
        {
            "label": _("Members in all"),
            "value": figures.number(segment.members),
            "icon": "building-2",
            "hint": counted if segment.counted_at else _("not counted yet"),
        },
        {
            "label": _("Entered in 30 days"),
            "value": figures.number(sum(each.entered for each in days)),
            "icon": "log-in",
        },
        {
            "label": _("Left in 30 days"),
            "value": figures.number(sum(each.left for each in days)),
            "icon": "log-out",
        },
    ]


def said(size: counting.Size) -> str:
    if size.number is None:
        return _("many")
    if size.more:
        return _("more than %(number)s") % {"number": figures.number(size.number)}
    return figures.number(size.number)


def left_out(rows: Any) -> str:
    """Say how many are not counted because their processing is restricted; nothing for none."""
    size = counting.size(rows, seconds=SECONDS)
    if not size.number:
        return ""
    text = ngettext(
        "%(number)s more is left out: its processing is restricted.",
        "%(number)s more are left out: their processing is restricted.",
        size.number,
    )
    return text % {"number": figures.number(size.number)}


def sized(size: counting.Size) -> str:
    """Return the size as a sentence for the builder."""
    if size.number is None:
        return _("Too many to count while you type; they are counted once you save.")
    if size.more:
        return _("more than %(number)s customers") % {"number": figures.number(size.number)}
    text = ngettext("%(number)s customer", "%(number)s customers", size.number)
    return text % {"number": figures.number(size.number)}
