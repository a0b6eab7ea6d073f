"""Activities and runs of profitability for tests."""

from typing import Any

import factory

from mainstay.orders.actions import owe_everything
from mainstay.orders.models import Activity
from mainstay.value.profitability import actions, tasks
from mainstay.value.profitability.models import ProfitRun
from tests.factories.value import AS_OF, NOW


class ActivityFactory(factory.django.DjangoModelFactory[Activity]):
    name = factory.Sequence(lambda n: f"Activity {n}")
    yearly_cost_minor = 100_000
    driver = "orders"

    class Meta:
        model = Activity


def costed(*, as_of: Any = AS_OF) -> ProfitRun:
    """Return a run of profitability computed here and now."""
    owe_everything()
    run = actions.add_run(by=None, as_of=as_of, now=NOW)
    tasks.compute(run)
    run.refresh_from_db()
    return run
