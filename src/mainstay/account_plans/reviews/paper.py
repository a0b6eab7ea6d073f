"""A review on paper: one page of agenda, decisions and minutes."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.account_plans.workspace.queries import Account
from mainstay.people.queries import company
from mainstay.shared import paper
from mainstay.shared.templatetags.figures import day

from . import presenters, queries

TEMPLATE = Path(__file__).with_name("review.typ")
SIZES = (10, 9, 8)  # of the letters in points: the first that fits one page


def told(account: Account, meeting: Any, now: datetime, *, inside: bool) -> dict[str, Any]:
    """Return all that the paper says; what is among us only is left out unless `inside`."""
    people = queries.participants([meeting.pk]).get(meeting.pk, [])
    today = timezone.localdate(now)
    mine = queries.decisions(account.pk).filter(meeting=meeting)
    points = [row for row in queries.points(meeting) if row.text and (inside or not row.is_inside)]
    return {
        **paper.language(),
        "company": company().name,
        "kind": _("Review meeting") if meeting.held_at else _("Agenda of the review meeting"),
        "title": account.customer.name,
        "about": [line for line in (day(meeting.held_on), meeting.place) if line],
        "warning": _("Among us only") if inside else "",
        "people": [
            [account.customer.name, _names(people, ours=False)],
            [company().name, _names(people, ours=True)],
        ],
        "points": [{"text": row.text, "note": row.note} for row in points],
        "decisions": _table(mine, today),
        "followed": _table(queries.followed_up(meeting), today),
        "minutes": meeting.minutes if inside or meeting.held_at else "",
        "words": _words(),
    }


def _names(people: list[Any], *, ours: bool) -> str:
    return ", ".join(row.name for row in people if row.is_ours == ours) or "–"


def _table(rows: Any, today: Any) -> list[list[str]]:
    found = [presenters.decision(row, today) for row in rows]
    return [[row["text"], row["who"] or "–", day(row["due"]), row["label"]] for row in found]


def _words() -> dict[str, str]:
    return {
        "agenda": _("Agenda"),
        "decisions": _("Decisions"),
        "followed": _("Decisions of earlier reviews"),
        "minutes": _("Minutes of the meeting"),
        "decision": _("Decision"),
        "who": _("Who sees to it"),
        "until": _("Until"),
        "state": _("State"),
        "nothing": _("Nothing stands on the agenda yet."),
    }


def pdf(review: dict[str, Any]) -> bytes:
    """Return the paper in the largest letters that fit one page."""
    sized = ({**review, "size": size} for size in SIZES)
    fitting = (each for each in sized if int(paper.asked(TEMPLATE, "<length>", review=each)) == 1)
    return paper.pdf(TEMPLATE, review=next(fitting, {**review, "size": SIZES[-1]}))
