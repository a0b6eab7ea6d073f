"""Customer facts by aggregation in the engine: an independent way to `one_pass`."""

from datetime import date, timedelta

import ibis
from ibis import _

TREND_DAYS = 182  # the latest half year beside the half year before it
OPTIONAL = ("cost_minor", "costed_minor", "units")


def customer_facts(days: ibis.Table, *, as_of: date, split: date) -> ibis.Table:
    recent, before = as_of - timedelta(TREND_DAYS), as_of - timedelta(2 * TREND_DAYS)
    early = _.day <= split
    known = {name: days[name].sum() for name in OPTIONAL if name in days.columns}
    return (
        days.group_by("customer_id")
        .agg(
            first_day=_.day.min(where=_.bought),
            last_day=_.day.max(where=_.bought),
            occasions=_.bought.sum().cast("int64"),
            revenue_minor=_.amount_minor.sum().cast("int64"),
            first_minor=_.amount_minor.argmin(_.day, where=_.bought),
            recent=_.count(where=_.bought & (_.day > recent)),
            before=_.count(where=_.bought & (_.day > before) & (_.day <= recent)),
            calibration_occasions=_.count(where=_.bought & early),
            calibration_last_day=_.day.max(where=_.bought & early),
            calibration_minor=_.amount_minor.sum(where=early).cast("int64"),
            **known,
        )
        .mutate(
            recency_days=_days_until(as_of, "last_day"),
            tenure_days=_days_until(as_of, "first_day"),
        )
        .mutate(trend=_trend())
        .drop("recent", "before")
    )


def _days_until(end: date, column: str) -> ibis.Value:
    return (-_[column].delta(ibis.literal(end), unit="day")).cast("int64")


def _trend() -> ibis.Value:
    """Return (recent - before) / (recent + before), from -1 (fell silent) to 1 (began anew).

    Null for customers younger than the two half years, or silent in both.
    """
    known = (_.tenure_days >= 2 * TREND_DAYS) & (_.recent + _.before > 0)
    change = (_.recent - _.before) / (_.recent + _.before).cast("float64")
    return ibis.cases((known, change))


def occasions_by_day(days: ibis.Table) -> ibis.Table:
    """Return day and occasions: how many customers bought on each day."""
    return days.filter(_.bought).group_by("day").agg(occasions=_.count()).order_by("day")
