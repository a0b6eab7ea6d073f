"""The pages of a plan: the sheet that is written, its versions, what differs."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans.workspace import presenters as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.shared.templatetags.figures import day, number

from . import paper, queries, rules
from .choices import State
from .forms import DecisionForm, ForwardForm, PassageForm

TONES = {"proposed": "amber", "approved": "green", "refused": "neutral"}
SHOWN = 20  # versions


def page(account: Account, *, now: datetime, **more: Any) -> dict[str, Any]:
    """Return the plan as it stands; `part`, `key` and `passage` say which sentence is written."""
    content = queries.plan(account, now)
    found = list(queries.versions(account.customer)[:SHOWN])
    asked = (more.get("part", ""), more.get("key", ""), more.get("passage"))
    parts = [_part(part, asked, more.get("form")) for part in content["parts"]]
    return workspace.page(account, tab="plan") | {
        "parts": parts,
        "annexes": content["annexes"],
        "stale": sum(block["stale"] for part in parts for block in part["blocks"]),
        "versions": [_version(row) for row in found],
        "holding": next((_version(row) for row in found if row.state == State.APPROVED), None),
        "forward": more.get("forward") or ForwardForm(),
    }


def _part(part: dict[str, Any], asked: tuple[str, str, Any], form: Any) -> dict[str, Any]:
    wanted, key, passage = asked
    here = wanted == part["key"]
    blocks = [
        _block(block, here=here, key=key, passage=passage, form=form) for block in part["blocks"]
    ]
    adding = here and not key and passage is None
    return part | {"blocks": blocks, "form": (form or PassageForm()) if adding else None}


def _block(
    block: dict[str, Any], *, here: bool, key: str, passage: Any, form: Any
) -> dict[str, Any]:
    if block["kind"] != "text":
        return block | {"stale": False}
    own = not block["key"]
    open_ = here and (block.get("passage") == passage if own else block["key"] == key)
    if not open_:
        return block
    return block | {"form": form or PassageForm(initial={"text": block["text"] or block["said"]})}


def _version(row: Any) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "at": row.made_at,
        "by": row.made_by.name if row.made_by else "",
        "pages": number(row.pages),
        "note": row.note,
        "state": row.state,
        "label": row.get_state_display(),
        "tone": TONES[row.state],
        "decided_by": row.decided_by.name if row.decided_by else "",
        "decided_at": row.decided_at,
        "remark": row.remark,
    }


def length(account: Account, now: datetime) -> dict[str, Any]:
    """Return how many pages the plan takes, and what that means."""
    content = queries.paper(queries.plan(account, now))
    pages = paper.pages(paper.told(content, state="", people=[]))
    text = ngettext("%(n)s page", "%(n)s pages", pages) % {"n": number(pages)}
    words = {
        "short": _("Up to six are read; there is room."),
        "right": _("As long as a plan should be: four to six."),
        "long": _("Too long: six are the most. Shorten it before it is put forward."),
    }
    found = rules.length(pages)
    return {"text": text, "words": words[found], "kind": found, "pages": min(pages, 9)}


def version_page(account: Account, row: Any, form: Any = None) -> dict[str, Any]:
    """Return a version beside the one before it."""
    before = queries.versions(account.customer).filter(pk__lt=row.pk).first()
    differences = rules.differences(before.content, row.content) if before else {}
    mine = row.made_by_id == account.user.pk
    return workspace.page(account, tab="plan") | {
        "version": _version(row),
        "content": row.content,
        "before": _version(before) if before else None,
        "differences": list(differences.items()),
        "may_decide": account.may_edit and row.state == State.PROPOSED and not mine,
        "form": form or DecisionForm(),
    }


def on_paper(account: Account, now: datetime, row: Any = None) -> dict[str, Any]:
    """Return what is set: a version, or the plan as it stands."""
    if row is None:
        content = queries.paper(queries.plan(account, now))
        return paper.told(content, state=_("Draft"), people=[])
    shown = _version(row)
    people = [shown["by"]]
    if shown["decided_by"]:
        people.append(
            _("%(state)s by %(name)s on %(day)s")
            % {
                "state": shown["label"],
                "name": shown["decided_by"],
                "day": day(shown["decided_at"]),
            }
        )
    state = "" if shown["decided_by"] else str(shown["label"])
    return paper.told(row.content, state=state, people=people)
