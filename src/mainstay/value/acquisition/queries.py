"""Reads of channels, what they cost, and what a run says of the customers they brought."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, QuerySet, Sum

from mainstay.customers.queries import campaigns, channels
from mainstay.people.permissions import can
from mainstay.value.models import ChannelCost, ValueRun

if TYPE_CHECKING:
    from mainstay.analysis.value.winning import Book, Period, Report

PERIODS = (12, 24, 36)  # months one can choose, beside all of them
COHORT_MONTHS = 36  # over which quarters are told at least


def costs(user: Any) -> QuerySet[ChannelCost]:
    """Return the costs, the latest month first; costs are for those who see money."""
    if not can(user, "money.view"):
        return ChannelCost.objects.none()
    return ChannelCost.objects.select_related("channel", "campaign")


def cost(user: Any, *, pk: int) -> ChannelCost | None:
    return costs(user).filter(pk=pk).first()


def channel(*, pk: int) -> Any:
    return channels().filter(pk=pk).first()


def campaign(*, pk: int) -> Any:
    return campaigns().filter(pk=pk).first()


def listed_channels() -> list[dict[str, Any]]:
    """Return each channel with its campaigns, its customers and the months with a cost."""
    named: dict[int, list[str]] = defaultdict(list)
    for campaign in campaigns():
        named[campaign.channel_id].append(campaign.name)
    spent = ChannelCost.objects.values("channel").annotate(
        months=Count("month", distinct=True),
        minor=Sum("amount_minor"),
        earliest=Min("month"),
        latest=Max("month"),
    )
    known = {row["channel"]: row for row in spent.order_by()}
    rows = channels().annotate(won=Count("customers"))
    return [{"channel": row, "campaigns": named[row.pk], "cost": known.get(row.pk)} for row in rows]


def compared(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many of the rows are not known yet, known with other values, and the same."""
    stored = ChannelCost.objects.values_list(
        "channel__name", "campaign__name", "month", "amount_minor", "note"
    )
    known = {(name, own or "", month): rest for name, own, month, *rest in stored}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for row in rows:
        found = known.get((row["channel"], row["campaign"], row["month"].replace(day=1)))
        same = found == [row["amount_minor"], row["note"]]
        counts["added" if found is None else "unchanged" if same else "changed"] += 1
    return counts


def book(run: ValueRun) -> "Book | None":
    """Return what the run and the costs say of new customers; None where the run says nothing."""
    from mainstay.analysis.value.winning import Book

    part = run.parts.filter(key="acquisition").first()
    if part is None:
        return None
    spent = ChannelCost.objects.values_list("channel", "campaign", "month", "amount_minor")
    return Book(
        newcomers=_rows(part.content["newcomers"]),
        sizes=_rows(part.content["sizes"]),
        returns=_rows(part.content["returns"]),
        costs=[
            {"channel": channel, "campaign": campaign or 0, "month": month, "cost": minor}
            for channel, campaign, month, minor in spent
        ],
    )


def report(known: "Book", run: ValueRun, *, months: int | None) -> "Report":
    """Return what new customers of the last whole months cost; None: all months."""
    from mainstay.analysis.value import winning

    seen = [row["month"] for rows in (known.newcomers, known.costs) for row in rows]
    longest = winning.Period(min(seen, default=run.as_of.replace(day=1)), run.as_of).months
    period = winning.whole_months(run.as_of, months=months or longest)
    quarters = winning.whole_months(run.as_of, months=max(period.months, COHORT_MONTHS))
    return winning.report(known, period, quarters=_since(quarters, seen))


def _since(quarters: "Period", seen: list[date]) -> "Period":
    return quarters._replace(first=max(quarters.first, min(seen, default=quarters.first)))


def _rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Return stored columns as rows, with days as days; a run of before had no campaigns here."""
    names = list(columns)
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for row in rows:
        row.setdefault("campaign", 0)
        for name in ("month", "cohort"):
            if name in row:
                row[name] = date.fromisoformat(row[name])
    return rows


def names() -> dict[str, dict[int, str]]:
    """Return the names of channels and campaigns by number."""
    return {
        "channel": {row.pk: row.name for row in channels()},
        "campaign": {row.pk: row.name for row in campaigns()},
    }
