"""Groups of companies over the API."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from mainstay.customers import queries as customers
from mainstay.people.permissions import can, require
from mainstay.shared.rest.limits import Number
from mainstay.shared.rest.operations import found, needs

from . import presenters, queries

router = Router()


class MemberOut(Schema):
    customer_id: int
    name: str
    parent_id: int | None
    depth: int = Field(description="0 for the customer asked about.")
    abc_class: str | None
    revenue_minor: int | None
    clv_minor: int | None


class GroupOut(Schema):
    """Sums count only what the user may see; `hidden` says how many companies they leave out."""

    as_of: dt.date | None
    members: list[MemberOut]
    hidden: int
    cut: bool = Field(description="The tree is larger or deeper than is told.")
    revenue_minor: int
    clv_minor: int | None
    clv_low_minor: int | None = Field(description="If companies vary independently.")
    clv_high_minor: int | None
    clv_lowest_minor: int | None = Field(description="However they hang together.")
    clv_highest_minor: int | None
    clv_n: int = Field(description="How many companies the lifetime value rests on.")


@router.get("/customers/{customer_id}/group", response=GroupOut)
@needs("value:read")
def get_group(request: HttpRequest, customer_id: Number) -> Any:
    """Read a customer with everybody below it, and what they are worth together."""
    user: Any = request.user
    require(user, "value.view")
    top = found(customers.visible_to(user).filter(pk=customer_id).first())
    whole, money = queries.group(user, top.pk), can(user, "money.view")
    total = presenters.lifetime(whole) if money else None
    ends = ("value", "low", "high", "lowest", "highest")
    names = ("clv_minor", *(f"clv_{end}_minor" for end in ends[1:]))
    sums = {
        name: int(getattr(total, end)) if total else None
        for name, end in zip(names, ends, strict=True)
    }
    return GroupOut(
        as_of=whole.run.as_of if whole.run else None,
        members=[_member(member, whole.values, money=money) for member in whole.tree.members],
        hidden=whole.tree.hidden,
        cut=whole.tree.cut,
        revenue_minor=sum(row.revenue_minor for row in whole.values.values()),
        clv_n=total.n if total else 0,
        **sums,
    )


def _member(member: Any, values: Any, *, money: bool) -> MemberOut:
    value = values.get(member.customer.pk)
    return MemberOut(
        customer_id=member.customer.pk,
        name=member.customer.name,
        parent_id=member.parent,
        depth=member.depth,
        abc_class=value.abc_class if value else None,
        revenue_minor=value.revenue_minor if value else None,
        clv_minor=value.clv_minor if value and money else None,
    )
