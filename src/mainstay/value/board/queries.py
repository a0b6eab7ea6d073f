"""Everything that the overview and the board pack tell, read once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mainstay.people.permissions import can
from mainstay.value import queries as value
from mainstay.value.acquisition import queries as acquisition
from mainstay.value.gaps import queries as gaps
from mainstay.value.models import BoardPack, CustomerValue, ProfitRun, RunPart, ValueRun
from mainstay.value.profitability import queries as profitability

AT_RISK = 6  # customers named
MONTHS = 12  # of new customers


@dataclass(frozen=True)
class Facts:
    """A run with what its topics found, as far as the reader may see it."""

    run: ValueRun
    money: bool
    parts: dict[str, Any]
    profit: ProfitRun | None
    markets: list[dict[str, Any]]
    categories: dict[int, str]
    won: Any  # what winning customers cost in the last year
    channels: dict[int, str]
    at_risk: list[CustomerValue]

    @property
    def summary(self) -> dict[str, Any]:
        return dict(self.run.summary)

    @property
    def unit(self) -> str:
        return str(self.run.summary["parameters"]["currency"])


def facts(run: ValueRun, *, user: Any) -> Facts:
    """Return what a run and its neighbours say; money only for those who may see it.

    Without a user it is for the one at the machine, who may see everything.
    """
    money = user is None or can(user, "money.view")
    return Facts(
        run=run,
        money=money,
        parts=_parts(run),
        profit=profitability.current_run() if money else None,
        markets=gaps.by_market(user) if user else gaps.by_market_of_all(),
        categories=profitability.category_names() if money else {},
        won=_won(run) if money else None,
        channels=acquisition.names()["channel"] if money else {},
        at_risk=list(_at_risk(run, user)),
    )


def _at_risk(run: ValueRun, user: Any) -> QuerySet[CustomerValue]:
    if user is None:
        return value.at_risk_of_all(run, limit=AT_RISK)
    return value.at_risk(run, user=user, limit=AT_RISK)


def _parts(run: ValueRun) -> dict[str, Any]:
    parts = RunPart.objects.filter(run=run, key__in=("churn", "cohorts"))
    return dict(parts.values_list("key", "content"))


def _won(run: ValueRun) -> Any:
    book = acquisition.book(run)
    return acquisition.report(book, run, months=MONTHS) if book else None


def packs(user: Any) -> QuerySet[BoardPack]:
    """Return the packs that the user made, without their pages, the latest first."""
    rows = BoardPack.objects.filter(made_by=user).select_related("run").defer("content")
    return rows.order_by("-pk")


def own_pack(user: Any, *, pk: int) -> BoardPack | None:
    return BoardPack.objects.filter(made_by=user, pk=pk).select_related("run").first()


def pack(*, pk: int) -> BoardPack | None:
    return BoardPack.objects.filter(pk=pk).select_related("run", "made_by").first()


def file_name(pack: BoardPack) -> str:
    return f"board-pack-{pack.run.as_of}-{pack.language}.pdf"
