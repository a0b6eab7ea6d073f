"""What a plan says of the relationship and of who decides there; with both as annexes.

Gaps found from conversations are left out: who sees fewer of them would read another plan.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans.buying_centre import presenters as centre_shown
from mainstay.account_plans.buying_centre.words import COMPLEXITY, SUPPORT_NAMES
from mainstay.account_plans.relationship.choices import POINTS, Level, Side
from mainstay.account_plans.relationship.presenters import cell, signed
from mainstay.analysis.accounts import relationship as figures
from mainstay.analysis.accounts.buying_centre import FACTORS
from mainstay.shared.templatetags.figures import day, number, percent

from .facts import Facts

Said = tuple[str, str]
OF_CONVERSATIONS = {"never_spoken", "silent", "one_of_us", "two_companies"}


def assumptions(facts: Facts) -> Iterator[Said]:
    yield from _closeness(facts)
    disputed = [str(each.name) for each in facts.relation.disputed]
    if disputed:
        text = _("We do not agree among ourselves about: %(what)s.")
        yield "relation.disputed", text % {"what": ", ".join(disputed)}
    apart = [f"{name} ({signed(gap)})" for name, gap in _apart(facts)]
    if apart:
        text = _("The customer’s people see this differently than we do: %(what)s.")
        yield "relation.apart", text % {"what": ", ".join(apart)}
    yield from _approach(facts)
    level = facts.level
    if level and level.now == level.wanted:
        text = _("The relationship is at the level we want: %(level)s.")
        yield "level", text % {"level": Level(level.now).label.lower()}


def _closeness(facts: Facts) -> Iterator[Said]:
    texts = {
        Side.OURS: _(
            "We put the closeness of the relationship at %(share)s"
            " (criteria: %(n)s; people: %(people)s; oldest rating: %(day)s)."
        ),
        Side.THEIRS: _(
            "The customer’s people put the closeness at %(share)s"
            " (criteria: %(n)s; people: %(people)s; oldest rating: %(day)s)."
        ),
    }
    for side, text in texts.items():
        share, n = facts.relation.closeness(side)
        given = [row for row in facts.relation.given if row.side == side]
        if share is not None:
            known = {"share": percent(share), "n": number(n)}
            known["people"] = number(len({row.by_id or row.invitation_id for row in given}))
            known["day"] = day(min(row.at for row in given))
            yield f"relation.{side.value}", text % known


def _apart(facts: Facts) -> Iterator[tuple[str, float]]:
    for each in facts.relation.criteria:
        ours, theirs = (facts.relation.spread(each.key, side) for side in (Side.OURS, Side.THEIRS))
        gap = figures.gap(ours, theirs)
        if gap is not None and abs(gap) >= figures.WIDE / 2:
            yield str(each.name), gap


def _approach(facts: Facts) -> Iterator[Said]:
    if facts.approach is None:
        return
    found = figures.diagnosis(facts.approach.answers)
    texts = {
        "transactional": _("We sell to it by transactions (%(n)s of %(of)s points of reference)."),
        "relational": _("We build a relationship with it (%(n)s of %(of)s points of reference)."),
        "mixed": _("Neither transactions nor the relationship lead how we sell to it."),
    }
    if found.side:
        n = max(found.transactional, found.relational)
        known = {"n": number(n), "of": number(len(POINTS))}
        yield "relation.approach", texts[found.side] % known


def goals(facts: Facts) -> Iterator[Said]:
    level = facts.level
    if level and level.now != level.wanted:
        text = _("Bring the relationship from the level “%(now)s” to “%(wanted)s”. %(why)s")
        known = {"now": Level(level.now).label, "wanted": Level(level.wanted).label}
        yield "goal.level", text % (known | {"why": level.why})


def people(facts: Facts) -> Iterator[Said]:
    n = len(facts.centre.members)
    if not n:
        return
    text = ngettext(
        "We know %(n)s person of the buying centre.",
        "We know %(n)s people of the buying centre.",
        n,
    ) % {"n": number(n)}
    found = facts.centre.complexity
    if found.word and found.value:
        more = _(
            "The complexity of the purchase is %(word)s (%(value)s of 5; %(n)s of %(of)s judged)."
        )
        known = {"word": COMPLEXITY[found.word].lower(), "value": number(found.value, 1)}
        known |= {"n": number(found.judged), "of": number(len(FACTORS))}
        text = f"{text} {more % known}"
    yield "centre", text


def risks(facts: Facts) -> Iterator[Said]:
    """Yield the gaps of the buying centre, each with what to do."""
    if not facts.centre.members:
        return
    for gap in centre_shown.gaps(facts.centre):
        if gap["tone"] != "info" and gap["kind"] not in OF_CONVERSATIONS:
            who = f" ({gap['people']})" if gap["people"] else ""
            yield f"centre.{gap['kind']}", f"{gap['title']}{who}. {gap['what']}"


def relationship_rows(facts: Facts) -> list[list[Any]]:
    """Return each rated criterion with both views."""
    relation = facts.relation
    return [
        [each.name, *(_view(each, relation.spread(each.key, side)) for side in Side)]
        for each in relation.criteria
        if any(relation.of(each.key, side) for side in Side)
    ]


def _view(criterion: Any, found: Any) -> str:
    shown = cell(criterion, found)
    return f"{shown['word']} ({shown['mean']}; n = {shown['n']})" if shown else "–"


def centre_rows(facts: Facts) -> list[list[Any]]:
    """Return the people of the buying centre as they stand in it."""
    found = facts.centre
    names = {row.pk: row.name for row in found.members}
    return [
        [
            "\n".join(filter(None, (row.name or "–", row.position))),
            ", ".join(centre_shown.role_names(found, row)) or "–",
            row.goals or "–",
            row.influence or "–",
            SUPPORT_NAMES[row.support][1] if row.support is not None else "–",
            names.get(row.reports_to_id or 0, "–"),
        ]
        for row in found.members
    ]
