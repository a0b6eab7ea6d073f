"""What is at stake above the worklist: the year's losses by what was decided about them."""

from typing import Any

from django.urls import reverse

from mainstay.people.queries import company
from mainstay.shared.templatetags.figures import money_short
from mainstay.value.presenters.explained import Tile, customers_counted

from . import queries
from .forms import STATES

ICONS = {"open": "circle", "agreed": "handshake", "done": "circle-check", "declined": "circle-x"}


def stakes(user: Any) -> list[Tile]:
    """Return the loss in each state of decision; nothing while nobody loses money."""
    found = queries.stakes_by_state(user)
    if not found:
        return []
    unit, listed = company().currency, reverse("value:worklist")
    sums = [(state, label, *found.get(state, (0, 0))) for state, label in STATES]
    return [
        Tile(
            str(label),
            money_short(loss, unit),
            ICONS[state],
            customers_counted(n),
            url=f"{listed}?state={state}",
        )
        for state, label, n, loss in sums
    ]
