"""Reads of orders, products and activities; orders follow their customer's visibility."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

import pyarrow as pa
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum

from mainstay.customers import queries as customers
from mainstay.orders import exchange
from mainstay.orders.models import (
    Activity,
    Contract,
    Driver,
    DriverQuantity,
    ExchangeRate,
    LineKind,
    Order,
    OrderLine,
    Product,
    ProductCategory,
)
from mainstay.people import permissions
from mainstay.shared.conditions import Condition, among, fitting
from mainstay.shared.search import beginning, holding, matching, words

FEW = 2000
MOST_LINES_SHOWN = 500
MOST_REVERSALS = 50


def visible_to(user: Any) -> QuerySet[Order]:
    """Return the orders of visible customers; those without customer only to whoever sees all."""
    if not permissions.can(user, "orders.view"):
        return Order.objects.none()
    return Order.objects.filter(customers.reach(user, "customer__"))


def of_customer(user: Any, customer_id: int) -> QuerySet[Order]:
    """Return the customer's orders, latest first."""
    return visible_to(user).filter(customer=customer_id).order_by("-ordered_at", "-pk")


def sums_of(user: Any, customer_id: int) -> list[Any]:
    """Return number, sum, first and latest order of a customer, for each currency."""
    rows = visible_to(user).filter(customer=customer_id).order_by().values("currency")
    return list(
        rows.annotate(
            number=Count("pk"),
            amount=Sum("amount_minor"),
            earliest=Min("ordered_at"),
            latest=Max("ordered_at"),
        ).order_by("-number")
    )


def lines(order: Order) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order=order).select_related("product").order_by("pk")


def rates() -> exchange.Dated:
    """Return every exchange rate into the company's currency."""
    return exchange.dated(ExchangeRate.objects.values_list("currency", "day", "rate"))


def rates_among(currencies: set[str]) -> dict[tuple[str, date], Decimal]:
    """Return the rates of these currencies by currency and day."""
    rows = ExchangeRate.objects.filter(currency__in=currencies)
    return {(row.currency, row.day): row.rate for row in rows}


def rates_table() -> pa.Table:
    """Return the currency and day of every rate as a table."""
    rows = list(ExchangeRate.objects.values_list("currency", "day"))
    return pa.table(
        {
            "currency": pa.array([currency for currency, _day in rows], pa.string()),
            "day": pa.array([day for _currency, day in rows], pa.date32()),
        }
    )


def newest_rates() -> QuerySet[ExchangeRate]:
    return ExchangeRate.objects.order_by("-day", "currency")


def products_visible_to(user: Any) -> QuerySet[Product]:
    """Return the whole catalogue: it belongs to the company, not to a team."""
    if not permissions.can(user, "orders.view"):
        return Product.objects.none()
    return Product.objects.all()


def categories() -> QuerySet[ProductCategory]:
    return ProductCategory.objects.order_by("name")


def with_relations(user: Any) -> QuerySet[Order]:
    return visible_to(user).select_related("customer", "source", "reverses")


def reversals(user: Any, order: Order) -> QuerySet[Order]:
    """Return the returns and cancellations that take the order back."""
    return visible_to(user).filter(reverses=order).order_by("ordered_at", "pk")[:MOST_REVERSALS]


def products_with_relations(user: Any) -> QuerySet[Product]:
    return products_visible_to(user).select_related("category", "source")


def pushed_products(
    user: Any, *, search: str = "", updated_since: Any = None, **wishes: Any
) -> QuerySet[Product]:
    """Return products as the API tells them; a wish for nothing narrows nothing."""
    rows = search_products(user, search) if search else products_visible_to(user)
    if updated_since is not None:
        rows = rows.filter(updated_at__gte=updated_since)
    narrowed = {name: value for name, value in wishes.items() if value not in (None, "")}
    return rows.filter(**narrowed).select_related("category", "source")


def categories_visible_to(user: Any) -> QuerySet[ProductCategory]:
    """Return all categories: they belong to the company, as the catalogue does."""
    if not permissions.can(user, "orders.view"):
        return ProductCategory.objects.none()
    return ProductCategory.objects.all()


def search_products(user: Any, typed: str) -> QuerySet[Product]:
    return matching(products_visible_to(user), typed).order_by("sort_name", "pk")


def found(orders: QuerySet[Order], typed: str) -> Condition:
    """Return the condition that the number begins so, or that the customer holds every word."""
    buyers = words(customers.everybody(), typed)
    few = buyers.ids(FEW)
    numbered = Order.objects.filter(_number_begins(typed)).order_by().values_list("pk", flat=True)

    def ids(most: int) -> list[int] | None:
        if few is None:
            return None
        theirs = Order.objects.filter(among(orders.db, few, "customer")).order_by()
        both = [*theirs.values_list("pk", flat=True)[: most + 1], *numbered[: most + 1]]
        return list(dict.fromkeys(both)) if len(both) <= most else None

    def some(most: int | None) -> Any:
        theirs = Order.objects.filter(customer__in=buyers.some(most)).values_list("pk", flat=True)
        return theirs.union(numbered, all=True)[:most]

    # Few customers are named: orders are then asked without their customers' rows.
    theirs = (
        holding(typed, "customer__search") if few is None else among(orders.db, few, "customer")
    )
    return Condition(ids=ids, some=some, asked=_begins(typed) | theirs)


def by_number(user: Any, typed: str) -> QuerySet[Order]:
    """Return the visible orders whose number begins so, found along the index of each source."""
    if not typed.strip():
        return Order.objects.none()
    return visible_to(user).filter(_number_begins(typed))


