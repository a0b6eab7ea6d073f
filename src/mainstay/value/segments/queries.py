"""Rows of the runs shown now, that the rules of segments ask; None until there is a run."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from mainstay.value.models import (
    CustomerGap,
    CustomerMove,
    CustomerProfit,
    CustomerValue,
    LostCustomer,
)
from mainstay.value.profitability.queries import current_number as profit_number
from mainstay.value.queries import AT_RISK_BELOW, current_number

Row = TypeVar("Row", bound=Model)


def values() -> QuerySet[CustomerValue] | None:
    return _of_run(CustomerValue, current_number())


def at_risk() -> QuerySet[CustomerValue] | None:
    rows = values()
    return (
        None if rows is None else rows.filter(abc_class__in=["A", "B"], p_alive__lt=AT_RISK_BELOW)
    )


def moves() -> QuerySet[CustomerMove] | None:
    return _of_run(CustomerMove, current_number())


def losses() -> QuerySet[LostCustomer] | None:
    rows = _of_run(LostCustomer, current_number())
    return None if rows is None else rows.filter(came_back_on=None)


def gaps() -> QuerySet[CustomerGap] | None:
    """Return the gaps of all markets together."""
    rows = _of_run(CustomerGap, current_number())
    return None if rows is None else rows.filter(category=None)


def profits() -> QuerySet[CustomerProfit] | None:
    return _of_run(CustomerProfit, profit_number())


def _of_run(model: type[Row], run: int | None) -> "QuerySet[Row] | None":
    return model._default_manager.filter(run=run) if run else None
