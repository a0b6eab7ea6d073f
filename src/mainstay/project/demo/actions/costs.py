"""Write the activities of a drawn company, with what they cost and whom they served."""

from datetime import datetime, timedelta

from mainstay.orders.actions import save_activity
from mainstay.orders.models import Activity, DriverQuantity
from mainstay.project.demo import costs
from mainstay.project.demo.actions.rows import Columns, Keys
from mainstay.project.demo.actions.rows import load as load_rows
from mainstay.project.demo.world import World

ROUND = 10_000  # cents: costs of a year are known to the hundred


def load(world: World, customers: Keys, seed: int, now: datetime) -> None:
    """Write each activity, and the quantities of those whose driver is their own."""
    amounts, own = costs.yearly(world), costs.own_quantities(world, seed)
    for work in costs.WORK:
        counted = own.get(work.name)
        amount = float(counted.times.sum()) if counted else amounts[work.driver]
        activity = save_activity(by=None, now=now, values=_values(work, amount))
        if counted:
            _quantities(world, activity, customers, counted, now)


def _values(work: costs.Work, amount: float) -> dict[str, object]:
    cost = max(round(work.cents * amount / work.busy / ROUND), 1) * ROUND
    hours = max(round(work.minutes * amount / work.busy / 60), 1) if work.minutes else None
    return {
        "name": work.name,
        "driver": work.driver,
        "yearly_cost_minor": cost,
        "capacity_hours": hours,
        "unit_minutes": work.minutes,
    }


def _quantities(
    world: World, activity: Activity, customers: Keys, counted: costs.Quantities, now: datetime
) -> None:
    columns: Columns = {
        "activity": [activity.pk] * len(counted.day),
        "customer": [customers.of(place) for place in counted.customer.tolist()],
        "day": [str(world.first_day + timedelta(day)) for day in counted.day.tolist()],
        "quantity": [float(times) for times in counted.times],
    }
    load_rows(DriverQuantity, columns, now)
