"""How an account does, in words: each factor with its reason, and what is not known of it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.account_plans.buying_centre import words
from mainstay.account_plans.relationship.choices import Side
from mainstay.shared.templatetags.figures import day, number, percent

from . import rules
from .queries import Board, Row
from .rules import Tone

WORDS = {
    Tone.BAD: gettext_lazy("Needs attention"),
    Tone.WATCH: gettext_lazy("To be watched"),
    Tone.GOOD: gettext_lazy("Well"),
    Tone.UNKNOWN: gettext_lazy("Too little known"),
}
COLOURS = {Tone.BAD: "red", Tone.WATCH: "amber", Tone.GOOD: "green", Tone.UNKNOWN: "neutral"}
KEYS = {Tone.BAD: "attention", Tone.WATCH: "watch", Tone.GOOD: "well", Tone.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Factor:
    key: str
    name: str
    tone: Tone
    reason: str

    @property
    def colour(self) -> str:
        return COLOURS[self.tone]

    @property
    def word(self) -> str:
        return KEYS[self.tone]


def factors(row: Row, board: Board) -> list[Factor]:
    """Return all factors, the worst first, those not known last."""
    parts = (_buying, _sales, _certainty, _relation, _people, _contact, _actions, _review, _trouble)
    return sorted((part(row, board) for part in parts), key=lambda each: each.tone)


def _run(board: Board) -> str:
    if board.run is None:
        return _("No value run yet; an analyst can start one.")
    return _("The run as of %(day)s has no purchase of this customer.") % {
        "day": day(board.run.as_of)
    }


def _buying(row: Row, board: Board) -> Factor:
    found = row.worth.p_alive if row.worth else None
    tone, why = rules.still_buying(found), _run(board)
    if found is not None:
        text = _("%(share)s probable as of %(day)s; watched below %(watch)s, bad below %(bad)s.")
        known = {"share": percent(found), "day": day(board.run.as_of)}
        ends = {"watch": percent(rules.UNSURE), "bad": percent(rules.UNLIKELY)}
        why = text % (known | ends)
    elif row.worth:
        why = _("The run could not compute it: too few purchases.")
    return Factor("still_buying", _("Still buying"), tone, why)


def _sales(row: Row, board: Board) -> Factor:
    found = row.worth.trend if row.worth else None
    why = _run(board)
    if found is not None:
        text = _("Purchase days, latest half year against the one before: %(trend)s of both.")
        why = text % {"trend": percent(found)}
    elif row.worth:
        why = _("Too short a time with us to compare two half years.")
    return Factor("sales", _("Frequency of purchases"), rules.sales(found), why)


def _certainty(row: Row, board: Board) -> Factor:
    cells = [cell for cells in row.certainty.values() for cell in cells]
    fell, _rose = row.moved()
    tone = rules.certainty(((c.present, c.wanted) for c in cells), fell)
    judged = [cell for cell in cells if cell.effect]
    below = sum((cell.present or 0) < (cell.wanted or 0) for cell in judged)
    if not judged:
        why = _("Nobody has judged it.")
    else:
        text = _("%(below)s of %(n)s judged are below what is wanted, %(fell)s fell in a month.")
        why = text % {"below": number(below), "n": number(len(judged)), "fell": number(fell)}
    return Factor("certainty", _("Certainty"), tone, why)


def _relation(row: Row, board: Board) -> Factor:
    found, n = row.relation.closeness(Side.OURS) if row.relation else (None, 0)
    text = _("%(share)s close in our eyes, by %(n)s criteria.")
    few = _("%(n)s criteria rated; %(least)s are the fewest to go by.")
    known = {"n": number(n), "least": number(rules.FEWEST_CRITERIA), "share": percent(found)}
    tone = rules.relation(found, n)
    why = (few if tone == Tone.UNKNOWN else text) % known
    return Factor("relationship", _("Relationship"), tone, why)


def _people(row: Row, board: Board) -> Factor:
    tone = rules.buying_centre(row.people, row.gaps)
    if not row.people:
        why = _("Nobody is named in the buying centre.")
    elif row.gaps:
        why = "; ".join(dict.fromkeys(str(words.GAPS[kind][0]) for kind in row.gaps)) + "."
    else:
        text = ngettext(
            "%(n)s person named, a decider among them.",
            "%(n)s people named, a decider among them.",
            row.people,
        )
        why = text % {"n": number(row.people)}
    return Factor("buying_centre", _("Buying centre"), tone, why)


def _contact(row: Row, board: Board) -> Factor:
    days = (board.now - row.talked_at).days if row.talked_at else None
    if row.talked_at is None:
        why = _("No conversation is noted.")
    else:
        why = _("Last conversation on %(day)s.") % {"day": day(timezone.localdate(row.talked_at))}
    return Factor("contact", _("Contact"), rules.contact(days), why)


def _actions(row: Row, board: Board) -> Factor:
    late = overdue(row, board)
    text = _("%(open)s open, %(late)s overdue.")
    why = text % {"open": number(len(row.open)), "late": number(late)}
    why = why if row.planned else _("No action is planned.")
    return Factor("actions", _("Actions"), rules.actions(row.planned, late), why)


def overdue(row: Row, board: Board) -> int:
    return sum(each.due is not None and each.due < board.today for each in row.open)


def _review(row: Row, board: Board) -> Factor:
    held = row.review.get("held")
    days = (board.today - held).days if held else None
    why = _("Last held on %(day)s.") % {"day": day(held)} if held else _("None was held yet.")
    return Factor("review", _("Review meeting"), rules.review(days), why)


def _trouble(row: Row, board: Board) -> Factor:
    n = row.complaints
    text = ngettext("%(n)s complaint is open.", "%(n)s complaints are open.", n)
    why = text % {"n": number(n)} if n else _("No complaint is open.")
    return Factor("complaints", _("Complaints"), rules.complaints(n), why)


def summed(found: list[Factor]) -> dict[str, Any]:
    """Return the word for the account, and which factors led to it."""
    tone = rules.health([each.tone for each in found])
    missing = [each.name for each in found if each.tone == Tone.UNKNOWN]
    return {
        "tone": tone,
        "key": KEYS[tone],
        "word": str(WORDS[tone]),
        "colour": COLOURS[tone],
        "factors": found,
        "told": [each for each in found if each.tone in (Tone.BAD, Tone.WATCH)],
        "missing": ", ".join(missing),
        "known": len(found) - len(missing),
    }
