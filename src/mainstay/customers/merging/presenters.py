"""What the pages of merging show."""

from collections.abc import Sequence
from typing import Any

from django.utils import formats
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers import queries as customers
from mainstay.customers.duplicates.queries import latest_scan, thresholds, told
from mainstay.customers.merging import actions, naming, pages, queries, relations, rules
from mainstay.customers.merging.actions import groups
from mainstay.customers.merging.actions.conflicts import blocked_by, conflicts
from mainstay.people import permissions
from mainstay.shared.search import matching

MOST_PARTNERS = 20
SUREST = 0.999  # a model is never surer than that on the screen
HIDDEN = (*rules.FOLLOWS, *rules.ANY)


def comparison(user: Any, subject: str, rows: Sequence[Any], kept: int | None) -> dict[str, Any]:
    """Return the records side by side: what differs with a choice, what is the same, what moves."""
    keep = kept or rules.survivor(groups.candidates(subject, rows))
    rows = sorted(rows, key=lambda row: (row.pk != keep, row.pk))
    proposals = groups.choices(subject, keep, rows, {})
    ruled = permissions.field_rules(user, relations.model_key(subject))
    lines = [
        _line(field, rows, proposals[field.name]) | {"fixed": field.name in ruled}
        for field in queries.fields(subject)
        if field.name not in HIDDEN and ruled.get(field.name) != permissions.HIDDEN
    ]
    return {
        "subject": subject,
        "kept": keep,
        "records": [_record(subject, row, keep, place) for place, row in enumerate(rows, 1)],
        "differing": [line for line in lines if line["differs"]],
        "same": [line for line in lines if not line["differs"] and line["cells"][0]["text"]],
        "moves": moves(subject, rows),
        "restricted": any(getattr(row, "restricted", False) for row in rows),
    }


def _record(subject: str, row: Any, kept: int, place: int) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "name": str(row),
        "url": pages.url(subject, row.pk),
        "kept": row.pk == kept,
        "place": place,
        "added": row.created_at,
        "changed": row.updated_at,
        "archived": row.archived_at is not None,
    }


def _line(field: Any, rows: Sequence[Any], proposal: rules.Proposal) -> dict[str, Any]:
    values = [getattr(row, field.attname) for row in rows]
    cells = [
        {
            "pk": row.pk,
            "text": "" if value in (None, "") else str(groups.readable(rows, field, value)),
            "chosen": row.pk == proposal.pk,
            "place": place,
        }
        for place, (row, value) in enumerate(zip(rows, values, strict=True), 1)
    ]
    for cell, value in zip(cells, values, strict=True):
        if cell["text"] and (field.choices or field.name == "country"):
            cell["text"] = naming.value(field, value)
    return {
        "name": field.name,
        "label": naming.field(field),
        "cells": cells,
        "why": _why(proposal.why),
        "differs": len(set(values)) > 1,
    }


def _why(reason: str) -> str:
    words = {
        "only": _("the only one that says something"),
        "newest": _("from the record changed last"),
        "complete": _("from the most complete record"),
        "longest": _("the longest"),
        "source": _("from the most trusted source"),
        "survivor": _("from the record that stays"),
        "chosen": _("chosen by hand"),
    }
    return words.get(reason, "")


