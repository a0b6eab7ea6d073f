"""An audit event in words."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mainstay.records import queries
from mainstay.shared.paging import Page

# A verb is "thing.done"; what is done is said in the reader's language.
DEEDS: dict[str, StrOrPromise] = {
    "added": gettext_lazy("added"),
    "created": gettext_lazy("created"),
    "updated": gettext_lazy("changed"),
    "changed": gettext_lazy("changed"),
    "renamed": gettext_lazy("renamed"),
    "deleted": gettext_lazy("deleted"),
    "removed": gettext_lazy("removed"),
    "merged": gettext_lazy("merged"),
    "imported": gettext_lazy("imported"),
    "exported": gettext_lazy("exported"),
    "assigned": gettext_lazy("assigned"),
    "tagged": gettext_lazy("tagged"),
    "started": gettext_lazy("started"),
    "finished": gettext_lazy("finished"),
    "failed": gettext_lazy("failed"),
    "cancelled": gettext_lazy("cancelled"),
    "retried": gettext_lazy("tried again"),
    "revoked": gettext_lazy("revoked"),
    "invited": gettext_lazy("invited"),
    "erased": gettext_lazy("erased"),
}


@dataclass(frozen=True)
class Change:
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class EventLine:
    at: datetime
    actor: str
    deed: str
    kind: str
    target: str
    changes: list[Change]
    request_id: str


def line(event: Any, hidden: frozenset[str] = frozenset()) -> EventLine:
    """Return the event without the fields that are kept from the reader."""
    return EventLine(
        at=event.at,
        actor=event.actor,
        deed=deed(event.verb),
        kind=event.target_type.rsplit(".", 1)[-1],
        target=event.target_label,
        changes=changes(_without(event.old, hidden), _without(event.new, hidden)),
        request_id=event.request_id,
    )


def deed(verb: str) -> str:
    what = verb.rsplit(".", 1)[-1]
    return str(DEEDS.get(what, what.replace("_", " ")))


def _without(values: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in hidden}


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    return [
        Change(field=name.replace("_", " "), old=text(old.get(name)), new=text(new.get(name)))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def text(value: Any) -> str:
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def listing(page: Page[Any], user: Any, wish: queries.Wish) -> dict[str, Any]:
    kinds = {event.target_type.partition(".")[0] for event in page.rows}
    hidden = {kind: queries.kept_from(user, kind) for kind in kinds}
    return {
        "lines": [line(event, hidden[event.target_type.partition(".")[0]]) for event in page.rows],
        "wish": wish,
        "filtered": bool(wish.query()),
        "wrong": [
            _("“%(text)s” is not a day; write it as 2026-03-05.") % {"text": text}
            for text in wish.unreadable
        ],
        "actors": queries.recent(user, "actor"),
        "verbs": [(verb, verb.replace(".", ": ")) for verb in queries.recent(user, "verb")],
        "next_url": _address(wish, page.next),
        "previous_url": _address(wish, page.previous),
    }


def _address(wish: queries.Wish, cursor: str) -> str:
    return "?" + urlencode(wish.query() | {"cursor": cursor}) if cursor else ""
