"""What winning customers cost in a period: by channel, campaign and quarter, and what is not known.

A month of a channel counts once its cost is known; the customers of other months are told apart,
so that no cost is divided by customers it did not win.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from mainstay.analysis.numerics import intervals
from mainstay.analysis.value import acquisition
from mainstay.analysis.value.acquisition import NO_CHANNEL

RIPE = (12, 24, 36, 48, 6, 3)  # months of life behind a payback, in the order they are tried
EARLY = 12  # months of a history in which customers appear who were customers before
Rows = Sequence[Mapping[str, Any]]
Counts = Callable[[Mapping[str, Any]], bool]


class Period(NamedTuple):
    """Whole months, each named by its first day."""

    first: date
    last: date

    def __contains__(self, month: object) -> bool:
        return isinstance(month, date) and self.first <= month <= self.last

    @property
    def months(self) -> int:
        return _index(self.last) - _index(self.first) + 1


def whole_months(as_of: date, *, months: int) -> Period:
    """Return the last whole months up to a day.

    >>> whole_months(date(2026, 3, 5), months=12)
    Period(first=datetime.date(2025, 3, 1), last=datetime.date(2026, 2, 1))
    >>> whole_months(date(2026, 3, 31), months=1).last
    datetime.date(2026, 3, 1)
    """
    after = _index(date.fromordinal(as_of.toordinal() + 1))  # the month that the next day is in
    return Period(_month(after - months), _month(after - 1))


@dataclass(frozen=True, kw_only=True)
class Won:
    """New customers of a period, and what they cost; money in minor units.

    `counted` of the `customers` came in months whose cost is known; worth is theirs.
    """

    channel: int | None = None
    campaign: int | None = None
    cohort: date | None = None
    customers: int
    counted: int
    cost: float
    months: int  # with a known cost
    worth: float
    squares: float
    payback: acquisition.Payback | None = None
    level: float = 0.95

    @property
    def is_known(self) -> bool:
        return self.months > 0

    @property
    def cac(self) -> intervals.Estimate | None:
        """Return the cost of a new customer; None for few customers or an unknown cost."""
        found = acquisition.cac(self.cost, self.counted, level=self.level)
        return found if self.is_known else None

    @property
    def each(self) -> intervals.Estimate | None:
        """Return the mean worth of a new customer; None for few customers."""
        if self.counted < acquisition.FEW:
            return None
        return intervals.mean(self.counted, self.worth, self.squares, level=self.level)

    @property
    def ratio(self) -> intervals.Estimate | None:
        """Return LTV : CAC."""
        return acquisition.ratio(
            customers=self.counted,
            worth=self.worth,
            squares=self.squares,
            cost=self.cost,
            level=self.level,
        )


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything about a period; `whole` are all months of channels whose cost is known."""

    period: Period
    whole: Won
    channels: list[Won]
    campaigns: list[Won]
    cohorts: list[Won]
    customers: int  # all new ones of the period
    without_channel: int
    without_cost: int  # by a channel, in a month whose cost is not known
    months_without_cost: int  # of channels, that won somebody all the same
    blended: intervals.Estimate | None  # all costs by all new customers
    begins: date | None  # first month of the history

    def may_be_old(self, month: date) -> bool:
        """Tell whether those who first bought then may have bought before the history begins."""
        return self.begins is not None and _index(month) < _index(self.begins) + EARLY


@dataclass(frozen=True)
class Book:
    """What is known: rows of `acquisition.newcomers`, `cohort_sizes` and `returns`, and of costs
    (channel, campaign or NO_CHANNEL, month, cost)."""

    newcomers: Rows
    sizes: Rows
    returns: Rows
    costs: Rows
    level: float = 0.95


