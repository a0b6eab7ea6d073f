"""Stages on pages: the funnel, one customer's card, and the steps on its page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

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
    snapshot = queries.latest()
    names = {str(each.pk): each.name for each in customers.channels()}
    chosen = channel if channel in names else ""
    counts = queries.counts(user)
    if snapshot is None:
        return {"snapshot": None, "may_compute": can(user, "value.run")}
    found = _cohorts(snapshot.figures["cohorts"], chosen)
    years = sorted({each["quarter"][:4] for each in found}, reverse=True)
    wished = year if year in years else ""
    within = [each for each in found if each["quarter"].startswith(wished)]
    times = {each["stage"]: each for each in snapshot.figures["times"].get(chosen, [])}
    shares = _conversions(within)
    largest = max([*counts.values(), 1])
    lines = [_line(stage, counts, largest, shares.get(stage), times.get(stage)) for stage in WAY]
    aside = [_line(stage, counts, largest, None, times.get(stage)) for stage in ASIDE]
    return {
        "snapshot": snapshot,
        "lines": lines,
        "aside": aside,
        "channels": [("", _("All channels")), *names.items()],
        "channel": chosen,
        "years": [("", _("All years")), *((each, each) for each in years)],
        "year": wished,
        "window": snapshot.thresholds["window_months"],
        "may_compute": can(user, "value.run"),
        "may_change": can(user, "people.admin"),
    }


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
    return _("%(n)s days") % {"n": number(time["median"])}


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
        "why": override.reason if override else because(standing.reason, standing.figure),
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
        "why": row.note or because(row.reason, row.figure),
        "by": row.by_name,
    }
