"""Reads of wallets, product markets and gaps."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from mainstay.customers.queries import reach, visible_to
from mainstay.orders import queries as orders
from mainstay.people.queries import company
from mainstay.value.queries import current_number

from . import rules
from .models import CustomerGap, ProductMarket, WalletEstimate

YEAR = timedelta(days=365)
LARGEST = 20  # gaps shown on the page; the customer list has them all


def estimates(*, until: date, customer: int | None = None) -> QuerySet[WalletEstimate]:
    """Return the estimate that counts of each customer and market: the latest known by a day."""
    known = WalletEstimate.objects.filter(known_on__lte=until)
    if customer is not None:
        known = known.filter(customer=customer)
    latest = Window(
        RowNumber(),
        partition_by=[F("customer"), F("category")],
        order_by=[F("known_on").desc(), F("id").desc()],
    )
    return known.annotate(latest=latest).filter(latest=1)


def estimate_table(*, until: date, customer: int | None = None) -> pa.Table:
    """Return the same as an Arrow table (`rules.ESTIMATES`), with the growth of each market."""
    rows = estimates(until=until, customer=customer).values_list(
        "pk",
        "customer_id",
        "category_id",
        "wallet_minor",
        "share_now",
        "share_then",
        "category__market__growth",
    )
    return _table(rows, rules.ESTIMATES)


def product_markets() -> pa.Table:
    """Return one row per product and market it belongs to: its category and all above it."""
    schema = pa.schema({"product_id": pa.int64(), "category_id": pa.int64()})
    return rules.members(_table(orders.categories_of_products(), schema), orders.category_parents())


def recorded_sales(*, customer: int, markets: Iterable[int], as_of: date) -> pa.Table:
    """Return what one customer bought of each market in the year up to a day (`rules.SALES`)."""
    zone = ZoneInfo(company().time_zone)
    above = rules.markets_above(orders.category_parents())
    wanted = set(markets)
    rows = orders.sales_by_category(
        customer=customer,
        after=datetime.combine(as_of - YEAR + timedelta(days=1), time.min, zone),
        before=datetime.combine(as_of + timedelta(days=1), time.min, zone),
    )
    sums: dict[int, int] = {}
    for category, amount in rows:
        for market in wanted.intersection(above.get(category, ())):
            sums[market] = sums.get(market, 0) + amount
    return _table([(customer, market, amount) for market, amount in sums.items()], rules.SALES)


def _table(rows: Iterable[Any], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def markets() -> QuerySet[ProductMarket]:
    return ProductMarket.objects.select_related("category").order_by("category__name")


def market_of(category: Any) -> ProductMarket | None:
    return ProductMarket.objects.filter(category=category).first()


def gaps_seen_by(user: Any) -> QuerySet[CustomerGap]:
    """Return the current run's gaps of the customers that the user may see."""
    seen = CustomerGap.objects.filter(reach(user, "customer__"), run=current_number())
    return seen.select_related("customer", "category", "estimate")


def largest(user: Any, *, market: int | None = None) -> QuerySet[CustomerGap]:
    """Return the largest current gaps, of every market or of one."""
    rows = gaps_seen_by(user).filter(customer__archived_at=None)
    rows = rows.filter(category=market) if market else rows.filter(category__isnull=False)
    return rows.order_by("-current_minor", "pk")[:LARGEST]


def largest_of_all() -> QuerySet[CustomerGap]:
    """Return every gap of the current run, the largest first: for the person at the machine."""
    rows = CustomerGap.objects.filter(run=current_number(), category__isnull=False)
    return rows.select_related("customer", "category").order_by("-current_minor", "pk")


def totals(user: Any) -> dict[str, Any]:
    """Return the sums over all markets of the customers with an estimate."""
    rows = gaps_seen_by(user).filter(category__isnull=True, customer__archived_at=None).order_by()
    return rows.aggregate(
        customers=Count("pk"),
        wallet=Sum("wallet_minor"),
        sales=Sum("sales_minor"),
        current=Sum("current_minor"),
        future=Sum("future_minor"),
    )


def by_market(user: Any) -> list[dict[str, Any]]:
    """Return the sums of each market: customers, wallet, sales, gaps, and how much is unsure."""
    return _by_market(gaps_seen_by(user))


def by_market_of_all() -> list[dict[str, Any]]:
    """Return the same over all customers: for the person at the machine."""
    return _by_market(CustomerGap.objects.filter(run=current_number()))


def _by_market(gaps: QuerySet[CustomerGap]) -> list[dict[str, Any]]:
    rows = gaps.filter(category__isnull=False).order_by().values("category__name")
    counted = rows.annotate(
        market=F("category"),
        growth=F("category__market__growth"),
        customers=Count("pk"),
        unsure=Count("pk", filter=Q(estimate__confidence="low")),
        over=Count("pk", filter=Q(current_minor__lt=0)),
        wallet=Sum("wallet_minor"),
        sales=Sum("sales_minor"),
        current=Sum("current_minor"),
        future=Sum("future_minor"),
    )
    return [dict(row) for row in counted.order_by("-current", "category__name")]


def gaps_of(user: Any, customer: int) -> list[CustomerGap]:
    """Return the gaps of one customer: a row per market, then the sum."""
    rows = gaps_seen_by(user).filter(customer=customer)
    return list(rows.order_by(F("category").asc(nulls_last=True)))


def history(user: Any, customer: int) -> QuerySet[WalletEstimate]:
    """Return every estimate of a visible customer, the latest first."""
    rows = WalletEstimate.objects.filter(customer=customer, customer__in=visible_to(user))
    return rows.select_related("category", "noted_by").order_by("-known_on", "-pk")
