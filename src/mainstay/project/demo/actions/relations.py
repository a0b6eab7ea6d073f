"""Write contracts, why customers left, and what could be done to keep more of them."""

from datetime import datetime
from typing import Any

from mainstay.orders.models import Contract
from mainstay.project.demo import relations
from mainstay.project.demo.actions.rows import Columns, Keys
from mainstay.project.demo.actions.rows import load as load_rows
from mainstay.project.demo.world import World
from mainstay.value.churn.actions import choose_rule, save_case
from mainstay.value.models import LossNote

# Wholesale buyers skip a month now and then: three intervals would call half of them lost.
RULE = {"k": 5.0, "floor_days": 45}
CASES: tuple[dict[str, Any], ...] = (
    {
        "name": "A call to every customer twice a year",
        "note": "Two people in the back office, from the list of those who fall silent.",
        "cost_once_minor": 600_000,
        "cost_yearly_minor": 900_000,
        "points_low": 0.005,
        "points": 0.02,
        "points_high": 0.035,
    },
    {
        "name": "Delivery on the next day",
        "note": "A second shift in the warehouse.",
        "cost_once_minor": 12_000_000,
        "cost_yearly_minor": 5_000_000,
        "points_low": 0.0,
        "points": 0.015,
        "points_high": 0.03,
    },
)


def load(world: World, customers: Keys, *, seed: int, by: Any, now: datetime) -> None:
    """Write everything about customers who stay and who leave."""
    today = now.date()
    signed = relations.contracts(seed=seed, firms=world.companies, today=today)
    load_rows(Contract, _contracts(signed, customers), now)
    count = len(world.companies)
    left = relations.losses(seed=seed, count=count, orders=world.orders, today=today)
    load_rows(LossNote, _notes(left, customers, by), now)
    choose_rule(by=None, now=now, values=RULE)
    for values in CASES:
        save_case(by=None, now=now, values=values)


def _contracts(rows: list[relations.Signed], customers: Keys) -> Columns:
    return {
        "customer": [customers.of(row.company) for row in rows],
        "reference": [f"{row.starts:%Y}/{place:04d}" for place, row in enumerate(rows, 1)],
        "starts": [str(row.starts) for row in rows],
        "ends": [str(row.ends) for row in rows],
        "renewed": [row.renewed for row in rows],
        "yearly_minor": [row.yearly_minor for row in rows],
    }


def _notes(rows: list[relations.Left], customers: Keys, by: Any) -> Columns:
    return {
        "customer": [customers.of(row.company) for row in rows],
        "reason": [row.reason for row in rows],
        "noted_on": [str(row.noted_on) for row in rows],
        "text": [row.text for row in rows],
        "by": [by.pk] * len(rows),
    }
