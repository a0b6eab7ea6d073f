"""Endpoints and deliveries as pages show them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared import paging
from mainstay.shared.attention import Point
from mainstay.shared.events import queries, rules
from mainstay.shared.events.catalogue import kind_of

STATE_TONES = {"active": "green", "paused": "amber"}
TONES = {"waiting": "blue", "done": "green", "dead": "red"}


@dataclass(frozen=True)
class Line:
    """One delivery in the log."""

    number: int
    label: str
    state: str
    tone: str
    words: str
    at: datetime


def line(delivery: Any) -> Line:
    return Line(
        number=delivery.pk,
        label=_label(delivery),
        state=delivery.get_state_display(),
        tone=TONES[delivery.state],
        words=_words(delivery),
        at=delivery.created_at,
    )


def _label(delivery: Any) -> str:
    if not delivery.events:
        return _("Test")
    return _("Sent again") if delivery.replay else _("Events")


def _words(delivery: Any) -> str:
    tries = ngettext("%(n)d attempt", "%(n)d attempts", delivery.attempts)
    return tries % {"n": delivery.attempts} if delivery.attempts else _("Not tried yet")


def labels(endpoint: Any) -> list[tuple[str, str]]:
    """Return label and name of what the endpoint wants."""
    names = [each.event for each in endpoint.subscriptions.all()]
    found = [(kind_of(name), name) for name in sorted(names)]
    return [(str(kind.label) if kind else name, name) for kind, name in found]


def row(endpoint: Any) -> dict[str, Any]:
    return {
        "endpoint": endpoint,
        "state": endpoint.get_state_display(),
        "tone": STATE_TONES[endpoint.state],
        "wants": [label for label, _name in labels(endpoint)],
    }


def one(endpoint: Any, page: paging.Page[Any], *, now: datetime) -> dict[str, Any]:
    """Return the endpoint with a page of its deliveries."""
    until = endpoint.previous_until
    return row(endpoint) | {
        "old_secret_until": until if until and now < until else None,
        "wants": labels(endpoint),
        "lines": [line(each) for each in page.rows],
        "next_url": f"?cursor={page.next}" if page.next else "",
        "previous_url": f"?cursor={page.previous}" if page.previous else "",
    }


def attempts(log: Any) -> list[dict[str, Any]]:
    return [
        {
            "at": each.at,
            "answered": _answered(each),
            "tone": "green" if each.status and 200 <= each.status < 300 else "red",  # noqa: PLR2004  as HTTP has it
            "milliseconds": each.milliseconds,
            "problem": each.problem,
            "request": _spread(each.request),
            "response": each.response,
        }
        for each in log
    ]


def _answered(attempt: Any) -> str:
    return f"HTTP {attempt.status}" if attempt.status else _("No answer")


def _spread(text: str) -> str:
    """Return JSON on several lines; what was cut short stays as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text


def points(user: Any, now: datetime) -> list[Point]:
    """Name the endpoints that the program has paused."""
    text = _("The webhook “%(name)s” is paused: %(why)s")
    return [
        Point(
            text=text % {"name": each.name, "why": each.paused_because},
            url=reverse("webhooks:endpoint", args=[each.pk]),
            icon="webhook",
        )
        for each in queries.paused(user)
    ]


def retries() -> int:
    return len(rules.PAUSES) + 1
