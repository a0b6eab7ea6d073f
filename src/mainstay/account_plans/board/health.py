"""How an account does, in words: each factor with its reason, and what is not known of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.account_plans.buying_centre import words
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
    """One factor of an account; its reason is worded once somebody reads it."""

    key: str
    tone: Tone
    row: Row
    board: Board

    @property
    def name(self) -> str:
        return str(FACTORS[self.key].name)

    @cached_property
    def reason(self) -> str:
        return FACTORS[self.key].reason(self.row, self.board)

    @property
    def colour(self) -> str:
        return COLOURS[self.tone]

    @property
    def word(self) -> str:
        return KEYS[self.tone]


@dataclass(frozen=True)
class Health:
    """The word for an account, and the factors that led to it."""

    tone: Tone
    factors: list[Factor]

    @property
    def key(self) -> str:
        return KEYS[self.tone]

    @property
    def word(self) -> str:
        return str(WORDS[self.tone])

    @property
    def colour(self) -> str:
        return COLOURS[self.tone]

    @property
    def told(self) -> list[Factor]:
        return [each for each in self.factors if each.tone in (Tone.BAD, Tone.WATCH)]

    @property
    def missing(self) -> list[str]:
        return [each.name for each in self.factors if each.tone == Tone.UNKNOWN]

    @property
    def known(self) -> int:
        return len(self.factors) - len(self.missing)

    @property
    def order(self) -> tuple[int, ...]:
        """Return a key that puts first what is worst: by the word, then by how many factors."""
        tones = [each.tone for each in self.factors]
        return self.tone, -tones.count(Tone.BAD), -tones.count(Tone.WATCH)


def health(row: Row, board: Board) -> Health:
    """Return the account's health with all factors, the worst first, those not known last."""
    factors = [Factor(key, each.tone(row, board), row, board) for key, each in FACTORS.items()]
    factors.sort(key=lambda each: each.tone)
    return Health(rules.health([each.tone for each in factors]), factors)


def _run(board: Board) -> str:
    if board.run is None:
        return _("No value run yet; an analyst can start one.")
    return _("The run as of %(day)s has no purchase of this customer.") % {
        "day": day(board.run.as_of)
    }


def _buying(row: Row, board: Board) -> str:
    if row.worth is None:
        return _run(board)
    if row.worth.p_alive is None:
        return _("The run could not compute it: too few purchases.")
    text = _("%(share)s probable as of %(day)s; watched below %(watch)s, bad below %(bad)s.")
    known = {"share": percent(row.worth.p_alive), "day": day(board.run.as_of)}
    ends = {"watch": percent(rules.UNSURE), "bad": percent(rules.UNLIKELY)}
    return text % (known | ends)


def _sales(row: Row, board: Board) -> str:
    if row.worth is None:
        return _run(board)
    if row.worth.trend is None:
        return _("Too short a time with us to compare two half years.")
    text = _(
        "Purchase days of the latest half year less those of the one before: %(trend)s of both."
    )
    return text % {"trend": percent(row.worth.trend)}


def _judge_certainty(row: Row, board: Board) -> Tone:
    cells = ((each.present, each.wanted) for each in row.certainty.values())
    return rules.certainty(cells, row.moved[0])


def _certainty(row: Row, board: Board) -> str:
    judged = [each for each in row.certainty.values() if each.present and each.wanted]
    if not judged:
        return _("Nobody has judged it.")
    below = sum((each.present or 0) < (each.wanted or 0) for each in judged)
    text = _("%(below)s of %(n)s below what is wanted; judged last on %(day)s.")
    latest = day(max(each.rated_on for each in judged))
    told = text % {"below": number(below), "n": number(len(judged)), "day": latest}
    fell = row.moved[0]
    more = ngettext("%(n)s fell in a month.", "%(n)s fell in a month.", fell)
    return f"{told} {more % {'n': number(fell)}}" if fell else told