def report(book: Book, period: Period, *, quarters: Period | None = None) -> Report:
    """Return what winning customers cost in the period; cohorts are those of `quarters`.

    Raises:
        ValueError: a cost is negative.
    """
    for row in book.costs:
        acquisition.cac(row["cost"], 0)  # refuses what is negative
    paid = {_spend(row) for row in book.costs}
    inside = [row for row in book.newcomers if row["month"] in period]
    unpaid = [row for row in inside if row["channel"] and _spend(row) not in paid]
    everybody = sum(row["customers"] for row in inside)
    whole = _won(book, period, _is_paid(paid))
    channels, campaigns = _split(book, _channel), _split(book, _campaign)
    cohorts, nothing = _split(book, _cohort), Book((), (), (), (), book.level)
    return Report(
        period=period,
        whole=whole,
        channels=[
            _won(part, period, _is_paid(paid), channel=key)
            for key, part in channels.items()
            if key != NO_CHANNEL and _speaks(part, period)
        ],
        campaigns=[
            _won_by_campaign(part, period, key)
            for key, part in campaigns.items()
            if key != NO_CHANNEL and _speaks(part, period)
        ],
        cohorts=[
            _won(cohorts.get(q.first, nothing), q, _is_paid(paid), cohort=q.first)
            for q in _quarters(quarters or period)
        ],
        customers=everybody,
        without_channel=sum(r["customers"] for r in inside if r["channel"] == NO_CHANNEL),
        without_cost=sum(row["customers"] for row in unpaid),
        months_without_cost=len({_spend(row) for row in unpaid}),
        blended=acquisition.cac(whole.cost, everybody, level=book.level) if whole.months else None,
        begins=min((row["month"] for row in book.newcomers), default=None),
    )


def _won(book: Book, period: Period, counts: Counts, **names: Any) -> Won:
    """Return the sums over a part of the book; `counts` tells whose cost is known."""
    inside = [row for row in book.newcomers if row["month"] in period]
    known = [row for row in inside if counts(row)]
    costs = [row for row in book.costs if row["month"] in period]
    cost, counted = float(sum(r["cost"] for r in costs)), sum(r["customers"] for r in known)
    channels = {row["channel"] for row in costs}
    return Won(
        **names,
        customers=sum(row["customers"] for row in inside),
        counted=counted,
        cost=cost,
        months=len({row["month"] for row in costs}),
        worth=float(sum(row["worth"] for row in known)),
        squares=float(sum(row["squares"] for row in known)),
        payback=_payback(book, channels, cost / counted) if counted >= acquisition.FEW else None,
        level=book.level,
    )


def _won_by_campaign(book: Book, period: Period, key: int) -> Won:
    """Return what one campaign won; only its own costs count, not its channel's."""
    paid = {row["month"] for row in book.costs}
    channel = next(row["channel"] for row in (*book.newcomers, *book.costs))
    return _won(book, period, lambda row: row["month"] in paid, channel=channel, campaign=key)


def _payback(book: Book, channels: set[int], cost: float) -> acquisition.Payback | None:
    """Return the payback among those who have lived long enough to show one."""
    sizes = [row for row in book.sizes if row["channel"] in channels]
    best = None
    for months in RIPE:
        ripe = [row for row in sizes if row["months"] >= months]
        n, margins, squares = acquisition.pooled(ripe, book.returns)
        found = acquisition.payback(
            cost=cost, customers=n, margins=margins, squares=squares, level=book.level
        )
        if found is not None and found.months is not None:
            return found
        if best is None or (found is not None and found.observed > best.observed):
            best = found
    return best


def _split(book: Book, key: Callable[[Mapping[str, Any]], Any]) -> dict[Any, Book]:
    """Return the book in parts, by what `key` says of each row, in order."""
    found: dict[Any, list[list[Any]]] = {}
    for place, rows in enumerate((book.newcomers, book.sizes, book.returns, book.costs)):
        for row in rows:
            found.setdefault(key(row), [[], [], [], []])[place].append(row)
    parts = {}
    for name in sorted(found):
        newcomers, sizes, returns, costs = found[name]
        parts[name] = Book(newcomers, sizes, returns, costs, book.level)
    return parts


def _channel(row: Mapping[str, Any]) -> int:
    return int(row["channel"])


def _campaign(row: Mapping[str, Any]) -> int:
    return int(row["campaign"])


def _cohort(row: Mapping[str, Any]) -> date:
    quarter: date = row["cohort"] if "cohort" in row else _month(_index(row["month"]) // 3 * 3)
    return quarter


def _speaks(book: Book, period: Period) -> bool:
    """Tell whether anything happened in the period."""
    return any(row["month"] in period for rows in (book.newcomers, book.costs) for row in rows)


def _is_paid(paid: set[Any]) -> Counts:
    return lambda row: _spend(row) in paid


def _spend(row: Mapping[str, Any]) -> tuple[int, date]:
    return row["channel"], row["month"]


def _quarters(period: Period) -> Iterable[Period]:
    """Return the quarters that have a month in the period, the last as far as it lies in it."""
    at = _index(period.first) // 3 * 3
    while at <= _index(period.last):
        yield Period(_month(at), min(_month(at + 2), period.last))
        at += 3


def _index(month: date) -> int:
    return month.year * 12 + month.month - 1


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)
