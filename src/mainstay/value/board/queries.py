"""Everything that the overview and the board pack tell, read once."""

from dataclasses import dataclass
from typing import Any

from mainstay.people.permissions import can
from mainstay.value import queries as value
from mainstay.value.gaps import queries as gaps
from mainstay.value.models import CustomerValue, ProfitRun, RunPart, ValueRun
from mainstay.value.profitability import queries as profitability

AT_RISK = 6  # customers named


@dataclass(frozen=True)
class Facts:
    """A run with what its topics found, as far as the reader may see it."""

    run: ValueRun
    money: bool
    parts: dict[str, Any]
    profit: ProfitRun | None
    markets: list[dict[str, Any]]
    categories: dict[int, str]
    at_risk: list[CustomerValue]

    @property
    def summary(self) -> dict[str, Any]:
        return dict(self.run.summary)

    @property
    def unit(self) -> str:
        return str(self.run.summary["parameters"]["currency"])


def facts(run: ValueRun, *, user: Any) -> Facts:
    """Return what a run and its neighbours say; money only for those who may see it."""
    money = can(user, "money.view")
    return Facts(
        run=run,
        money=money,
        parts=dict(RunPart.objects.filter(run=run).values_list("key", "content")),
        profit=profitability.current_run() if money else None,
        markets=gaps.by_market(user),
        categories=profitability.category_names() if money else {},
        at_risk=list(value.at_risk(run, user=user, limit=AT_RISK)),
    )
