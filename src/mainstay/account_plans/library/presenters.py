"""The page of the library."""

from typing import Any

from mainstay.people.permissions import can

from . import queries
from .choices import Topic
from .forms import EntryForm


def page(
    user: Any, topic: str, *, key: str = "", adding: bool = False, form: EntryForm | None = None
) -> dict[str, Any]:
    """Return one part of the library, with the form of the entry that is changed."""
    found = queries.library()
    chosen = queries.by_key(found.get(topic, [])).get(key)
    initial = {"name": chosen.name, "text": chosen.text} if chosen else {}
    return {
        "topics": [
            {
                "key": each.value,
                "label": each.label,
                "count": len(found.get(each, [])),
                "current": each == topic,
            }
            for each in Topic
        ],
        "topic": topic,
        "title": Topic(topic).label,
        "items": found.get(topic, []),
        "hidden": [item for item in queries.hidden() if item.topic == topic],
        "chosen": chosen,
        "form": form or EntryForm(initial=initial),
        "open": bool(form or chosen or adding),
        "may_edit": can(user, "accounts.edit"),
    }
