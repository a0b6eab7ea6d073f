"""Reads of plans: what it says today, with what people wrote; its versions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from mainstay.account_plans.workspace.queries import Account

from . import sentences
from .choices import Part, State
from .facts import Facts, facts
from .models import Passage, PlanVersion
from .sentences import Block

SAID: dict[Part, Any] = {
    Part.ASSUMPTIONS: sentences.assumptions,
    Part.GOALS: sentences.goals,
    Part.PEOPLE: sentences.people,
    Part.PROGRAMMES: sentences.programmes,
    Part.RESOURCES: sentences.resources,
}
TABLES: dict[Part, Any] = {
    Part.PEOPLE: sentences.people_tables,
    Part.PROGRAMMES: sentences.programme_tables,
}


def passages(customer: Any) -> QuerySet[Passage]:
    return Passage.objects.filter(customer=customer).select_related("by").order_by("pk")


def passage(customer: Any, pk: int | None) -> Passage | None:
    return passages(customer).filter(pk=pk).first() if pk else None


def versions(customer: Any) -> QuerySet[PlanVersion]:
    rows = PlanVersion.objects.filter(customer=customer)
    return rows.select_related("made_by", "decided_by").order_by("-pk")


def version(customer: Any, pk: int | None) -> PlanVersion | None:
    return versions(customer).filter(pk=pk).first() if pk else None


def approved(customer: Any) -> PlanVersion | None:
    """Return the plan that holds: the latest approved one."""
    return versions(customer).filter(state=State.APPROVED).first()


def plan(account: Account, now: datetime) -> dict[str, Any]:
    """Return the plan as it stands today, in plain values: what is shown, set and kept."""
    found = facts(account, now)
    written = list(passages(account.customer))
    parts = [_part(part, found, written) for part in Part]
    return {
        "title": _("Plan for %(name)s") % {"name": account.customer.name},
        "customer": account.customer.name,
        "as_of": found.today.isoformat(),
        "parts": parts,
        "annexes": sentences.annexes(found),
    }


def said(account: Account, now: datetime, part: Part, key: str) -> tuple[str, str]:
    """Return a generated sentence in the reader's language and in English; empty if unknown."""
    found = facts(account, now)
    return dict(SAID[part](found)).get(key, ""), _neutral(part, found).get(key, "")


def _neutral(part: Part, found: Facts) -> dict[str, str]:
    with translation.override("en"):
        return dict(SAID[part](found.neutral()))


def _part(part: Part, found: Facts, written: Iterable[Passage]) -> dict[str, Any]:
    mine = [row for row in written if row.part == part]
    # After customers were merged, two rows may be written over one sentence: the first is, as in
    # `actions.write`; the second stands beside it.
    by_key = {row.key: row for row in reversed(mine) if row.key}
    own = [row for row in mine if not row.key or by_key[row.key] is not row]
    told = dict(SAID[part](found))
    basis = _neutral(part, found) if by_key else {}
    blocks = [_sentence(key, text, by_key.get(key), basis) for key, text in told.items()]
    # What people wrote over a sentence that the data no longer say stays, marked.
    orphans = [row for key, row in by_key.items() if key not in told and row.text]
    blocks += [_sentence(row.key, "", row, basis) for row in orphans]
    blocks += [_own(row) for row in own if row.text]
    tables = TABLES[part](found) if part in TABLES else []
    return {"key": part.value, "title": str(part.label), "blocks": [*blocks, *tables]}


def _sentence(key: str, text: str, row: Passage | None, basis: dict[str, str]) -> Block:
    block = {
        "kind": "text",
        "key": key,
        "said": text,
        "text": text,
        "edited": False,
        "stale": False,
    }
    if row is None:
        return block
    stale = row.basis != basis.get(key, "")
    more = {"edited": True, "stale": stale, "instead_of": row.instead_of}
    return block | _written(row) | more


def _own(row: Passage) -> Block:
    own = {"kind": "text", "key": "", "said": "", "edited": True, "stale": False}
    return own | _written(row)


def _written(row: Passage) -> Block:
    by = row.by.name if row.by else ""
    return {"passage": row.pk, "text": row.text, "by": by, "at": row.updated_at.isoformat()}


def shown(block: Block) -> bool:
    """Answer whether a block is part of the paper: a sentence without text is left out."""
    return block["kind"] != "text" or bool(block["text"])


def paper(content: dict[str, Any]) -> dict[str, Any]:
    """Return the plan as it is set and kept: what was left out is gone."""
    parts = [
        part | {"blocks": [block for block in part["blocks"] if shown(block)]}
        for part in content["parts"]
    ]
    return content | {"parts": parts}
