"""Orders that cannot be recorded, with a sentence for each fault."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mainstay.orders.rules import LARGEST_BATCH, LONGEST, MOST_LINES, Fault, Problem

SHOWN = 100


class OrdersRefused(Exception):
    """Nothing was written; `problems` says what is wrong where, `sentence(problem)` in words."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(sentence(problems[0]))
        self.problems = list(problems)[:SHOWN]


def sentence(problem: Problem) -> str:
    """Return the fault in words, naming the value and what to do."""
    return _texts()[problem.fault] % {
        "value": problem.value,
        "field": problem.field,
        "longest": LONGEST.get(problem.field.removeprefix("lines."), LONGEST["order"]),
        "orders": LARGEST_BATCH,
        "lines": MOST_LINES,
    }


def _texts() -> dict[Fault, str]:
    return {
        Fault.MISSING: _("“%(field)s” is empty; give it a value."),
        Fault.LONG: _(
            "“%(value)s” is too long for “%(field)s”; use at most %(longest)s characters."
        ),
        Fault.UNFIT: _("“%(value)s” holds a control character; remove it."),
        Fault.TWICE: _("“%(value)s” appears twice; give each its own name, or send it once."),
        Fault.CURRENCY: _("“%(value)s” is not a currency; write three capitals, like EUR."),
        Fault.DATE: _(
            "“%(value)s” is no usable time; write date, time and zone, like 2026-03-05T10:00:00Z."
        ),
        Fault.KIND: _("“%(value)s” is no kind of line; use goods, postage, manual or discount."),
        Fault.NUMBER: _("“%(value)s” is out of range for “%(field)s”; check the number."),
        Fault.POSITIVE_RETURN: _(
            "A return takes money back, but its lines add up to %(value)s; make them negative."
        ),
        Fault.UNKNOWN_CUSTOMER: _(
            "No customer you may see is known as “%(value)s”; add the customer first."
        ),
        Fault.UNKNOWN_ORDER: _(
            "The order “%(value)s” that this return takes back is not known; record it first."
        ),
        Fault.TOO_MANY: _(
            "%(value)s are too many at once; send at most %(orders)s orders"
            " of at most %(lines)s lines each."
        ),
    }
