"""What a rule of a segment may ask of orders."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers.segments.fields import Field, Kind, register
from mainstay.orders import queries as orders

from . import queries

GROUP = _("Orders")
RIGHT = "orders.view"


def _event(key: str, label: Any, rows: Any, path: str = "ordered_at", **wishes: Any) -> Field:
    return Field(
        key=f"orders.{key}", label=label, group=GROUP, kind=Kind.EVENT, path=path, moment=True,
        rows=rows, permission=RIGHT, **wishes,
    )  # fmt: skip


def _categories() -> list[tuple[str, Any]]:
    return [(str(row.pk), row.name) for row in orders.categories()]


def publish() -> None:
    """Register what orders, their lines and contracts tell."""
    line = {"path": "order__ordered_at", "link": "order__customer"}
    register(
        _event("order", _("Order"), queries.placed),
        _event("return", _("Return"), queries.returned),
        _event(
            "category", _("Purchase"), queries.lines_placed, **line,
            detail="product__category", detail_label=_("from category"), choices=_categories,
        ),
        _event(
            "product", _("Purchase of a product"), queries.lines_placed, **line,
            detail="product__external_id", detail_label=_("with code"),
        ),
        Field(
            key="orders.amount", label=_("Orders in the company's currency"), group=GROUP,
            kind=Kind.SUM, path="ordered_at", moment=True, rows=queries.in_own_currency,
            amount="amount_minor", money=True, permission=RIGHT,
        ),
        Field(
            key="orders.contract_end", label=_("End of a contract"), group=GROUP, kind=Kind.DAY,
            path="ends", rows=queries.every_contract, permission=RIGHT,
        ),
    )  # fmt: skip
