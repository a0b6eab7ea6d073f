"""Stages on pages: the funnel, one customer's card, and the steps on its page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers import queries as customers
from mainstay.customers.cards import Card
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import number, percent

from . import queries
from .labels import TONES, because, label
from .rules import ASIDE, WAY, Stage

LONGEST_HISTORY = 30


def funnel(user: Any, channel: str, year: str) -> dict[str, Any]:
    """Return what the funnel page shows, for one channel and year of entry or for all."""
    names = {str(each.pk): each.name for each in customers.channels()}
    chosen = channel if channel in names else ""
    found = figures(chosen, year)
    snapshot, shares, times = found.snapshot, found.shares, found.times
    if snapshot is None:
        return {"snapshot": None, "may_compute": can(user, "value.run")}
    counts = queries.counts(user, snapshot)
    largest = max([*counts.values(), 1])
    lines = [_line(stage, counts, largest, shares.get(stage), times.get(stage)) for stage in WAY]
    aside = [_line(stage, counts, largest, None, times.get(stage)) for stage in ASIDE]
    return {
        "snapshot": snapshot,
        "lines": lines,
        "aside": aside,
        "channels": [("", _("All channels")), *names.items()],
        "channel": chosen,
        "years": [("", _("All years")), *((each, each) for each in found.years)],
        "year": year if year in found.years else "",
        "window": snapshot.thresholds["window_months"],
        "may_compute": can(user, "value.run"),
        "may_change": can(user, "people.admin"),
    }


@dataclass(frozen=True)
class Figures:
    """What the newest computation says of a channel and year: conversions and times by stage."""

    snapshot: Any = None
    years: Sequence[str] = ()
    shares: Mapping[str, Any] = field(default_factory=dict)
    times: Mapping[str, Any] = field(default_factory=dict)


def figures(channel: str, year: str) -> Figures:
    """Return the figures of who came by the channel in the year; a year nobody came counts not."""
    snapshot = queries.latest()
    if snapshot is None:
        return Figures()
    rows = _cohorts(snapshot.figures["cohorts"], channel)
    years = sorted({each["quarter"][:4] for each in rows}, reverse=True)
    wished = year if year in years else ""
    within = [each for each in rows if each["quarter"].startswith(wished)]
    times = {each["stage"]: each for each in snapshot.figures["times"].get(channel, [])}
    return Figures(snapshot, years, _conversions(within), times)


def told(snapshot: Any) -> list[str]:
    """Return what a computation came to, for a terminal."""
    stages = queries.every_count()
    lines = [f"{label(each)}: {number(stages.get(each, 0))}" for each in (*WAY, *ASIDE)]
    text = _("As of %(day)s: %(n)s customers, %(changed)s in another stage than before.")
    counts = {"n": number(snapshot.customers), "changed": number(snapshot.changed)}
    return [text % {"day": snapshot.as_of, **counts}, *lines]


def why(standing: Any, override: Any) -> str:
    """Return in a sentence why a customer stands where it does; "" where no stage is known."""
    if standing is None:
        return ""
    decided = standing.by_hand and override
    return override.reason if decided else because(standing.reason, standing.figure)


def reason_of(step: Any) -> str:
    """Return in a sentence why a customer took the step."""
    return step.note or because(step.reason, step.figure)


def _cohorts(rows: Iterable[dict[str, Any]], channel: str) -> list[dict[str, Any]]:
    return [row for row in rows if not channel or str(row["channel"]) == channel]


def _conversions(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    from mainstay.analysis.value import funnel as analysis

    found = (
        analysis.Cohort(**row | {"quarter": date.fromisoformat(row["quarter"])}) for row in rows
    )
    return {each.stage: each for each in analysis.conversions(found)}


def _line(
    stage: Stage, counts: dict[str, int], largest: int, share: Any, time: Any
) -> dict[str, Any]:
    n = counts.get(stage, 0)
    return {
        "stage": stage,
        "label": label(stage),
        "n": n,
        "width": round(100 * n / largest),
        "url": f"{reverse('customers:list')}?stage={stage}",
        "conversion": _share_words(share),
        "conversion_detail": _share_detail(share),
        "time": _time_words(time),
        "time_detail": _time_detail(time),
    }


def _share_words(found: Any) -> str:
    if found is None or not found.entered:
        return "–"
    return percent(found.share.value) if found.share else _("too few")


def _share_detail(found: Any) -> str:
    if found is None or not found.entered:
        return ""
    counts = _("%(k)s of %(n)s") % {"k": number(found.converted), "n": number(found.entered)}
    if not found.share:
        return counts
    return f"{counts} · {percent(found.share.low)} – {percent(found.share.high)}"


def _time_words(time: Any) -> str:
    if not time or not time["n"]:
        return "–"
    if time["median"] is None:
        return _("not yet known")
    days = round(time["median"])
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": number(days)}


def _time_detail(time: Any) -> str:
    if not time or not time["n"]:
        return ""
    counts = _("n = %(n)s, %(left)s left") % {"n": number(time["n"]), "left": number(time["left"])}
    if time["median"] is None:
        return counts
    high = "…" if time["high"] is None else number(time["high"])
    return f"{counts} · {number(time['low'] or 0)} – {high}"


def card(user: Any, customer: Any) -> Card | None:
    """Return where the customer stands and why, for its page."""
    standing = queries.standing_of(customer)
    if standing is None:
        return None
    override = queries.override_of(customer) if standing.by_hand else None
    context = {
        "label": label(standing.stage),
        "tone": TONES[Stage(standing.stage)],
        "since": standing.since,
        "why": why(standing, override),
        "override": override,
        "url": reverse("lifecycle:customer", args=[customer.pk]),
    }
    return Card("lifecycle/card.html", context)


def customer_page(user: Any, customer: Any) -> dict[str, Any]:
    """Return the customer's stage, its way so far, and whether a person decided."""
    standing = queries.standing_of(customer)
    return {
        "customer": customer,
        "standing": standing
        and {
            "label": label(standing.stage),
            "tone": TONES[Stage(standing.stage)],
            "since": standing.since,
            "why": because(standing.reason, standing.figure),
        },
        "override": queries.override_of(customer),
        "steps": [_step(row) for row in queries.history_of(customer)[:LONGEST_HISTORY]],
        "may_edit": can(user, "customers.edit"),
    }


def _step(row: Any) -> dict[str, Any]:
    return {
        "day": row.day,
        "before": label(row.from_stage) if row.from_stage else "",
        "label": label(row.to_stage),
        "tone": TONES[Stage(row.to_stage)],
        "why": reason_of(row),
        "by": row.by_name,
    }
