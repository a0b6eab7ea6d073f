"""A segment as a filter of the customers list, and of every list that asks for customers."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.shared.conditions import Condition, fitting, held
from mainstay.shared.lists import RowFilter
from mainstay.shared.lists.filters import Related

from . import asking, queries, tree
from .asking import Reckoning
from .models import Segment, SegmentKind


class SegmentFilter(Related, RowFilter):
    """Customers of one segment; offered are those that whoever asks may see."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Segment"),
            queryset=lambda request: queries.by_name(request.user).only(*OFFERED),
            relation=None,
            link="",
            target="",
        )

    def conditions(self, value: Any) -> list[Condition]:
        return conditions(value, asking.reckoning(timezone.now()))


OFFERED = ("name", "kind", "preset", "direct", "definition")


def conditions(segment: Segment, on: Reckoning) -> list[Condition]:
    """Return the conditions that make up the segment; whichever few customers meet leads.

    A fixed list, and a rule that is too slow for a page, are read as stored.
    """
    if segment.kind == SegmentKind.STATIC or not segment.direct:
        return [held(queries.stored(segment), "customer"), *_free()]
    try:
        rule = tree.read(segment.definition)
    except tree.Unfit:
        return [fitting(customers.everybody().none(), asking.nobody())]
    return [*(_leading(part, on) for part in _needed(rule)), *_free()]


def _free() -> list[Condition]:
    """Return the condition that processing is not restricted, where there is such a customer.

    Nearly everybody meets it, so it never leads.
    """
    if not customers.restricted().exists():
        return []
    rows = customers.everybody().filter(queries.FREE)
    return [replace(fitting(rows, queries.FREE), ids=lambda most: None)]


def _needed(node: Any) -> list[Any]:
    """Return the parts that all must hold."""
    if isinstance(node, tree.Group) and node.match == "all":
        return [each for part in node.parts for each in _needed(part)]
    return [node]


def _leading(part: Any, on: Reckoning) -> Condition:
    """Return the part so that an index leads to those who meet it, where one can."""
    rows = asking.holders(part, on) if isinstance(part, tree.Condition) else None
    if rows is not None:
        return held(rows, part.field.link)
    condition = asking.asked(part, on)
    return fitting(customers.everybody().filter(condition), condition)