def moves(subject: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return how much of each kind hangs on the records, the most first."""
    found = []
    for key, numbers in queries.counts(subject, [row.pk for row in rows]).items():
        relation = relations.named(subject, key)
        if relation is not None:
            cells = [numbers.get(row.pk, 0) for row in rows]
            found.append({"label": naming.relation(relation), "cells": cells})
    return sorted(found, key=lambda line: -sum(line["cells"]))


def steps(user: Any, pair: Any) -> list[dict[str, Any]]:
    """Return the waterfall of a pair in words, what speaks for it first."""
    found = []
    for step in told(pair, user):
        bits = float(step["bits"])
        found.append(
            {
                "field": step["label"],
                "level": step["level"],
                "bits": bits,
                "for": bits >= 0,
                "told": _bits(bits),
                "size": min(abs(bits), 20),
                "left": step["left"] or "–",
                "right": step["right"] or "–",
            }
        )
    return sorted(found, key=lambda step: -step["bits"])


def _bits(bits: float) -> str:
    """Return a weight in words: how many times more likely it makes that they are one."""
    times = 2 ** min(abs(bits), 30)
    shown = localize(round(times) if times >= 10 else round(times, 1))  # noqa: PLR2004  one digit is enough
    text = _("%(n)s× for it") if bits >= 0 else _("%(n)s× against it")
    return text % {"n": shown}


def odds(pair: Any) -> dict[str, Any]:
    """Return how probable it is that a pair is one, and where the number comes from."""
    percent = round(min(pair.probability, SUREST) * 100, 1)
    text = _("more than %(n)s%% probable") if pair.probability > SUREST else _("%(n)s%% probable")
    return {
        "value": text % {"n": localize(percent)},
        "title": _("Probability of a match"),
        "method": _(
            "Fellegi–Sunter: the odds of two records drawn at random, times what each compared"
            " field says for or against it."
        ),
        "inputs": _("Weights learnt from your own customers by the search for duplicates."),
        "note": _("A probability of the model, not of the facts: look at the records."),
        "as_of": formats.date_format(pair.updated_at, "SHORT_DATE_FORMAT"),
    }


def history(user: Any, number: int) -> list[dict[str, Any]]:
    """Return the latest merges, with what went into what."""
    rows = list(queries.merges(user)[:number])
    gone = queries.absorbed(row.pk for row in rows)
    return [_told(row, gone.get(row.pk, [])) for row in rows]


def _told(row: Any, gone: Sequence[Any]) -> dict[str, Any]:
    kept = getattr(row, row.subject)
    return {
        "merge": row,
        "kept": str(kept),
        "url": pages.url(row.subject, kept.pk),
        "gone": ", ".join(map(str, gone)),
    }


def merge(user: Any, row: Any) -> dict[str, Any]:
    """Return one merge: what went where, and what undoing would meet."""
    gone = queries.absorbed([row.pk]).get(row.pk, [])
    shown = _told(row, gone) | {"changes": _changes(user, row), "moved": _moved(row)}
    if row.undone_at is not None:
        return shown
    if later := blocked_by(row):
        other = getattr(later, later.subject)
        text = _("%(name)s was itself merged into %(other)s afterwards; undo that merge first.")
        words = {"name": shown["kept"], "other": other}
        return shown | {"blocked": text % words, "later": later}
    return shown | {"conflicts": conflicts(row, user)}


def _changes(user: Any, row: Any) -> list[dict[str, str]]:
    hidden = permissions.kept_from(user, relations.model_key(row.subject))
    return [
        {
            "label": naming.field(field),
            "old": naming.value(field, row.before[field.name]),
            "new": naming.value(field, row.after[field.name]),
        }
        for field in queries.fields(row.subject)
        if field.name in row.before.keys() - hidden
        and row.before[field.name] != row.after[field.name]
    ]


def _moved(row: Any) -> list[dict[str, Any]]:
    found = []
    for key, number in queries.moved_counts(row):
        relation = relations.named(row.subject, key)
        label = naming.relation(relation) if relation else key
        found.append({"label": label, "number": number})
    return found


def partners(user: Any, subject: str, row: Any, words: str) -> dict[str, Any]:
    """Return with which records one could be merged: those that the words find."""
    others = queries.seen_by(user, subject).filter(archived_at=None).exclude(pk=row.pk)
    found = matching(others.filter(_searched(user, subject, words)), words)
    hits = found.order_by("sort_name", "pk")[:MOST_PARTNERS] if words else ()
    return {
        "only": row,
        "words": words,
        "partners": [
            (
                str(hit),
                _about(permissions.shown(user, hit)),
                pages.address(subject, [row.pk, hit.pk]),
            )
            for hit in hits
        ],
    }


def _searched(user: Any, subject: str, words: str) -> Any:
    asked = customers.contacts_searched if subject == "contact" else customers.searched
    return asked(user, words)


def _about(hit: Any) -> str:
    known = (getattr(hit, name, "") for name in ("city", "email", "phone"))
    return " · ".join(text for text in known if text)


def merged(kept: Any, count: int) -> str:
    """Return what is told after a merge."""
    text = ngettext(
        "Merged %(n)d record into %(name)s.", "Merged %(n)d records into %(name)s.", count
    )
    return text % {"n": count, "name": kept}


def by_rule(user: Any) -> dict[str, Any]:
    """Return what merging by rule would do now, and what it did."""
    plan = actions.by_rule.plan(user)
    bounds = thresholds()
    return {
        "plan": plan,
        "groups": len(plan.groups),
        "percent": localize(round(bounds.merge_from * 100, 2)),
        "batches": list(queries.batches()[:MOST_PARTNERS]),
        "left": _left(bounds) if plan.groups else "",
    }


def _left(bounds: Any) -> str:
    """Say why these pairs wait although the company merges without asking."""
    scan = latest_scan()
    if not bounds.merges_by_rule or scan is None or not actions.unentitled(scan):
        return ""
    if scan.started_by is None:
        return _(
            "The latest search was started from the command line, by nobody who could answer for"
            " a merge; that is left to you."
        )
    return _(
        "%(name)s started the latest search and may not merge by rule; that is left to you."
    ) % {"name": scan.started_by}
