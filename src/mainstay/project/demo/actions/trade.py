"""Write the catalogue and the orders of a drawn company."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from mainstay.customers.models import Source
from mainstay.orders.models import Order, OrderLine, Product, ProductCategory
from mainstay.project.demo import sales
from mainstay.project.demo.actions.customer_base import SOURCE
from mainstay.project.demo.actions.rows import (
    Columns,
    Keys,
    Lazily,
    continue_keys,
    next_keys,
    stamps,
)
from mainstay.project.demo.actions.rows import load as load_rows
from mainstay.project.demo.catalogue import PARENTS, Catalogue
from mainstay.project.demo.purchases import DAYS, Ints
from mainstay.project.demo.world import World

CURRENCY = "EUR"


def load(world: World, customers: Keys, zone: ZoneInfo, now: datetime) -> None:
    """Write products, orders and lines, with the moments of the company's own zone."""
    source = Source.objects.get(name=SOURCE)
    products = _products(world.catalogue, source, now)
    orders = next_keys(Order)
    _orders(world, (source, customers, orders), _moments(world, zone, now), now)
    _lines(world, orders, products, now)
    continue_keys([Order, Product])


def _products(catalogue: Catalogue, source: Source, now: datetime) -> Keys:
    categories = {}
    for parent_name, names in PARENTS.items():
        parent = ProductCategory.objects.create(name=parent_name)
        for name in names:
            categories[name] = ProductCategory.objects.create(name=name, parent=parent).pk
    keys = next_keys(Product)
    count = len(catalogue.codes)
    columns: Columns = {
        "id": keys.every(count),
        "source": [source.pk] * count,
        "external_id": catalogue.codes,
        "name": catalogue.names,
        "category": [categories[catalogue.categories[place]] for place in catalogue.category],
        "unit_cost_minor": [None if cost < 0 else cost for cost in catalogue.cost.tolist()],
    }
    load_rows(Product, columns, now)
    return keys


def _moments(world: World, zone: ZoneInfo, now: datetime) -> list[str]:
    """Return when each order came, in UTC; the last day ends with now."""
    midnights = np.array(
        [
            datetime.combine(world.first_day + timedelta(days=day), time(), zone).timestamp()
            for day in range(DAYS)
        ],
        dtype=np.int64,
    )
    seconds = midnights[world.orders["day"]] + world.orders["second"]
    return stamps(np.minimum(seconds, int(now.timestamp())).astype("datetime64[s]"))


def _orders(
    world: World, places: tuple[Source, Keys, Keys], moments: list[str], now: datetime
) -> None:
    source, customers, keys = places
    rows = world.orders
    returned = (rows["reverses"] != sales.NONE).tolist()
    amounts = np.bincount(world.lines["order"], world.lines["amount"], len(rows))
    columns: Columns = {
        "id": keys.every(len(rows)),
        "source": [source.pk] * len(rows),
        "external_id": _order_numbers(returned, moments),
        "customer": (rows["customer"] + customers.first).tolist(),
        "ordered_at": moments,
        "currency": [CURRENCY] * len(rows),
        "reverses": [keys.of(place) for place in rows["reverses"].tolist()],
        "is_return": returned,
        "amount_minor": amounts.astype(np.int64).tolist(),
    }
    load_rows(Order, columns, now)


def _order_numbers(returned: list[bool], moments: list[str]) -> list[str]:
    return [
        f"{'RE' if back else 'SO'}-{moment[:4]}-{number:06d}"
        for number, (back, moment) in enumerate(zip(returned, moments, strict=True), start=1)
    ]


def _lines(world: World, orders: Keys, products: Keys, now: datetime) -> None:
    rows = world.lines
    number = np.arange(len(rows)) - np.searchsorted(rows["order"], rows["order"]) + 1
    columns: Columns = {
        "order": Lazily(rows["order"], lambda part: (part + orders.first).tolist()),
        "external_id": Lazily(number, lambda part: [str(n) for n in part.tolist()]),
        "product": Lazily(rows["product"], lambda part: [products.of(n) for n in part.tolist()]),
        "kind": Lazily(rows["kind"], lambda part: [sales.KINDS[n] for n in part.tolist()]),
        "quantity": Lazily(rows["quantity"], lambda part: part.tolist()),
        "amount_minor": Lazily(rows["amount"], lambda part: part.tolist()),
        "cost_minor": Lazily(rows["cost"], _known_costs),
    }
    load_rows(OrderLine, columns, now)


def _known_costs(part: Ints) -> list[int | None]:
    return [None if cost == sales.UNKNOWN_COST else cost for cost in part.tolist()]
