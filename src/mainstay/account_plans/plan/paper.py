"""The plan on paper."""

from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from mainstay.people.queries import company
from mainstay.shared import paper
from mainstay.shared.templatetags.figures import day

TEMPLATE = Path(__file__).with_name("plan.typ")


def told(content: dict[str, Any], *, state: str, people: list[str]) -> dict[str, Any]:
    """Return all that the paper says, in the language of the moment."""
    as_of = day(parse_date(content["as_of"]))
    return {
        **paper.language(),
        "company": company().name,
        "kind": _("Key account plan"),
        "title": content["customer"],
        "as_of": as_of,
        "about": [line for line in (_("As of %(day)s") % {"day": as_of}, state, *people) if line],
        "parts": [_part(part) for part in content["parts"]],
        "annexes": [_part(part) for part in content["annexes"]],
        "words": {
            "annexes": _("Annexes"),
            "annex": _("Annex"),
            "empty": _("Nothing is written here yet."),
        },
    }


def _part(part: dict[str, Any]) -> dict[str, Any]:
    """Return sentences and tables alone; who wrote what stays on the screen."""
    keep = ("kind", "text", "title", "columns", "rows")
    blocks = [{key: b[key] for key in keep if key in b} for b in part["blocks"]]
    return {"title": part["title"], "blocks": blocks}


def pdf(plan: dict[str, Any]) -> bytes:
    return paper.pdf(TEMPLATE, plan=plan)


def pages(plan: dict[str, Any]) -> int:
    """Return how many pages the five parts take; annexes do not count."""
    return int(paper.asked(TEMPLATE, "<length>", plan={**plan, "annexes": []}))
