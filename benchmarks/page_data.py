"""A large base for `pages.py`: drawn from a seed, written past the ORM."""

import random
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from mainstay.customers.models import (
    Affiliation,
    Contact,
    Customer,
    ExternalReference,
    Source,
    Tag,
)
from mainstay.customers.rules import contact_search, customer_search
from mainstay.orders.models import Order, OrderLine, Product
from mainstay.people.models import Team, User
from mainstay.shared.bulk import insert_rows
from mainstay.shared.search import bulk_writing

_FIRST_WORDS = (
    "nowak kowalski hansen muller garcia rossi petrov novak horvat larsen smith jones meyer "
    "weber fischer olsen berg lund svensson virtanen korhonen papadopoulos silva santos "
    "costa ferreira dubois moreau laurent bernard lindqvist nagy kovacs toth popescu "
    "ionescu ivanov smirnov kuznetsov zielinski wojcik kaminski lewandowski"
)
FIRST = _FIRST_WORDS.split()
_SECOND_WORDS = (
    "trading logistics foods paper textile metal wood glass garden office tools media print "
    "energy water light sport music books toys dental medical optics marine"
)
SECOND = _SECOND_WORDS.split()
CITIES = ["Gdansk", "Berlin", "Paris", "Oslo", "Madrid", "Roma", "Praha", "Wien", "Leeds", "Lyon"]
COUNTRIES = ["PL", "DE", "FR", "NO", "ES", "IT", "CZ", "AT", "GB", "SE", "LI", "MT"]
WEIGHTS = [30, 20, 12, 8, 8, 8, 5, 4, 3, 1.9, 0.08, 0.02]
START = datetime(2023, 1, 1, tzinfo=UTC)
ORDERS_EACH = 2.5
USERS, TEAMS, TAGS, PRODUCTS = 60, 8, 12, 5_000


def administrator() -> User:
    return User.objects.get(role="administrator")


