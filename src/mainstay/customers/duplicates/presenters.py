"""Scans in words, tables and charts."""

import math
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.analysis.charts import histogram
from mainstay.analysis.matching.comparisons import COMPARISONS
from mainstay.analysis.matching.weights import BIN, bits
from mainstay.shared.jobs import queries as jobs
from mainstay.shared.templatetags.figures import moment, number, percent

from . import actions, queries
from .choices import ScanState
from .words import FIELDS, KEYS

LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
SHOWN = 50
TONES: dict[str, str] = {
    ScanState.COMPLETE: "green",
    ScanState.FAILED: "red",
    ScanState.RUNNING: "sky",
    ScanState.WAITING: "amber",
}
NINETY_FIVE = 1.96


def overview(*, user: Any) -> dict[str, Any]:
    """Return what the page of scans shows."""
    latest = queries.latest_scan()
    return {
        "scans": [
            (row, _state(row), TONES.get(_code(row), "neutral")) for row in queries.scans()[:SHOWN]
        ],
        "latest": latest,
        "outdated": queries.outdated(),
        "bounds": _bounds(queries.thresholds()),
        "to_decide": _to_decide(latest),
        "records": _sum(latest, "records"),
        "by_rule": queries.by_rule().count(),
    }


def thresholds() -> dict[str, Any]:
    row = queries.thresholds()
    names = (*actions.THRESHOLDS, "version")
    return {name: getattr(row, name) for name in names}


def _bounds(row: Any) -> list[tuple[str, str]]:
    by_rule = _("merged by rule") if row.merges_by_rule else _("first in the review")
    return [
        (_("from %(p)s") % {"p": percent(row.merge_from, 2)}, by_rule),
        (_("from %(p)s") % {"p": percent(row.ask_from, 1)}, _("a person is asked")),
        (_("below"), _("left alone")),
    ]


def _to_decide(latest: Any) -> dict[str, str]:
    """Return how many pairs wait, and how many of them are probably duplicates."""
    mean, variance, n = queries.expected()
    spread = NINETY_FIVE * math.sqrt(variance)
    low, high = max(mean - spread, 0), min(mean + spread, n)
    return {
        "value": number(n),
        "method": _(
            "Fellegi–Sunter by Splink: the odds of two records drawn at random, times what each"
            " compared field says for or against it. About %(n)s of these pairs are duplicates."
        )
        % {"n": number(mean)},
        "n": _("%(n)s pairs") % {"n": number(n)},
        "interval": _("95 %%: %(low)s to %(high)s duplicates")
        % {"low": number(low), "high": number(high)},
        "as_of": moment(latest.as_of) if latest else "",
    }


def _sum(scan: Any, name: str) -> str:
    counts = scan.counts.values() if scan else ()
    return number(sum(part.get(name, 0) for part in counts))


def _code(row: Any) -> str:
    return ScanState.FAILED if row.is_open and actions.has_stopped(row) else row.state


def _tone(row: Any) -> str:
    return TONES.get(_code(row), "neutral")


def _state(row: Any) -> str:
    return str(ScanState(_code(row)).label)


def scan(found: Any, *, user: Any) -> dict[str, Any]:
    """Return what the page of a scan shows in its state."""
    job = jobs.find(found.job_id, among=jobs.visible_to(user)) if found.job_id else None
    complete = found.state == ScanState.COMPLETE
    return {
        "scan": found,
        "job": job,
        "open": found.is_open and not actions.has_stopped(found),
        "state": _state(found),
        "tone": _tone(found),
        "levels": _levels(found, user) if complete else [],
        "kinds": [_kind(found, kind) for kind in queries.KINDS] if complete else [],
    }


def _levels(found: Any, user: Any) -> list[tuple[str, str]]:
    counts = queries.above(user, LEVELS, found)
    return [(percent(level, 1), number(n)) for level, n in zip(LEVELS, counts, strict=True)]


def _kind(found: Any, kind: Any) -> dict[str, Any]:
    counts = found.counts.get(kind, {})
    told = found.diagnostics.get(kind, {})
    learnt = found.weights.get(kind, {})
    bins = sorted((int(low), n) for low, n in told.get("bins", {}).items())
    shown = [{"low": low, "high": low + BIN, "n": n} for low, n in bins]
    labels = {"value": _("match weight in bits"), "count": _("pairs")}
    return {
        "label": kind.label,
        "facts": _facts(counts, learnt, found.timings.get(kind, {})),
        "chart": histogram(shown, labels=labels) if shown else None,
        "bins": {
            "columns": [_("bits from"), _("pairs")],
            "rows": [(number(low), number(n)) for low, n in bins],
        },
        "coverage": [_covered(row) for row in told.get("coverage", [])],
        "weights": _weights(learnt) if counts.get("compared") else [],
    }


def _facts(
    counts: dict[str, int], learnt: dict[str, Any], seconds: dict[str, float]
) -> list[tuple[str, str]]:
    names = (
        ("records", _("Customers compared")),
        ("fresh", _("Of them new or changed")),
        ("compared", _("Pairs compared")),
        ("above", _("Probable duplicates")),
        ("merge", _("By rule")),
        ("ask", _("To be asked")),
        ("kept_apart", _("Kept apart by somebody")),
        ("gone", _("Pairs found no more")),
    )
    facts = [(words, number(counts[name])) for name, words in names if name in counts]
    spent = " + ".join(f"{number(value, 1)} s" for value in seconds.values())
    return [*facts, (_("Weights"), _method(learnt)), (_("Search and storing"), spent)]


def _method(learnt: dict[str, Any]) -> str:
    if learnt.get("method") != "trained":
        return _("shipped ones: there are too few customers to learn from")
    return ngettext(
        "learnt from your own customers by expectation maximisation, %(n)s certain pair",
        "learnt from your own customers by expectation maximisation, %(n)s certain pairs",
        learnt["pairs"],
    ) % {"n": number(learnt["pairs"])}


def _covered(row: dict[str, Any]) -> tuple[str, str, str]:
    crowded = ""
    if row["crowds"]:
        crowded = _("%(n)s values that too many share, of %(records)s customers") % {
            "n": number(row["crowds"]),
            "records": number(row["records_left_out"]),
        }
    return str(KEYS.get(row["key"], row["key"])), number(row["pairs"]), crowded


def _weights(learnt: dict[str, Any]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Return per compared field its levels in words with their bits."""
    found = []
    for comparison in COMPARISONS:
        shares = learnt.get("shares", {}).get(comparison.field, {})
        levels = []
        for level in comparison.levels:
            if level.key in shares:
                weight = bits(*shares[level.key])
                levels.append((_(level.words), number(weight, 1), weight >= 0))
        found.append((str(FIELDS[comparison.field]), levels))
    return found
