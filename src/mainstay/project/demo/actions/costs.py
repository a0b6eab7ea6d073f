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
    """Write each activity, and the payment reminders as quantities of their own."""
    reminded = costs.reminders(world, seed)
    amounts = costs.yearly(world, reminded)
    for work in costs.WORK:
        activity = save_activity(by=None, now=now, values=_values(work, amounts[work.driver]))
        if work.driver == "own":
            _quantities(world, activity, customers, reminded, now)


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
    world: World, activity: Activity, customers: Keys, reminded: costs.Reminders, now: datetime
) -> None:
    columns: Columns = {
        "activity": [activity.pk] * len(reminded.day),
        "customer": [customers.of(place) for place in reminded.customer.tolist()],
        "day": [str(world.first_day + timedelta(day)) for day in reminded.day.tolist()],
        "quantity": [float(times) for times in reminded.times],
    }
    load_rows(DriverQuantity, columns, now)