def prepare(customers: int, lines_each: int) -> bool:
    """See that the database holds the customers and orders; answer whether it was empty."""
    call_command("migrate", verbosity=0)
    standing = Customer.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if standing == customers:
        return False
    if standing:
        raise SystemExit(f"This database holds {standing:,} customers; name an empty one.")
    draw = random.Random(1)
    _people()
    source = Source.objects.create(pk=1, name="Benchmark")
    with bulk_writing(connection, Customer._meta.db_table):
        _fill(Customer, _customers(draw, customers))
    _fill(ExternalReference, _references(source.pk, customers))
    _fill(Customer.tags.through, _taggings(draw, customers))
    with bulk_writing(connection, Contact._meta.db_table):
        _fill(Contact, _contacts(draw, customers // 2))
    _fill(Affiliation, _affiliations(draw, customers))
    _products(source.pk)
    orders = int(customers * ORDERS_EACH)
    _fill(Order, _orders(draw, customers, orders))
    _lines(lines_each)
    return True


def quick() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA secure_delete=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
            cursor.execute("PRAGMA foreign_keys=OFF")


def settle() -> None:
    """Gather statistics, as a nightly job of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _fill(model: type[Model], named: tuple[list[str], Iterable[Any]]) -> None:
    """Write the rows without the table's own indexes, which are made afterwards in one go."""
    names, rows = named
    print(f"  writing {model._meta.db_table}", file=sys.stderr)
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:
            editor.remove_index(model, index)
    with transaction.atomic():
        insert_rows(model, names, rows)
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:
            editor.add_index(model, index)
    restart_numbers(model)


def restart_numbers(model: type[Model]) -> None:
    if connection.vendor == "postgresql":
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
            )


def _people() -> None:
    for number in range(1, TEAMS + 1):
        Team.objects.create(pk=number, name=f"Team {number}")
    User.objects.create(pk=USERS, email="admin@example.com", name="Ada", role="administrator")
    for number in range(1, USERS):
        User.objects.create(
            pk=number,
            email=f"user{number}@example.com",
            name=f"{FIRST[number % len(FIRST)].title()} {number}",
            role="account_manager",
            team_id=number % TEAMS + 1,
        )
    for number in range(1, TAGS + 1):
        Tag.objects.create(pk=number, name=f"tag {number}")


def _moment(when: datetime) -> Any:
    return when.replace(tzinfo=None).isoformat(" ") if connection.vendor == "sqlite" else when


_CUSTOMER_WORDS = (
    "id kind name owner team email phone website tax_number industry country city language "
    "description particulars relationship restricted version sort_name search created_at "
    "updated_at"
)
_CUSTOMER = _CUSTOMER_WORDS.split()


def _customers(draw: random.Random, count: int) -> tuple[list[str], Iterator[Any]]:
    def rows() -> Iterator[Any]:
        countries = draw.choices(COUNTRIES, WEIGHTS, k=count)
        for pk in range(1, count + 1):
            first, second = draw.choice(FIRST), draw.choice(SECOND)
            name = f"{first.title()} {second.title()} {pk}"
            city, owner = draw.choice(CITIES), min(draw.randrange(1, 80), USERS - 1)
            at = _moment(START + timedelta(minutes=pk))
            email, tax = f"office{pk}@{first}.example", f"{pk:010d}"
            particulars = {"name": name, "email": email, "city": city, "tax_number": tax}
            found = customer_search(particulars, [f"K{pk:07d}"], [])
            yield (
                *(pk, "organisation", name, owner, owner % TEAMS + 1, email, "", "", tax, second),
                *(countries[pk - 1], city, "en", "", "", "", False, 1),
                *(found["sort_name"], found["search"], at, at),
            )

    return _CUSTOMER, rows()


def _references(source: int, count: int) -> tuple[list[str], Iterator[Any]]:
    rows = ((pk, pk, source, f"K{pk:07d}") for pk in range(1, count + 1))
    return ["id", "customer", "source", "external_id"], rows


def _taggings(draw: random.Random, count: int) -> tuple[list[str], Iterator[Any]]:
    """Tag 1 is rare (one in ten thousand), tag 12 is on every fifth customer."""
    chance = [0.0001 * 2 ** (number - 1) for number in range(1, TAGS + 1)]
    drawn = (
        (pk, number)
        for pk in range(1, count + 1)
        for number in range(1, TAGS + 1)
        if draw.random() < chance[number - 1]
    )
    rows = ((place, *pair) for place, pair in enumerate(drawn, 1))
    return ["id", "customer", "tag"], rows


def _contacts(draw: random.Random, count: int) -> tuple[list[str], Iterator[Any]]:
    def rows() -> Iterator[Any]:
        at = _moment(START)
        for pk in range(1, count + 1):
            name = f"{draw.choice(SECOND).title()} {draw.choice(FIRST).title()} {pk}"
            found = contact_search({"name": name})
            yield pk, name, "", "", "en", "", 1, found["sort_name"], found["search"], at, at

    names = "id name email phone language notes version sort_name search created_at updated_at"
    return names.split(), rows()


def _affiliations(draw: random.Random, count: int) -> tuple[list[str], Iterator[Any]]:
    rows = ((pk, pk, draw.randrange(1, count + 1), "Buyer") for pk in range(1, count // 2 + 1))
    return ["id", "contact", "customer", "position"], rows


def _products(source: int) -> None:
    rows = [
        Product(
            pk=pk, source_id=source, external_id=f"P{pk}", name=f"Thing {pk}", unit_cost_minor=300
        )
        for pk in range(1, PRODUCTS + 1)
    ]
    Product.objects.bulk_create(rows)


def _orders(draw: random.Random, customers: int, count: int) -> tuple[list[str], Iterator[Any]]:
    def rows() -> Iterator[Any]:
        for pk in range(1, count + 1):
            # A few customers order very often.
            customer = int(customers * draw.random() ** 1.5) + 1
            at = _moment(START + timedelta(minutes=draw.randrange(1_400_000)))
            yield pk, 1, f"B{pk}", customer, at, "EUR", False, 4000

    names = "id source external_id customer ordered_at currency is_return amount_minor"
    return names.split(), rows()


def _lines(each: int) -> None:
    """Write the lines of all orders in one statement."""
    places = " UNION ALL ".join(f"SELECT {place} AS place" for place in range(each))
    rows = (
        f"SELECT orders.id * {each} - place, orders.id, CAST(place AS varchar),"  # noqa: S608
        f" orders.id * 7919 % {PRODUCTS} + 1, 'goods', 2.0, 1000"
        f" FROM orders_order AS orders CROSS JOIN ({places}) AS places ORDER BY orders.id, place"
    )
    names = "id, order_id, external_id, product_id, kind, quantity, amount_minor"
    print(f"  writing {OrderLine._meta.db_table}", file=sys.stderr)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {OrderLine._meta.db_table} ({names}) {rows}")
    restart_numbers(OrderLine)
