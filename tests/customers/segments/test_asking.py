"""Rules as conditions of the database: drawn ones agree with a plain reading of the same facts."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainstay.customers.models import Customer, Tag
from mainstay.customers.segments import asking, queries, tree
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory, InteractionFactory, SourceFactory
from tests.factories.segments import asks, fixed, live, rule
from tests.factories.value import buy

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)


def named(user: Any, *conditions: Any, match: str = "all") -> set[str]:
    found = queries.meeting(user, tree.read(rule(*conditions, match=match)), now=NOW)
    return set(found.values_list("name", flat=True))


# -- drawn rules


@dataclass
class Known:
    """A customer as plain Python knows it."""

    pk: int
    country: str
    city: str
    founded: int | None
    added: date
    orders: list[date] = field(default_factory=list)
    complaints: list[date] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=NOW.tzinfo)


@pytest.fixture
def base(administrator: Any) -> list[Known]:
    """Twelve customers that differ in everything that the drawn rules ask."""
    source, found = SourceFactory(), []
    for n in range(12):
        known = Known(
            pk=0,
            country=["PL", "DE", ""][n % 3],
            city=["Kraków", "", "Berlin", "Kalisz"][n % 4],
            founded=[None, 1990, 2010][(n // 2) % 3],
            added=TODAY - timedelta(days=40 * n),
            orders=[TODAY - timedelta(days=30 * n + 45 * k) for k in range(n % 4)],
            complaints=[TODAY - timedelta(days=29 + n)] * (n % 2),
            tags=["vip"] if n in (1, 5, 6) else [],
        )
        row = CustomerFactory(country=known.country, city=known.city, founded_year=known.founded)
        Customer.objects.filter(pk=row.pk).update(created_at=moment(known.added))
        known.pk = row.pk
        for day in known.orders:
            buy(row, moment(day), 10_000, of=source)
        for day in known.complaints:
            InteractionFactory(customer=row, purpose="complaint", occurred_at=moment(day))
        for tag in known.tags:
            row.tags.add(Tag.objects.get_or_create(name=tag)[0])
        found.append(known)
    return found


def plainly(node: dict[str, Any], known: Known) -> bool:
    """Answer what the database is asked, of one customer."""
    if "rules" in node:
        each = [plainly(part, known) for part in node["rules"]]
        return {"all": all(each), "any": any(each), "none": not any(each)}[node["match"]]
    return READINGS[node["field"]](known, node, node.get("value"))[node["op"]]


def happened(days: list[date], node: dict[str, Any]) -> dict[str, bool]:
    number, times = len(within(days, node)), node.get("value") or 0
    return {
        "some": number > 0,
        "none": number == 0,
        "at_least": number >= times,
        "at_most": number <= times,
    }


def within(days: list[date], node: dict[str, Any]) -> list[date]:
    since = TODAY - timedelta(days=node.get("days", 10**5) - 1)
    return [day for day in days if since <= day <= TODAY]


READINGS: dict[str, Any] = {
    "customer.country": lambda k, node, value: {
        "is": k.country in value,
        "is_not": k.country not in value,
    },
    "customer.city": lambda k, node, value: {
        "empty": not k.city,
        "filled": bool(k.city),
        "contains": (value or "").lower() in k.city.lower(),
    },
    "customer.tag": lambda k, node, value: {"empty": not k.tags, "filled": bool(k.tags)},
    "customer.founded_year": lambda k, node, value: {
        "empty": k.founded is None,
        "at_least": k.founded is not None and k.founded >= (value or 0),
        "under": k.founded is not None and k.founded < (value or 0),
    },
    "customer.created_at": lambda k, node, value: {
        "last": (TODAY - k.added).days < value,
        "before_last": (TODAY - k.added).days > value,
    },
    "orders.order": lambda k, node, value: happened(k.orders, node),
    "contacts.complaint": lambda k, node, value: happened(k.complaints, node),
    "orders.amount": lambda k, node, value: {
        "at_least": 100 * len(within(k.orders, node)) >= value,
        "at_most": 100 * len(within(k.orders, node)) <= value,
    },
}
windows = st.fixed_dictionaries({}, optional={"days": st.integers(1, 400)})
events = st.tuples(
    st.sampled_from(["orders.order", "contacts.complaint"]),
    st.sampled_from(["some", "none", "at_least", "at_most"]),
    st.integers(1, 3),
    windows,
).map(
    lambda drawn: asks(
        drawn[0], drawn[1], drawn[2] if drawn[1].startswith("at_") else None, **drawn[3]
    )
)
leaves = st.one_of(
    events,
    st.tuples(
        st.sampled_from(["is", "is_not"]), st.sets(st.sampled_from(["PL", "DE"]), min_size=1)
    ).map(lambda drawn: asks("customer.country", drawn[0], sorted(drawn[1]))),
    st.sampled_from(["empty", "filled"]).map(lambda op: asks("customer.city", op)),
    st.sampled_from(["Kr", "li", "xyz"]).map(lambda t: asks("customer.city", "contains", t)),
    st.sampled_from(["empty", "filled"]).map(lambda op: asks("customer.tag", op)),
    st.just(asks("customer.founded_year", "empty")),
    st.tuples(st.sampled_from(["at_least", "under"]), st.sampled_from([1990, 2000])).map(
        lambda drawn: asks("customer.founded_year", *drawn)
    ),
    st.tuples(st.sampled_from(["last", "before_last"]), st.integers(1, 400)).map(
        lambda drawn: asks("customer.created_at", *drawn)
    ),
    st.tuples(
        st.sampled_from(["at_least", "at_most"]), st.integers(-100, 300), st.integers(1, 400)
    ).map(lambda drawn: asks("orders.amount", drawn[0], drawn[1], days=drawn[2])),
)


def grouped(parts: Any) -> Any:
    matches, rules = st.sampled_from(tree.MATCHES), st.lists(parts, min_size=1, max_size=3)
    return st.fixed_dictionaries({"match": matches, "rules": rules})


# As deep as a rule may be: the outermost group is the test's own.
rules_drawn = leaves | grouped(leaves | grouped(leaves | grouped(leaves)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(rules_drawn, min_size=1, max_size=2))
def test_drawn_rules_mean_what_plain_python_reads_in_them(base: list[Known], drawn: Any) -> None:
    whole = {"match": "all", "rules": drawn}
    read = tree.read(whole)

    rows = Customer.objects.filter(asking.asked(read, asking.reckoning(NOW)))

    assert set(rows.values_list("pk", flat=True)) == {k.pk for k in base if plainly(whole, k)}
    assert tree.read(tree.written(read)) == read


# -- what drawn rules do not reach


def test_a_return_is_no_order_and_lowers_the_sum(administrator: Any) -> None:
    source, customer = SourceFactory(), CustomerFactory(name="Anna")
    buy(customer, NOW - timedelta(days=3), 30_000, of=source)
    back = buy(customer, NOW - timedelta(days=1), -20_000, of=source)
    type(back).objects.filter(pk=back.pk).update(is_return=True)

    assert named(administrator, asks("orders.order", "at_most", 1)) == {"Anna"}
    assert named(administrator, asks("orders.return", "some")) == {"Anna"}
    assert named(administrator, asks("orders.amount", "at_least", 150)) == set()
    assert named(administrator, asks("orders.amount", "at_least", 100)) == {"Anna"}


def test_without_a_run_nobody_has_a_class(administrator: Any) -> None:
    CustomerFactory(name="Anna")

    assert named(administrator, asks("value.abc_class", "is", ["A"])) == set()
    assert named(administrator, asks("value.abc_class", "is_not", ["A"])) == {"Anna"}


def test_segments_are_joined_cut_and_subtracted(administrator: Any) -> None:
    anna, bert = CustomerFactory(name="Anna"), CustomerFactory(name="Bert", country="DE")
    CustomerFactory(name="Cleo", country="FR")
    poles, fair = live(administrator), fixed(administrator, anna, bert)

    def both(match: str, *ops: str) -> set[str]:
        pairs = zip(ops, (poles, fair), strict=True)
        return named(
            administrator, *(asks("segment", op, [str(s.pk)]) for op, s in pairs), match=match
        )

    assert both("any", "is", "is") == {"Anna", "Bert"}
    assert both("all", "is", "is") == {"Anna"}
    assert both("all", "is_not", "is") == {"Bert"}
    assert both("none", "is", "is") == {"Cleo"}


def test_a_segment_asked_stored_answers_as_it_was_counted(administrator: Any) -> None:
    segment = live(administrator)
    CustomerFactory(name="Late")
    type(segment).objects.filter(pk=segment.pk).update(direct=False)

    assert named(administrator, asks("segment", "is", [str(segment.pk)])) == set()
