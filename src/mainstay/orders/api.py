"""Orders over the API: read, push one or a thousand; sent again, nothing changes."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.orders import actions, queries, rules
from mainstay.people.permissions import can
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Real, Term, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, Refused

router = Router()


class OrderOut(Schema):
    id: int
    source: str
    external_id: str
    customer_id: int | None
    ordered_at: datetime
    currency: str
    is_return: bool
    reverses_id: int | None
    amount_minor: int

    @staticmethod
    def resolve_source(row: Any) -> str:
        return str(row.source)


class LineOut(Schema):
    external_id: str
    product: str | None
    product_name: str | None
    kind: str
    quantity: float
    amount_minor: int
    cost_minor: int | None


class OrderWithLines(OrderOut):
    lines: list[LineOut]


class OrderPage(Schema):
    items: list[OrderOut]
    next: str | None


class LineIn(Input):
    external_id: Text = Field(description="The line's name within its order, such as its number.")
    quantity: Real
    amount_minor: Integer = Field(description="In minor units (cents), all units together.")
    cost_minor: Integer | None = None
    product: Text = Field("", description="Your product code; a new one becomes a product.")
    product_name: Text = ""
    kind: Text = Field("goods", description="goods, postage, manual or discount.")


class OrderFields(Input):
    external_id: Text = Field(description="Your order number: it never makes a second order.")
    ordered_at: datetime = Field(description="With time zone.")
    currency: Text = Field(description="Three capitals, such as EUR.")
    customer_id: Number | None = None
    customer: Text = Field("", description="The source's name for the customer.")
    is_return: bool = False
    reverses: Text = Field("", description="The order number that this return takes back.")
    lines: Annotated[list[LineIn], Field(max_length=rules.MOST_LINES)] = []


class OrderIn(OrderFields):
    source: Text = Field(description="Where the order comes from, such as the shop's name.")


class OrderBatch(Input):
    source: Text
    orders: Annotated[list[OrderFields], Field(min_length=1, max_length=limits.LARGEST_BATCH)]
    all_or_nothing: bool = Field(False, description="Refuse the batch if one order is refused.")


class OrderRecorded(Schema):
    id: int
    outcome: str = Field(description="added, changed or unchanged.")


class OrdersRecorded(Schema):
    ids: dict[str, int]
    added: int
    changed: int
    unchanged: int
    refused: list[Fault]


class OrderListing(limits.Listing):
    customer_id: Annotated[Number | None, Field(description="Only this customer's.")] = None
    source: Annotated[Term, Field(description="Only from this source.")] = ""
    external_id: Annotated[Term, Field(description="The order number at its source.")] = ""
    since: Annotated[limits.Moment | None, Field(description="Ordered then or later.")] = None
    until: Annotated[limits.Moment | None, Field(description="Ordered before.")] = None


@router.get("", response=OrderPage)
@needs("orders:read")
def list_orders(request: HttpRequest, wish: Query[OrderListing]) -> Any:
    """List orders, in the order they were recorded: read on with `next` until it is null."""
    wishes = {
        "customer": wish.customer_id,
        "source__name": wish.source,
        "external_id": wish.external_id,
        "ordered_at__gte": wish.since,
        "ordered_at__lt": wish.until,
    }
    return page_of(queries.pushed(request.user, wishes), wish)


@router.post("", response={200: OrderRecorded, 201: OrderRecorded})
@needs("orders:write")
@writes
def record_order(request: HttpRequest, payload: OrderIn, idempotency_key: str | None = KEY) -> Any:
    """Record one order: 201 if it is new, 200 if it was known and took the new particulars."""
    done = _all_or_nothing(request, payload.source, [payload])
    outcome = "added" if done.added else "changed" if done.changed else "unchanged"
    status = 201 if done.added else 200
    return Status(status, OrderRecorded(id=done.ids[0], outcome=outcome))


@router.post("/batch", response={200: OrdersRecorded})
@needs("orders:write")
@writes
def record_orders(
    request: HttpRequest, payload: OrderBatch, idempotency_key: str | None = KEY
) -> Any:
    """Record up to 1,000 orders by your own numbers: known ones take the new particulars.

    Orders that do not fit are refused one by one, with a sentence, and the others recorded;
    with `all_or_nothing` one refusal refuses the batch with 422.
    """
    problems: list[rules.Problem] = []
    if payload.all_or_nothing:
        done = _all_or_nothing(request, payload.source, payload.orders)
        names = [order.external_id for order in payload.orders]
        ids = dict(zip(names, done.ids, strict=True))
    else:
        orders = [_order(order) for order in payload.orders]
        now = timezone.now()
        ids, done, problems = actions.record_acceptable(
            by=request.user, now=now, source=payload.source, orders=orders
        )
    return Status(
        200,
        OrdersRecorded(
            ids=ids,
            added=done.added,
            changed=done.changed,
            unchanged=done.unchanged,
            refused=_faults(problems),
        ),
    )


@router.get("/{order_id}", response=OrderWithLines)
@needs("orders:read")
def get_order(request: HttpRequest, order_id: Number) -> Any:
    """Read one order with its lines; costs only where the user may see them."""
    order = found(queries.pushed(request.user, {"pk": order_id}).first())
    return with_lines(order, request.user)


def with_lines(order: Any, user: Any) -> OrderWithLines:
    """Return the order with its lines, as the user may know them."""
    with_cost = can(user, "money.view")
    lines = [
        LineOut(
            external_id=line.external_id,
            product=line.product.external_id if line.product else None,
            product_name=line.product.name if line.product else None,
            kind=line.kind,
            quantity=line.quantity,
            amount_minor=line.amount_minor,
            cost_minor=line.cost_minor if with_cost else None,
        )
        for line in queries.lines(order)
    ]
    return OrderWithLines.model_construct(**OrderOut.from_orm(order).model_dump(), lines=lines)


def _all_or_nothing(request: HttpRequest, source: str, orders: Any) -> actions.Recorded:
    try:
        return actions.record_orders(
            by=request.user,
            now=timezone.now(),
            source=source,
            orders=[_order(order) for order in orders],
        )
    except actions.OrdersRefused as refusal:
        sentence = _("Nothing was recorded; correct what is listed and send again.")
        raise Refused(422, sentence, _faults(refusal.problems)) from refusal


def _order(order: OrderFields) -> rules.OrderIn:
    values = order.model_dump(exclude={"source", "lines"})
    lines = tuple(rules.LineIn(**line.model_dump()) for line in order.lines)
    return rules.OrderIn(**values, lines=lines)


def _faults(problems: Any) -> list[Fault]:
    return [
        Fault(row=each.index, field=each.field, message=actions.sentence(each)) for each in problems
    ]
