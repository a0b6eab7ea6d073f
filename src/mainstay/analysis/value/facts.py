"""Customer facts: recency, frequency, monetary value, tenure and trend, one row per customer."""

from datetime import date

import ibis
import pyarrow as pa
from ibis import _

from .one_pass import SUMS, OnePass

ORDER = ("customer_id", "day")
COLUMNS = {
    "first_day": pa.date32(),
    "last_day": pa.date32(),
    "occasions": pa.int64(),
    "lines": pa.int64(),
    "revenue_minor": pa.int64(),
    "first_minor": pa.int64(),
    "calibration_occasions": pa.int64(),
    "calibration_last_day": pa.date32(),
    "calibration_minor": pa.int64(),
    **SUMS,
    "recency_days": pa.int64(),
    "tenure_days": pa.int64(),
    "trend": pa.float64(),
}


def customer_facts(counted: ibis.Table, *, as_of: date, split: date) -> OnePass:
    """Return the function from lines in ORDER to facts, for `Engine.mapped`.

    Args:
        counted: lines from `days.counted`.
        as_of: last day that counts.
        split: last day of the calibration period of the back-test.

    It yields one row per customer; one without a purchase day has 0 occasions and null days.
    Columns: first_day and last_day of purchase; occasions (purchase days; several orders on one
    day are one); lines; revenue_minor (net of returns); first_minor (net of the first day);
    recency_days (since the last purchase); tenure_days (since the first); trend from -1 (fell
    silent) to 1 (began anew): (recent - before) / (recent + before) purchase days of the two latest
    half years, null for younger customers and those silent in both; calibration_occasions,
    calibration_last_day, calibration_minor (up to the split); where known cost_minor, costed_minor
    and units. Besides, rows without a customer say how many customers bought (occasions) on a day
    (first_day); those of the same day are to be added up.
    """
    whose = ibis.schema({"customer_id": counted.customer_id.type()}).to_pyarrow()
    kept = {n: kind for n, kind in COLUMNS.items() if n not in SUMS or n in counted.columns}
    return OnePass(as_of, split, pa.schema([*whose, *kept.items()]))


def customers(found: ibis.Table) -> ibis.Table:
    """Return the customers among the rows of `customer_facts`."""
    return found.filter(_.customer_id.notnull())


def occasions_by_day(found: ibis.Table) -> ibis.Table:
    """Return day and occasions: how many customers bought on each day."""
    days = found.filter(_.customer_id.isnull()).group_by(day=_.first_day)
    return days.agg(occasions=_.occasions.sum().cast("int64")).order_by("day")


def buyers(facts: ibis.Table) -> ibis.Table:
    """Return the customers with at least one purchase day."""
    return facts.filter(_.occasions > 0)


def without_purchase(facts: ibis.Table) -> ibis.Table:
    """Return customers and amount_minor of those whose every line is a return or worth nothing."""
    return facts.filter(_.occasions == 0).agg(
        customers=_.count(), amount_minor=_.revenue_minor.sum().fill_null(0).cast("int64")
    )