def _number_begins(typed: str) -> Q:
    """Return `_begins(typed)` in the form that the index of each source serves."""
    return _begins(typed) & Q(source__in=list(customers.sources().values_list("pk", flat=True)))


def _begins(typed: str) -> Q:
    forms = {typed.strip(), typed.strip().upper()}
    # A range, not LIKE: the index serves it under every collation, startswith settles the rest.
    return reduce(
        or_, (beginning(f, "external_id") & Q(external_id__startswith=f) for f in sorted(forms))
    )


def pushed(user: Any, wishes: dict[str, Any]) -> QuerySet[Order]:
    """Return visible orders as the API tells them; a wish for nothing narrows nothing."""
    narrowed = {name: value for name, value in wishes.items() if value not in (None, "")}
    return visible_to(user).filter(**narrowed).select_related("source")


def any_recorded() -> bool:
    """Answer whether there are amounts, so that the company's currency must stay."""
    return Order.objects.exists()


def activities() -> QuerySet[Activity]:
    """Return the activities that count, the dearest first."""
    return Activity.objects.filter(archived_at=None).order_by("-yearly_cost_minor", "name")


def every_activity() -> QuerySet[Activity]:
    """Return archived activities too, after the others."""
    return Activity.objects.order_by(F("archived_at").asc(nulls_first=True), "name")


def activity(*, pk: int) -> Activity | None:
    return Activity.objects.filter(pk=pk).first()


def drivers() -> list[tuple[str, Any]]:
    """Return the drivers that an activity may have, with their names."""
    return list(Driver.choices)


def own_quantities(first: date, last: date) -> QuerySet[Any, tuple[int, int, float]]:
    """Return activity, customer and quantity of own drivers in a period, a row per customer."""
    rows = DriverQuantity.objects.filter(day__gte=first, day__lte=last, activity__archived_at=None)
    rows = rows.filter(customer__restricted=False)
    summed = rows.values("activity", "customer").annotate(total=Sum("quantity"))
    return summed.order_by().values_list("activity", "customer", "total")


def own_activities_table() -> pa.Table:
    """Return name and id of the activities whose quantities come from outside."""
    rows = list(Activity.objects.filter(driver=Driver.OWN).values_list("name", "pk"))
    names, numbers = zip(*rows, strict=True) if rows else ((), ())
    return pa.table({"name": pa.array(names, pa.string()), "id": pa.array(numbers, pa.int64())})


def quantities_among(
    keys: Collection[tuple[int, int, date]],
) -> dict[tuple[int, int, date], float]:
    """Return the known quantities of these activities, customers and days, and of some between."""
    if not keys:
        return {}
    activities, people, days = (set(part) for part in zip(*keys, strict=True))
    rows = DriverQuantity.objects.filter(
        activity__in=activities,
        customer__gte=min(people),
        customer__lte=max(people),
        day__range=(min(days), max(days)),
    )
    listed = rows.values_list("activity", "customer", "day", "quantity").iterator()
    return {(activity, customer, day): quantity for activity, customer, day, quantity in listed}


def recorded_quantities() -> dict[int, tuple[int, date]]:
    """Return how many customers have quantities of each activity, and the latest day."""
    rows = DriverQuantity.objects.values("activity").order_by()
    found = rows.annotate(n=Count("customer", distinct=True), latest=Max("day"))
    return {row["activity"]: (row["n"], row["latest"]) for row in found}


def categories_of_products() -> Iterator[tuple[int, int | None]]:
    """Return each product's category, by numbers."""
    return Product.objects.order_by().values_list("pk", "category_id").iterator(chunk_size=50_000)


def contracts_visible_to(user: Any) -> QuerySet[Contract]:
    """Return the contracts of visible customers."""
    if not permissions.can(user, "orders.view"):
        return Contract.objects.none()
    return Contract.objects.filter(customers.reach(user, "customer__"))


def contracts_seen_by(user: Any) -> QuerySet[Contract]:
    """Return `contracts_visible_to(user)`; everything for None, the program itself."""
    return Contract.objects.all() if user is None else contracts_visible_to(user)


def contracts_with_customers(user: Any) -> QuerySet[Contract]:
    return contracts_visible_to(user).select_related("customer")


def found_contracts(contracts: QuerySet[Contract], typed: str) -> Condition:
    """Return the condition that the number begins so, or that the customer holds every word."""
    begins = Q(reference__startswith=typed.strip())
    buyers = words(customers.everybody(), typed).some(None)
    hits = contracts.filter(begins | Q(customer__in=buyers))
    return fitting(hits, begins | holding(typed, "customer__search"))


def terms_of_contracts() -> QuerySet[Contract, tuple[int, Any, Any, bool | None, int]]:
    """Return customer, first and last day, whether renewed, and amount a year of all contracts."""
    rows = Contract.objects.order_by()
    return rows.values_list("customer", "starts", "ends", "renewed", "yearly_minor")


def category_parents() -> dict[int, int | None]:
    """Return the category above each category."""
    return dict(ProductCategory.objects.values_list("pk", "parent_id"))


def sales_by_category(*, customer: int, after: Any, before: Any) -> "QuerySet[OrderLine, Any]":
    """Return category and net amount of what a customer bought from one moment to another."""
    lines = OrderLine.objects.filter(
        order__customer=customer,
        order__ordered_at__gte=after,
        order__ordered_at__lt=before,
        kind__in=(LineKind.GOODS, LineKind.DISCOUNT),  # as the value of a customer counts
        product__category__isnull=False,
    )
    sums = lines.order_by().values_list("product__category")
    return sums.annotate(amount=Sum("amount_minor"))
