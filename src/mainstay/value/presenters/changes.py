"""What changed since the run before, in a few lines."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared.templatetags.figures import day, money_short, number
from mainstay.value.models import ValueRun
from mainstay.value.queries import equity

from .explained import currency

MINUS = "\N{MINUS SIGN}"
CLASSES = "ABC"  # best first


@dataclass(frozen=True)
class Changes:
    """The run before, then each figure before and now with the change, and who moved."""

    run: int
    as_of: str
    figures: list[tuple[str, str, str, str]]
    moves: list[str]


def changes(run: ValueRun, *, money: bool) -> Changes | None:
    """Return what changed; None for a first run."""
    before = run.summary.get("before")
    if not before:
        return None
    unit, summary = currency(run), run.summary
    figures = [(_("Customers"), number(before["n"]), number(summary["n"]), _signed(before, run))]
    sums = [(_("Revenue"), before["revenue_minor"], summary["revenue_minor"])]
    if money:
        sums.append((_("Customer equity"), before["equity_minor"], equity(summary)))
    for label, old, new in sums:
        if old is not None and new is not None:
            change = money_short(abs(new - old), unit)
            shown = f"{_sign(new - old)}{change}"
            figures.append((label, money_short(old, unit), money_short(new, unit), shown))
    as_of = day(date.fromisoformat(before["as_of"]))
    return Changes(before["run"], as_of, figures, _moves(before))


def _signed(before: dict[str, Any], run: ValueRun) -> str:
    change = run.summary["n"] - before["n"]
    return f"{_sign(change)}{number(abs(change))}"


def _sign(change: float) -> str:
    return "" if change == 0 else "+" if change > 0 else MINUS


def _moves(before: dict[str, Any]) -> list[str]:
    """Return how many customers rose, fell, came and left."""
    ends = [(m["from"], m["to"], m["customers"]) for m in before["moves"] if m["to"]]
    rose = sum(n for old, new, n in ends if CLASSES.index(new) < CLASSES.index(old))
    fell = sum(n for old, new, n in ends if CLASSES.index(new) > CLASSES.index(old))
    texts = [
        (rose, ngettext("%(n)s rose to a higher class", "%(n)s rose to a higher class", rose)),
        (fell, ngettext("%(n)s fell to a lower class", "%(n)s fell to a lower class", fell)),
        (before["came"], ngettext("%(n)s is new", "%(n)s are new", before["came"])),
        (before["gone"], ngettext("%(n)s is gone", "%(n)s are gone", before["gone"])),
    ]
    return [text % {"n": number(n)} for n, text in texts if n]
