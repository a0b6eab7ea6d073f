"""What an order may say, on plain values: the form in which it is handed in."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LARGEST_BATCH = 1000
MOST_LINES = 5000
LARGEST_AMOUNT = 2**63 - 1
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
KINDS = frozenset({"goods", "postage", "manual", "discount"})
LONGEST = {"order": 120, "line": 60, "product": 120, "product_name": 200}
_CURRENCY = re.compile(r"[A-Z]{3}")
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class LineIn:
    """One line; `external_id` is its name within the order, money in minor units."""

    external_id: str
    quantity: float
    amount_minor: int
    cost_minor: int | None = None
    product: str = ""
    product_name: str = ""
    kind: str = "goods"


@dataclass(frozen=True, kw_only=True)
class OrderIn:
    """One order; the customer by our number or by the source's name for it, or nobody."""

    external_id: str
    ordered_at: datetime
    currency: str
    customer_id: int | None = None
    customer: str = ""
    is_return: bool = False
    reverses: str = ""
    lines: Sequence[LineIn] = field(default_factory=tuple)


class Fault(StrEnum):
    MISSING = "missing"
    LONG = "long"
    UNFIT = "unfit"
    TWICE = "twice"
    CURRENCY = "currency"
    DATE = "date"
    KIND = "kind"
    NUMBER = "number"
    POSITIVE_RETURN = "positive_return"
    UNKNOWN_CUSTOMER = "unknown_customer"
    UNKNOWN_ORDER = "unknown_order"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Problem:
    """What is wrong where: the order's place in the batch (from 0), the field, the value."""

    index: int
    field: str
    value: str
    fault: Fault


def problems(orders: Sequence[OrderIn]) -> list[Problem]:
    """Return everything that can be seen wrong without looking anything up."""
    if len(orders) > LARGEST_BATCH:
        return [Problem(LARGEST_BATCH, "orders", str(len(orders)), Fault.TOO_MANY)]
    times = Counter(order.external_id for order in orders)
    found = []
    for index, order in enumerate(orders):
        if times[order.external_id] > 1:
            found.append(Problem(index, "external_id", order.external_id, Fault.TWICE))
        found += [Problem(index, *each) for each in _order_faults(order)]
    return found


_Found = tuple[str, str, Fault]


def _order_faults(order: OrderIn) -> Iterator[_Found]:
    yield from _text_faults("external_id", order.external_id, LONGEST["order"])
    if not _CURRENCY.fullmatch(order.currency):
        yield "currency", order.currency, Fault.CURRENCY
    when = order.ordered_at
    if when.tzinfo is None or not EARLIEST_YEAR <= when.year <= LATEST_YEAR:
        yield "ordered_at", str(when), Fault.DATE
    if len(order.lines) > MOST_LINES:
        yield "lines", str(len(order.lines)), Fault.TOO_MANY
        return
    times = Counter(line.external_id for line in order.lines)
    for line in order.lines:
        if times[line.external_id] > 1:
            yield "lines.external_id", line.external_id, Fault.TWICE
        yield from _line_faults(line)
    total = sum(line.amount_minor for line in order.lines)
    if order.is_return and total > 0:
        yield "lines.amount_minor", str(total), Fault.POSITIVE_RETURN


def _line_faults(line: LineIn) -> Iterator[_Found]:
    yield from _text_faults("lines.external_id", line.external_id, LONGEST["line"])
    for name in ("product", "product_name"):
        text = getattr(line, name)
        if text:
            yield from _text_faults(f"lines.{name}", text, LONGEST[name])
    if line.kind not in KINDS:
        yield "lines.kind", line.kind, Fault.KIND
    if not math.isfinite(line.quantity):
        yield "lines.quantity", str(line.quantity), Fault.NUMBER
    for name in ("amount_minor", "cost_minor"):
        amount = getattr(line, name)
        if amount is not None and abs(amount) > LARGEST_AMOUNT // MOST_LINES:
            yield f"lines.{name}", str(amount), Fault.NUMBER


def _text_faults(name: str, text: str, longest: int) -> Iterator[_Found]:
    if not text.strip():
        yield name, text, Fault.MISSING
    elif len(text) > longest:
        yield name, f"{text[:40]}…", Fault.LONG
    elif _UNFIT.search(text):
        yield name, _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text), Fault.UNFIT
