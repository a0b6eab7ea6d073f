"""What an activity costs a year, what drives it, and how much of it the drivers used."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from mainstay.analysis.numerics.shares import Ints, sum_of

THOUSANDTHS = 1000  # quantities are counted in thousandths, so that their sums are exact
NONE_IN_PERIOD, OVER_CAPACITY = "none_in_period", "over_capacity"


@dataclass(frozen=True, kw_only=True)
class Activity:
    """Work done for customers: its cost of a year and the driver that says for whom.

    With `capacity_hours` (practical, of the year) and `unit_minutes` (for one unit of the driver)
    it is costed by time, else by the plain rate cost / quantity.
    """

    key: str
    name: str
    cost_minor: int
    driver: str  # orders, lines, returns, units, or a driver among the quantities
    capacity_hours: float | None = None
    unit_minutes: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be an activity, in a sentence."""
        if not self.driver:
            raise ValueError(f"{self.name} costs money but has no driver; say what drives it.")
        if self.cost_minor < 0:
            raise ValueError(f"The cost of {self.name} is negative; a cost is zero or more.")
        if (self.capacity_hours is None) != (self.unit_minutes is None):
            raise ValueError(
                f"{self.name} has hours without minutes per unit, or the reverse; give both or"
                " neither."
            )
        for value in (self.capacity_hours, self.unit_minutes):
            if value is not None and not (math.isfinite(value) and value > 0):
                raise ValueError(f"The times of {self.name} must be above zero.")


@dataclass(frozen=True, kw_only=True)
class Charge:
    """How the cost of one activity falls: on customers, on unused capacity, on nobody."""

    activity: Activity
    quantities: Ints  # of each customer, in thousandths
    allocated_minor: int
    unused_minor: int
    unallocated_minor: int
    used_share: float | None  # of the capacity; None without times
    note: str

    @property
    def pool_minor(self) -> int:
        return self.activity.cost_minor

    @property
    def quantity(self) -> float:
        """The whole quantity of the driver."""
        return sum_of(self.quantities) / THOUSANDTHS

    def plain(self) -> dict[str, Any]:
        """Return plain values for a summary."""
        quantity, activity = self.quantity, self.activity
        return {
            "key": activity.key,
            "name": activity.name,
            "driver": activity.driver,
            "capacity_hours": activity.capacity_hours,
            "unit_minutes": activity.unit_minutes,
            "pool_minor": self.pool_minor,
            "allocated_minor": self.allocated_minor,
            "unused_minor": self.unused_minor,
            "unallocated_minor": self.unallocated_minor,
            "used_share": self.used_share,
            "quantity": quantity,
            "customers": int(np.count_nonzero(self.quantities)),
            "rate_minor": self.allocated_minor / quantity if quantity else None,
            "note": self.note,
        }


def charge(activity: Activity, quantities: Ints) -> Charge:
    """Return how the cost of the activity falls.

    A driver of which there was none leaves the whole cost unallocated. Work beyond the capacity
    cannot cost more than the activity did: the whole cost is divided, and `note` says so.
    """
    pool, whole = activity.cost_minor, sum_of(quantities)
    used_share = _used_share(activity, whole / THOUSANDTHS)
    note, unallocated, allocated = "", 0, pool
    if whole == 0:
        note, unallocated, allocated = NONE_IN_PERIOD, pool, 0
    elif used_share is not None:
        note = OVER_CAPACITY if used_share > 1 else ""
        allocated = round(pool * min(used_share, 1.0))
    return Charge(
        activity=activity,
        quantities=quantities,
        allocated_minor=allocated,
        unused_minor=pool - allocated - unallocated,
        unallocated_minor=unallocated,
        used_share=used_share,
        note=note,
    )


def _used_share(activity: Activity, quantity: float) -> float | None:
    if activity.capacity_hours is None or activity.unit_minutes is None:
        return None
    return quantity * activity.unit_minutes / 60 / activity.capacity_hours
