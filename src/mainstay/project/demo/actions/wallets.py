"""Write what the demo's account managers know of their key customers' wallets."""

from datetime import date, datetime, timedelta

import numpy as np
from django.db.models import Sum

from mainstay.customers.models import Customer
from mainstay.orders.models import OrderLine, ProductCategory
from mainstay.project.demo.catalogue import PARENTS
from mainstay.value.models import ProductMarket, WalletEstimate

GROWTH = {"Supplies": 0.03, "Protection": 0.06, "Workshop": -0.02}
ORIGINS = ("customer", "estimate", "report", "tender")
CONFIDENCE = ("high", "low", "high", "medium")
KNOWN_SHARE = 0.8  # of a key customer's markets somebody has asked about


def load(*, seed: int, today: date, now: datetime) -> None:
    """Write market growths, and a wallet for most markets that a key customer buys."""
    markets = {row.name: row for row in ProductCategory.objects.filter(name__in=PARENTS)}
    source = "Trade association, yearly report"
    ProductMarket.objects.bulk_create(
        ProductMarket(category=row, growth=GROWTH[name], source=source, known_on=today)
        for name, row in markets.items()
    )
    rng = np.random.default_rng(seed)
    WalletEstimate.objects.bulk_create(
        _estimate(customer, markets[market], sales, rng, now)
        for customer, market, sales in _sales(now)
        if rng.random() < KNOWN_SHARE
    )


def _sales(now: datetime) -> list[tuple[Customer, str, int]]:
    key = Customer.objects.filter(tags__name="Key account").select_related("owner")
    lines = OrderLine.objects.filter(
        order__customer__in=key,
        order__ordered_at__gt=now - timedelta(days=365),
        product__category__parent__isnull=False,
    )
    sums = lines.values_list("order__customer", "product__category__parent__name")
    bought = sums.annotate(amount=Sum("amount_minor")).order_by(
        "order__customer", "product__category__parent__name"
    )
    customers = {customer.pk: customer for customer in key}
    return [(customers[pk], name, amount) for pk, name, amount in bought if amount > 0]


def _estimate(
    customer: Customer, market: ProductCategory, sales: int, rng: np.random.Generator, now: datetime
) -> WalletEstimate:
    wallet = round(sales / float(rng.uniform(0.25, 1.02)), -4)
    kind = int(rng.integers(len(ORIGINS)))
    share = round(float(rng.uniform(0.05, 0.3)), 2)
    knows_share = bool(rng.random() < KNOWN_SHARE / 2)
    return WalletEstimate(
        customer=customer,
        category=market,
        wallet_minor=wallet,
        low_minor=round(wallet * 0.8) if CONFIDENCE[kind] == "low" else None,
        high_minor=round(wallet * 1.3) if CONFIDENCE[kind] == "low" else None,
        share_now=share if knows_share else None,
        share_then=round(share * float(rng.uniform(0.9, 1.25)), 3) if knows_share else None,
        origin=ORIGINS[kind],
        confidence=CONFIDENCE[kind],
        known_on=now.date() - timedelta(days=int(rng.integers(5, 500))),
        noted_by=customer.owner,
        noted_at=now,
    )
