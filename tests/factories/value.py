"""Value runs for tests, computed from orders like real ones."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from mainstay.orders.models import Order, OrderLine
from mainstay.value import actions, tasks
from mainstay.value.models import ValueRun
from tests.factories.customers import CustomerFactory, SourceFactory

NOW = datetime.fromisoformat("2026-03-05T10:00:00+00:00")
AS_OF = date(2026, 3, 5)


def buying_customers(n: int = 150, *, owner: Any = None, cost: bool = True) -> list[Any]:
    """Return customers who have bought over a year, drawn so that every model can be fitted."""
    rng = np.random.default_rng(11)
    source = SourceFactory()
    customers = CustomerFactory.create_batch(n, owner=owner, team=owner.team if owner else None)
    for number, customer in enumerate(customers):
        start = NOW - timedelta(days=int(rng.integers(30, 500)))
        gaps = np.cumsum(rng.exponential(rng.gamma(2, 30), size=12)).astype(int)
        for day in [0, *sorted(set(gaps[: int(rng.geometric(0.2))].tolist()) - {0})]:
            if (moment := start + timedelta(days=int(day))) <= NOW:
                amount = int(rng.gamma(3, 4000 + 100 * (number % 17)))
                buy(customer, moment, amount, cost=amount * 6 // 10 if cost else None, of=source)
    return customers


def buy(customer: Any, at: datetime, amount: int, *, of: Any, **line: Any) -> Any:
    """Record one order of one line."""
    order = Order.objects.create(
        source=of,
        external_id=f"{customer.pk}-{at:%y%m%d}-{Order.objects.count()}",
        customer=customer,
        ordered_at=at,
        currency=line.pop("currency", "EUR"),
        amount_minor=amount,
    )
    OrderLine.objects.create(
        order=order,
        external_id="1",
        quantity=line.pop("quantity", 1.0),
        amount_minor=amount,
        cost_minor=line.pop("cost", None),
        **line,
    )
    return order


def computed_run(*, as_of: date = AS_OF, **source: str) -> ValueRun:
    """Return a run computed here and now, with every recorded order in it."""
    from mainstay.orders.actions import owe_everything

    owe_everything()
    run = actions.add_run(by=None, as_of=as_of, now=NOW, **source)
    tasks.compute(run)
    run.refresh_from_db()
    return run
