"""From activities as people enter them to those of the analysis."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from mainstay.analysis.value.profitability import Parameters

OWN = "own"
COLUMNS_AT_MOST = 15  # categories of the matrix; beyond, products count under the topmost ones


def frozen(activity: Any) -> dict[str, Any]:
    """Return an activity as a run keeps it."""
    return {
        "key": str(activity.pk),
        "name": activity.name,
        "cost_minor": activity.yearly_cost_minor,
        "driver": own_driver(activity.pk) if activity.driver == OWN else str(activity.driver),
        "capacity_hours": activity.capacity_hours,
        "unit_minutes": activity.unit_minutes,
    }


def own_driver(activity_id: int) -> str:
    return f"{OWN}-{activity_id}"


def parameters_of(as_of: "date", policy: Mapping[str, Any]) -> "Parameters":
    """Return the analysis's parameters from what a run has frozen."""
    from mainstay.analysis.value.activities import Activity
    from mainstay.analysis.value.profitability import Parameters

    return Parameters(
        as_of=as_of,
        activities=[Activity(**each) for each in policy["activities"]],
        default_margin=policy["default_margin"],
        high=policy["high"],
    )


def columns_of(
    products: Iterable[tuple[int, int | None]], parents: Mapping[int, int | None]
) -> dict[int, int]:
    """Return the category under which each product counts; the topmost where there are many."""
    found = {product: category for product, category in products if category is not None}
    if len(set(found.values())) <= COLUMNS_AT_MOST:
        return found
    return {product: topmost(category, parents) for product, category in found.items()}


def topmost(category: int, parents: Mapping[int, int | None]) -> int:
    """Return the category's ancestor without a parent; a circle ends where it began."""
    seen = {category}
    while (parent := parents.get(category)) is not None and parent not in seen:
        seen.add(parent)
        category = parent
    return category
