"""A batch of which each order stands for itself: good ones are recorded, others refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from mainstay.orders.actions.orders import Recorded, record_orders
from mainstay.orders.actions.refusals import OrdersRefused
from mainstay.orders.rules import OrderIn, Problem


@transaction.atomic
def record_acceptable(
    *, by: Any, now: datetime, source: str, orders: Sequence[OrderIn]
) -> tuple[dict[str, int], Recorded, list[Problem]]:
    """Record the orders that fit; return our numbers by name, the counts, and the problems."""
    places = list(range(len(orders)))
    problems: list[Problem] = []
    while places:
        kept = [orders[place] for place in places]
        try:
            done = record_orders(by=by, now=now, source=source, orders=kept)
        except OrdersRefused as refusal:
            found = [replace(each, index=places[each.index]) for each in refusal.problems]
            wrong = {each.index for each in found}
            problems += found
            places = [place for place in places if place not in wrong]
        else:
            names = [order.external_id for order in kept]
            return dict(zip(names, done.ids, strict=True)), done, problems
    return {}, Recorded([], 0, 0, 0), problems
