"""What a review is to talk about, told from the data: each point has a key and a sentence.

A point that is `is_inside` is for us alone and does not stand on the paper for the customer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans.buying_centre import words
from mainstay.account_plans.certainty.choices import Kind, Level
from mainstay.account_plans.relationship.choices import Side
from mainstay.shared.templatetags.figures import day, money_round, number, percent

from .facts import Facts
from .rules import Followed, followed

NAMED = 3  # of many, the most urgent are named


@dataclass(frozen=True)
class Proposal:
    key: str
    text: str
    is_inside: bool = True


def proposed(facts: Facts) -> list[Proposal]:
    """Return the points in the order in which a review goes through them."""
    parts = (_decisions, _complaints, _sales, _certainty, _actions, _people, _relation)
    return [point for part in parts for point in part(facts)]


def in_english(facts: Facts) -> dict[str, str]:
    """Return the same by key in English, by which a point is known to be out of date."""
    with translation.override("en"):
        return {point.key: point.text for point in proposed(facts)}


def unknown(facts: Facts) -> list[str]:
    """Return what could not be looked at, and what to do about it."""
    told = []
    if facts.sales is None:
        told.append(_("Value: no value run knows this customer yet."))
    elif facts.sales.then_minor is None:
        text = _("Value since %(day)s: there is no earlier run to compare with.")
        told.append(text % {"day": day(facts.since)})
    if not facts.certainty:
        told.append(_("Certainty: nothing is named that we offer to this customer."))
    if not facts.relation.given:
        told.append(_("Relationship: nobody has rated it yet."))
    return told


def _decisions(facts: Facts) -> Iterator[Proposal]:
    rows = facts.followed_up
    if not rows:
        return
    states = [
        followed(row.task and row.task.state, row.task and row.task.due_date, facts.today)
        for row in rows
    ]
    text = ngettext(
        "Follow-up: %(done)s of %(n)s decision of earlier reviews is done",
        "Follow-up: %(done)s of %(n)s decisions of earlier reviews are done",
        len(rows),
    ) % {"n": number(len(rows)), "done": number(states.count(Followed.DONE))}
    late = [row.text for row, state in zip(rows, states, strict=True) if state == Followed.OVERDUE]
    if late:
        text += "; " + _("overdue: %(names)s") % {"names": _named(late)}
    yield Proposal("decisions", text + ".", is_inside=False)


def _complaints(facts: Facts) -> Iterator[Proposal]:
    rows = facts.complaints
    if not rows:
        return
    text = ngettext(
        "%(n)s complaint is open, since %(day)s: %(names)s.",
        "%(n)s complaints are open, the oldest since %(day)s: %(names)s.",
        len(rows),
    )
    known = {"n": number(len(rows)), "day": day(timezone.localdate(rows[0].occurred_at))}
    names = _named([row.subject or _("without a subject") for row in rows])
    yield Proposal("complaints", text % {**known, "names": names}, is_inside=False)


def _sales(facts: Facts) -> Iterator[Proposal]:
    """Tell what was bought between two runs; lifetime values are no matter for a meeting."""
    found = facts.sales
    if found is None or found.then_minor is None:
        return
    text = _("Bought between %(then)s and %(now)s: %(amount)s.")
    yield Proposal(
        "sales",
        text
        % {
            "then": day(found.then_as_of),
            "now": day(found.as_of),
            "amount": money_round(found.now_minor - found.then_minor, found.currency),
        },
    )


def _certainty(facts: Facts) -> Iterator[Proposal]:
    for fallen in facts.fallen:
        text = _("%(service)s: certainty of %(kind)s fell from %(then)s to %(now)s. Why?")
        known = {
            "service": fallen.service,
            "kind": Kind(fallen.kind).label.lower(),
            "then": Level(fallen.then).label.lower(),
            "now": Level(fallen.now).label.lower(),
        }
        yield Proposal(f"fell.{fallen.service}.{fallen.kind}"[:60], text % known)


def _actions(facts: Facts) -> Iterator[Proposal]:
    rows = facts.actions
    late = [row for row in rows if row.task.due_date and row.task.due_date < facts.today]
    if late:
        text = ngettext(
            "%(n)s action is overdue: %(names)s.",
            "%(n)s actions are overdue: %(names)s.",
            len(late),
        )
        names = _named([row.task.title for row in late])
        yield Proposal("overdue", text % {"n": number(len(late)), "names": names})
    due = [row for row in rows if row not in late]
    if due:
        text = ngettext(
            "%(n)s action is open; next: %(names)s.", "%(n)s actions are open; next: %(names)s.",
            len(due),
        )  # fmt: skip
        names = _named([row.task.title for row in due])
        yield Proposal("open", text % {"n": number(len(due)), "names": names})


def _people(facts: Facts) -> Iterator[Proposal]:
    kinds = list(dict.fromkeys(each.kind for each in facts.gaps if each.kind != words.NOBODY))
    if kinds:
        names = [str(words.GAPS[kind][0]).lower() for kind in kinds]
        text = _("Gaps in the buying centre: %(names)s.") % {"names": _named(names)}
        yield Proposal("people", text)


def _relation(facts: Facts) -> Iterator[Proposal]:
    found = facts.relation
    (ours, n), (theirs, their_n) = found.closeness(Side.OURS), found.closeness(Side.THEIRS)
    if ours is None:
        return
    text = _("Relationship: %(share)s close in our eyes (%(n)s criteria)")
    told = text % {"share": percent(ours), "n": number(n)}
    if theirs is not None:
        text = _("%(share)s in theirs (%(n)s criteria)")
        told += ", " + text % {"share": percent(theirs), "n": number(their_n)}
    disputed: list[Any] = found.disputed
    if disputed:
        names = _named([str(each.name).lower() for each in disputed])
        told += "; " + _("we disagree on %(names)s") % {"names": names}
    yield Proposal("relation", told + ".")


def _named(names: list[str]) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    if more <= 0:
        return shown
    text = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more)
    return text % {"names": shown, "n": number(more)}
