"""The page of certainty: services by kinds, what follows, and what was judged before."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans.library import queries as library
from mainstay.account_plans.library.choices import Topic
from mainstay.account_plans.workspace import presenters as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.shared.templatetags.figures import number

from . import queries, rules
from .choices import ASKED, Kind, Level
from .forms import CertaintyForm, OfferingForm

TONES = {"keep": "green", "improve": "amber", "loosen": "neutral"}


def effect_label(found: rules.Effect | None) -> str:
    """Return what is to become of a certainty, in a word."""
    words = {"keep": _("Keep"), "improve": _("Raise"), "loosen": _("May loosen")}
    return words[found] if found else ""


def page(
    account: Account,
    *,
    now: datetime,
    chosen: tuple[Any, str] | None = None,
    form: CertaintyForm | None = None,
    offering: OfferingForm | None = None,
) -> dict[str, Any]:
    """Return the matrix, with the form of the cell that is judged."""
    found = queries.table(account.customer)
    tactics = library.by_key(library.library().get(Topic.TACTIC, []))
    today = timezone.localdate(now)
    shown: dict[str, Any] = workspace.page(account, tab="certainty") | {
        "rows": [
            (row, [_cell(cell, tactics, today) for cell in cells]) for row, cells in found.items()
        ],
        "kinds": [(kind.label, ASKED[kind]) for kind in Kind],
        "sums": [_sum(kind, effect, tactics) for kind, effect in queries.effects(found).items()],
        "wanting": wanting(found, today),
        "offering_form": offering or OfferingForm(),
    }
    if chosen:
        shown |= _chosen(*chosen, form)
    return shown


def _chosen(offering: Any, kind: str, form: CertaintyForm | None) -> dict[str, Any]:
    before = queries.history(offering, kind)
    latest = before[0] if before else None
    names = ("present", "wanted", "evidence")
    initial = {name: getattr(latest, name) for name in names} if latest else {}
    return {
        "chosen": offering,
        "chosen_kind": kind,
        "chosen_label": Kind(kind).label,
        "asked": ASKED[Kind(kind)],
        "form": form or CertaintyForm(initial=initial),
        "history": [_judged(row) for row in before],
    }


def _judged(row: Any) -> dict[str, Any]:
    return {
        "on": row.rated_on,
        "by": row.by.name if row.by else _("somebody who left"),
        "present": row.get_present_display() or "–",
        "wanted": row.get_wanted_display() or "–",
        "evidence": row.evidence,
    }


def _cell(cell: queries.Cell, tactics: dict[str, Any], today: Any) -> dict[str, Any]:
    effect = cell.effect
    tactic = tactics.get(rules.tactic_key(cell.kind, effect)) if effect else None
    return {
        "kind": cell.kind,
        "label": Kind(cell.kind).label,
        "rating": cell.rating,
        "present": Level(cell.present).label if cell.present else "",
        "wanted": Level(cell.wanted).label if cell.wanted else "",
        "dots": [_dot(level, cell) for level in Level.values],
        "effect": effect_label(effect),
        "tone": TONES[effect] if effect else "",
        "tactic": tactic,
        "old": cell.is_old(today),
        "by": cell.rating.by.name if cell.rating and cell.rating.by else "",
    }


def _dot(level: int, cell: queries.Cell) -> str:
    if cell.present and level <= cell.present:
        return "full"
    return "wanted" if cell.wanted and level <= cell.wanted else "empty"


def _sum(kind: str, effect: rules.Effect | None, tactics: dict[str, Any]) -> dict[str, Any]:
    tactic = tactics.get(rules.tactic_key(kind, effect)) if effect else None
    return {
        "label": Kind(kind).label,
        "effect": effect_label(effect),
        "tone": TONES[effect] if effect else "neutral",
        "name": tactic.name if tactic else _("Not judged yet"),
        "text": tactic.text if tactic else ASKED[Kind(kind)],
    }


def wanting(found: dict[Any, list[queries.Cell]], today: Any) -> list[str]:
    """Return what is missing, in sentences."""
    if not found:
        return [_("Nothing is named that we offer to this customer.")]
    cells = [cell for row in found.values() for cell in row]
    unjudged = sum(1 for cell in cells if cell.effect is None)
    unfounded = sum(1 for cell in cells if cell.rating and not cell.rating.evidence)
    old = sum(1 for cell in cells if cell.is_old(today))
    said = []
    if unjudged:
        text = ngettext(
            "%(n)s certainty is not judged.", "%(n)s certainties are not judged.", unjudged
        )
        said.append(text % {"n": number(unjudged)})
    if unfounded:
        text = ngettext(
            "%(n)s judgement has no evidence.", "%(n)s judgements have no evidence.", unfounded
        )
        said.append(text % {"n": number(unfounded)})
    if old:
        text = ngettext(
            "%(n)s judgement is older than half a year.",
            "%(n)s judgements are older than half a year.",
            old,
        )
        said.append(text % {"n": number(old)})
    return said
