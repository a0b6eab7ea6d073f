"""The pages of a relationship: both views beside each other, their age, and what is missing."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans import tabs
from mainstay.account_plans.workspace import presenters as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.analysis.accounts import relationship as figures
from mainstay.shared.templatetags.figures import number, percent

from . import queries
from .choices import POINTS, Level, Side
from .forms import LevelForm, meanings
from .presets import Criterion

OLD_DAYS = 365
SHOWN = 6
NOTHING = 0.05  # is written as 0.0


def state(account: Account, now: datetime) -> tabs.State:
    """Return how far this part of the plan has come."""
    found = queries.relation(account.pk)
    known = ""
    if found.given:
        ours, n = found.closeness(Side.OURS)
        known = _("Closeness %(share)s in our eyes, by %(n)s criteria") % {
            "share": "–" if ours is None else percent(ours),
            "n": number(n),
        }
    return tabs.State(known, _missing(account, found))


def _missing(account: Account, found: queries.Relation) -> list[str]:
    lacking = []
    if found.unrated:
        n = len(found.unrated)
        text = ngettext("%(n)s criterion not rated", "%(n)s criteria not rated", n)
        lacking.append(text % {"n": number(n)})
    if not any(row.side == Side.THEIRS for row in found.given):
        lacking.append(_("nobody of the customer has rated it"))
    if queries.approach(account.pk) is None:
        lacking.append(_("transactional or relational not judged"))
    if not queries.levels(account.pk).exists():
        lacking.append(_("level now and wanted not set"))
    return lacking


def page(account: Account, now: datetime, *, level: LevelForm | None = None) -> dict[str, Any]:
    found = queries.relation(account.pk)
    notes = list(queries.levels(account.pk)[:SHOWN])
    current = notes[0] if notes else None
    initial = {"now": current.now, "wanted": current.wanted} if current else {}
    return workspace.page(account, tab="relationship") | {
        "rows": [row(each, found, now) for each in found.criteria],
        "closeness": [_closeness(found, side) for side in (Side.OURS, Side.THEIRS)],
        "raters": len({each.by_id for each in found.given if each.side == Side.OURS}),
        "approach": _approach(account.pk),
        "level": current,
        "ladder": _ladder(current),
        "levels": notes[1:],
        "level_form": level or LevelForm(initial=initial),
        "others": queries.others(account.user, account.pk)[:1],
        "missing": _missing(account, found),
    }


def row(criterion: Criterion, found: queries.Relation, now: datetime) -> dict[str, Any]:
    """Return one criterion: both spreads, the gap between them, and who said what when."""
    given = [*found.of(criterion.key, Side.OURS), *found.of(criterion.key, Side.THEIRS)]
    ours, theirs = (found.spread(criterion.key, side) for side in (Side.OURS, Side.THEIRS))
    apart = figures.gap(ours, theirs)
    days = found.days(criterion.key, now)
    return {
        "criterion": criterion,
        "ours": cell(criterion, ours),
        "theirs": cell(criterion, theirs),
        "marks": [mark for mark in (_mark(ours, "ours"), _mark(theirs, "theirs")) if mark],
        "gap": "" if apart is None else signed(apart),
        "wide": apart is not None and abs(apart) >= figures.WIDE / 2,
        "disputed": bool(ours and ours.is_disputed) or bool(theirs and theirs.is_disputed),
        "old": days is not None and days > OLD_DAYS,
        "days": days,
        "given": given,
    }


def signed(value: float) -> str:
    """Return the number with its sign, as people write it."""
    sign = "" if abs(value) < NOTHING else "+" if value > 0 else "−"
    return sign + number(abs(value), 1)


def cell(criterion: Criterion, found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "word": criterion.words()[found.word],
        "mean": number(found.mean, 1),
        "n": found.n,
        "range": f"{found.lowest}–{found.highest}" if found.range else "",
        "deviation": number(found.deviation, 1) if found.deviation is not None else "",
    }


def _mark(found: Any, side: str) -> dict[str, Any] | None:
    """Return where the mean and the range lie in the figure, in its own units."""
    if found is None:
        return None
    low, mean, high = (_place(value) for value in (found.lowest, found.mean, found.highest))
    y = 8 if side == "ours" else 18
    return {"side": side, "x": mean, "low": low, "width": high - low, "y": y}


def _place(value: float) -> float:
    return round(10 + (value - 1) * 45, 1)


def _closeness(found: queries.Relation, side: Side) -> dict[str, Any]:
    share, n = found.closeness(side)
    return {
        "label": side.label,
        "value": "–" if share is None else percent(share),
        "width": round(100 * (share or 0)),
        "side": side.value,
        "explain": {
            "method": _(
                "Mean over the criteria that say how close a relationship is, each from 0 (distant)"
                " to 1 (close); high bargaining power and distance count as distant."
            ),
            "inputs": _("the latest rating of each person; people counted alike"),
            "n": ngettext("%(n)s criterion", "%(n)s criteria", n) % {"n": number(n)},
        },
    }


def _approach(customer: int) -> dict[str, Any] | None:
    given = queries.approach(customer)
    if given is None:
        return None
    found = figures.diagnosis(given.answers)
    names = {
        "transactional": _("Transactional"),
        "mixed": _("Neither one nor the other"),
        "relational": _("Relational"),
    }
    points = [
        {"name": name, "value": given.answers.get(key), "left": left, "right": right}
        for key, (name, left, right) in POINTS.items()
    ]
    return {
        "given": given,
        "found": found,
        "of": len(POINTS),
        "name": names.get(found.side, _("Too few points judged")),
        "points": points,
    }


def _ladder(note: Any) -> list[dict[str, Any]]:
    """Return the levels from the highest to the lowest, with where we are and want to be."""
    steps = zip(Level, meanings(), strict=True)
    return [
        {
            "label": label,
            "meaning": meaning,
            "is_now": bool(note) and note.now == level,
            "is_wanted": bool(note) and note.wanted == level,
        }
        for level, (label, meaning) in reversed(list(steps))
    ]


def comparison(account: Account, other: int, now: datetime) -> dict[str, Any] | None:
    """Return two accounts beside each other in our eyes, as in the lecture; None if not seen."""
    known = queries.others(account.user, account.pk)
    names = dict(known)
    shown = workspace.page(account, tab="relationship") | {"others": known, "other": other}
    if other not in names:
        return shown | {"rows": [], "other": None} if not other else None
    both = queries.relations([account.pk, other])
    return shown | {
        "other_name": names[other],
        "other_url": reverse("accounts:relationship", args=[other]),
        "rows": [
            _compared(each, both[account.pk], both[other]) for each in both[account.pk].criteria
        ],
        "closeness": [
            _closeness(both[number], Side.OURS) | {"label": name, "side": side}
            for number, name, side in (
                (account.pk, account.customer.name, "ours"),
                (other, names[other], "theirs"),
            )
        ],
    }


def _compared(criterion: Criterion, one: queries.Relation, two: queries.Relation) -> dict[str, Any]:
    ours, theirs = (found.spread(criterion.key, Side.OURS) for found in (one, two))
    return {
        "criterion": criterion,
        "one": cell(criterion, ours),
        "two": cell(criterion, theirs),
        "marks": [mark for mark in (_mark(ours, "ours"), _mark(theirs, "theirs")) if mark],
    }