def _judge_relation(row: Row, board: Board) -> Tone:
    found = row.relation
    return rules.relation(found.share, found.criteria) if found else Tone.UNKNOWN


def _relation(row: Row, board: Board) -> str:
    found = row.relation
    if found is None:
        return _("Nobody has rated it.")
    if found.criteria < rules.FEWEST_CRITERIA:
        few = _("%(n)s criteria rated; %(least)s are the fewest to go by.")
        return few % {"n": number(found.criteria), "least": number(rules.FEWEST_CRITERIA)}
    text = _("%(share)s close in our eyes, by %(n)s criteria; rated last on %(day)s.")
    latest = day(timezone.localdate(found.latest_at))
    return text % {"share": percent(found.share), "n": number(found.criteria), "day": latest}


def _people(row: Row, board: Board) -> str:
    if not row.people:
        return _("Nobody is named in the buying centre.")
    if row.gaps:
        return "; ".join(dict.fromkeys(str(words.GAPS[kind][0]) for kind in row.gaps)) + "."
    text = ngettext(
        "%(n)s person named, a decider among them.",
        "%(n)s people named, a decider among them.",
        row.people,
    )
    return text % {"n": number(row.people)}


def _judge_contact(row: Row, board: Board) -> Tone:
    return rules.contact((board.now - row.talked_at).days if row.talked_at else None)


def _contact(row: Row, board: Board) -> str:
    if row.talked_at is None:
        return _("No conversation is noted.")
    return _("Last conversation on %(day)s.") % {"day": day(timezone.localdate(row.talked_at))}


def _actions(row: Row, board: Board) -> str:
    if not row.planned:
        return _("No action is planned.")
    text = _("%(open)s open, %(late)s overdue.")
    return text % {"open": number(len(row.open)), "late": number(overdue(row, board))}


def overdue(row: Row, board: Board) -> int:
    return sum(each.due is not None and each.due < board.today for each in row.open)


def _judge_review(row: Row, board: Board) -> Tone:
    held = row.review.get("held")
    return rules.review((board.today - held).days if held else None)


def _review(row: Row, board: Board) -> str:
    held = row.review.get("held")
    return _("Last held on %(day)s.") % {"day": day(held)} if held else _("None was held yet.")


def _trouble(row: Row, board: Board) -> str:
    n = row.complaints
    text = ngettext("%(n)s complaint is open.", "%(n)s complaints are open.", n)
    return text % {"n": number(n)} if n else _("No complaint is open.")


@dataclass(frozen=True)
class _Judging:
    """How a factor is called, judged and explained."""

    name: Any
    tone: Callable[[Row, Board], Tone]
    reason: Callable[[Row, Board], str]


FACTORS = {
    "still_buying": _Judging(
        gettext_lazy("Still buying"),
        lambda row, _board: rules.still_buying(row.worth and row.worth.p_alive),
        _buying,
    ),
    "sales": _Judging(
        gettext_lazy("Frequency of purchases"),
        lambda row, _board: rules.sales(row.worth and row.worth.trend),
        _sales,
    ),
    "certainty": _Judging(gettext_lazy("Certainty"), _judge_certainty, _certainty),
    "relationship": _Judging(gettext_lazy("Relationship"), _judge_relation, _relation),
    "buying_centre": _Judging(
        gettext_lazy("Buying centre"),
        lambda row, _board: rules.buying_centre(row.people, row.gaps),
        _people,
    ),
    "contact": _Judging(gettext_lazy("Contact"), _judge_contact, _contact),
    "actions": _Judging(
        gettext_lazy("Actions"),
        lambda row, board: rules.actions(row.planned, overdue(row, board)),
        _actions,
    ),
    "review": _Judging(gettext_lazy("Review meeting"), _judge_review, _review),
    "complaints": _Judging(
        gettext_lazy("Complaints"), lambda row, _board: rules.complaints(row.complaints), _trouble
    ),
}
