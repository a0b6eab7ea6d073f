"""The page of the board: a row for each account, with everything explained."""

from collections import Counter
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.account_plans.certainty.choices import Kind, Level
from mainstay.account_plans.certainty.rules import KINDS
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import day, number

from . import health, queries, worth
from .health import Health
from .queries import Board, Row
from .worth import Measure

PAGE = 50
SORTS = {
    "health": gettext_lazy("Health"),
    "value": gettext_lazy("Value"),
    "gap": gettext_lazy("Gap"),
    "next": gettext_lazy("Next action"),
    "name": gettext_lazy("Name"),
}
FIRST = "health"


def page(
    user: Any, now: datetime, *, owner: int | None = None, sort: str = "", at: int | None = None
) -> dict[str, Any]:
    """Return a page of the board; `sort` is one of SORTS, anything else the first of them.

    All accounts are judged and put in order; in words is only what the page shows.
    """
    board = queries.board(user, now, owner=owner)
    chosen = sort if sort in SORTS else FIRST
    money = can(user, "money.view")
    by = worth.measure(board, money=money)
    judged = [(each, health.health(each, board)) for each in board.rows]
    judged.sort(key=lambda pair: (_order(pair[0], pair[1], chosen, by), pair[0].name))
    last = max(1, -(-len(judged) // PAGE))
    at = min(max(at or 1, 1), last)
    owners = queries.owners(user)
    return {
        "rows": [row(*each, board, by) for each in judged[(at - 1) * PAGE : at * PAGE]],
        "counts": _counts([state for _row, state in judged]),
        "owners": owners,
        "owner": owner if owner in dict(owners) else None,
        "sorts": list(SORTS.items()),
        "sort": chosen,
        "run": board.run,
        "measure": by,
        "measure_label": str(worth.LABELS[by]) if by else _("Value"),
        "notes": worth.notes(board, by, money=money),
        "next_page": at + 1 if at < last else None,
        "next_url": _address(at + 1, chosen, owner) if at < last else "",
        "previous_url": _address(at - 1, chosen, owner) if at > 1 else "",
        "words": _words(at, len(judged)),
    }


def _order(found: Row, state: Health, chosen: str, by: Measure | None) -> tuple[Any, ...]:
    """Return where the row stands; what is not known stands last, never as if it were nothing."""
    match chosen:
        case "health":
            return state.order
        case "value":
            return _largest_first(worth.minor(found, by))
        case "gap":
            return _largest_first(found.gap and found.gap.current_minor)
        case "next":
            first = found.open[0] if found.open else None
            due = first.due if first else None
            return first is None, due is None, due or date.max
    return ()


def _largest_first(minor: int | None) -> tuple[bool, int]:
    return minor is None, -(minor or 0)


def _address(at: int, chosen: str, owner: int | None) -> str:
    whose = {"owner": owner} if owner else {}
    return "?" + urlencode({"sort": chosen, **whose, "page": at})


def _words(at: int, n: int) -> str:
    first, last = (at - 1) * PAGE + 1, min(at * PAGE, n)
    text = _("%(first)s to %(last)s of %(n)s accounts")
    return text % {"first": number(first), "last": number(last), "n": number(n)}


def _counts(states: list[Health]) -> list[dict[str, Any]]:
    """Return how many accounts there are of each health."""
    found = Counter(each.tone for each in states)
    return [
        {"word": str(word), "colour": health.COLOURS[tone], "n": found[tone]}
        for tone, word in health.WORDS.items()
    ]


def row(found: Row, state: Health, board: Board, by: Measure | None) -> dict[str, Any]:
    """Return an account in words."""
    customer = found.customer
    return {
        "pk": found.key.customer_id,
        "name": customer.name,
        "url": reverse("accounts:account", args=[found.key.customer_id]),
        "owner": customer.owner.name if customer.owner else "",
        "email": customer.owner.email if customer.owner else None,
        "worth": worth.worth(found, board, by),
        "gap": worth.gap(found, board),
        "certainty": [_kind(found, kind) for kind in KINDS],
        "health": state,
        "next": _next(found, board),
        "changes": changes(found, board, by),
    }


def _kind(found: Row, kind: str) -> dict[str, Any]:
    """Return the lowest level of a kind of certainty, and whether more is wanted anywhere."""
    cells = [each for (_offering, about), each in found.certainty.items() if about == kind]
    judged = [(each.present, each.wanted) for each in cells if each.present]
    lowest = min((now for now, _wanted in judged), default=None)
    wanted = max((w for now, w in judged if w and w > now), default=None)
    label = str(Level(lowest).label) if lowest else _("not judged")
    return {
        "kind": kind,
        "label": str(Kind(kind).label),
        "level": lowest,
        "shown": label,
        "wanted": str(Level(wanted).label) if wanted else "",
        "dots": [_dot(level, lowest, wanted) for level in Level.values],
    }


def _dot(level: int, lowest: int | None, wanted: int | None) -> str:
    if lowest and level <= lowest:
        return "full"
    return "wanted" if wanted and level <= wanted else "empty"


def _next(found: Row, board: Board) -> dict[str, Any]:
    if not found.open:
        return {"title": ""}
    first = found.open[0]
    late = first.due is not None and first.due < board.today
    return {
        "title": first.title,
        "task": first.task,
        "url": reverse("todo:task", args=[first.task]),
        "due": first.due,
        "who": first.who,
        "late": late,
    }


def changes(found: Row, board: Board, by: Measure | None) -> list[str]:
    """Return what changed within the month, in sentences."""
    since = board.today - queries.MONTH
    told = []
    if timezone.localdate(found.key.created_at) >= since:
        told.append(_("Chosen as a key account"))
    told += worth.moved(found, board, by)
    fell, rose = found.moved
    told += _count(fell, ngettext("%(n)s certainty fell", "%(n)s certainties fell", fell))
    told += _count(rose, ngettext("%(n)s certainty rose", "%(n)s certainties rose", rose))
    done = sum(each.done_at is not None for each in found.actions)
    told += _count(done, ngettext("%(n)s action done", "%(n)s actions done", done))
    late = sum(each.due is not None and since <= each.due < board.today for each in found.open)
    told += _count(late, ngettext("%(n)s fell overdue", "%(n)s fell overdue", late))
    held = found.review.get("held")
    if held and held >= since:
        told.append(_("Review held on %(day)s") % {"day": day(held)})
    if found.approved_at and timezone.localdate(found.approved_at) >= since:
        told.append(_("Plan approved"))
    return told


def _count(n: int, text: str) -> list[str]:
    return [text % {"n": number(n)}] if n else []
