"""The chart of a segment's size over time."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from mainstay.analysis.encoding import BLUE, quantity, spec, tips
from mainstay.shared.templatetags.figures import day, number

ROWS = 31


def sizes(days: Sequence[Any]) -> dict[str, Any]:
    """Return the members at the end of each day, with the table behind."""
    labels = [_("Day"), _("Members"), _("Entered"), _("Left")]
    names = ("members", "entered", "left")
    rows = [
        {"day": each.day.isoformat(), **{name: getattr(each, name) for name in names}}
        for each in days
    ]
    x = {"field": "day", "type": "temporal", "title": None}
    counts = [
        quantity(name, label, format=",d") for name, label in zip(names, labels[1:], strict=True)
    ]
    tooltip = [{"field": "day", "type": "temporal", "title": labels[0]}, *tips(*counts)]
    area = {"type": "area", "line": {"color": BLUE}, "color": BLUE, "opacity": 0.18}
    return {
        "title": _("Size over time"),
        "description": _("How many customers belonged to the segment at the end of each day."),
        "spec": spec(rows, mark=area, encoding={"x": x, "y": counts[0], "tooltip": tooltip}),
        "table": {
            "columns": labels,
            "rows": [
                [day(each.day), *(number(getattr(each, name)) for name in names)]
                for each in days[-ROWS:]
            ],
        },
    }
