"""Values that a higher capability publishes onto the customers list."""

from collections.abc import Callable
from datetime import date
from typing import Any

import django_filters
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mainstay.customers import fields
from mainstay.customers.models import Customer
from mainstay.shared.lists import Column, Kind, Publication
from mainstay.value.models import CustomerValue, ValueRun
from tests.customers.test_views import names
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


class ValueFilter(django_filters.FilterSet):
    letter = django_filters.ChoiceFilter(
        label="Letter", field_name="abc_class", choices=[("A", "A"), ("C", "C")]
    )
    least = django_filters.NumberFilter(label="Least", field_name="clv_minor", lookup_expr="gte")


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this publication: what the value capability publishes is its own test's business."""
    monkeypatch.setattr(fields, "_publications", {})
    fields.publish(
        Publication(
            key="worth",
            related_name="values",
            link="customer",
            conditions=_current,
            columns=(
                Column(
                    key="worth",
                    label="Worth",
                    path="clv_minor",
                    kind=Kind.MONEY,
                    sort="clv_minor",
                    permission="money.view",
                ),
                Column(key="letter", label="Letter", path="abc_class", kind=Kind.CHOICE),
            ),
            filterset=ValueFilter,
            permission="value.view",
            guarded_filters={"least": "money.view"},
        )
    )


def _current() -> dict[str, Any] | None:
    run = ValueRun.objects.filter(is_current=True).first()
    return {"run": run.pk} if run else None


@pytest.fixture
def valued(db: None) -> list[Customer]:
    """Five customers; the first three valued by the current run, all by an earlier one."""
    earlier = ValueRun.objects.create(as_of=date(2026, 1, 1), state="complete")
    run = ValueRun.objects.create(as_of=date(2026, 2, 1), state="complete", is_current=True)
    customers = [CustomerFactory(name=name) for name in ("Ada", "Ben", "Cat", "Dan", "Eve")]
    for number, customer in enumerate(customers):
        CustomerValue.objects.create(run=earlier, customer=customer, clv_minor=1, abc_class="A")
        if number < 3:
            CustomerValue.objects.create(
                run=run, customer=customer, clv_minor=100 * number, abc_class="AAC"[number]
            )
    return customers


def test_sorted_by_a_published_column_the_unvalued_come_last(
    manager: Any, valued: Any, signed_in: SignedIn
) -> None:
    client = signed_in(manager)

    assert names(client.get("/customers/?sort=-worth")) == ["Cat", "Ben", "Ada", "Dan", "Eve"]
    assert names(client.get("/customers/?sort=worth")) == ["Ada", "Ben", "Cat", "Dan", "Eve"]


@pytest.mark.parametrize("sort", ["name", "-worth"])
def test_filtered_by_the_current_run_only(
    manager: Any, valued: Any, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    from mainstay.shared.lists import selection

    client = signed_in(manager)
    for few in (5000, 1):  # both ways to the rows: sorting the few, walking among the many
        monkeypatch.setattr(selection, "FEW", few)
        monkeypatch.setattr(selection, "GATHERED_MOST", few)
        assert set(names(client.get(f"/customers/?letter=A&sort={sort}"))) == {"Ada", "Ben"}
        assert set(names(client.get(f"/customers/?least=100&sort={sort}"))) == {"Ben", "Cat"}
        assert names(client.get(f"/customers/?letter=A&least=100&sort={sort}")) == ["Ben"]


def test_what_a_role_may_not_see_is_neither_shown_nor_asked(
    read_only: Any, service_agent: Any, valued: Any, signed_in: SignedIn
) -> None:
    page = signed_in(read_only).get("/customers/?least=100").content.decode()
    assert "Letter" in page
    assert "Worth" not in page
    assert 'name="least"' not in page

    page = signed_in(service_agent).get("/customers/").content.decode()
    assert "Letter" not in page


def test_without_a_current_run_there_is_nothing_to_show(manager: Any, signed_in: SignedIn) -> None:
    CustomerFactory(name="Ada")

    page = signed_in(manager).get("/customers/?sort=-worth")

    assert names(page) == ["Ada"]
    assert "Worth" not in page.content.decode()


def test_the_join_is_driven_by_the_published_index(
    manager: Any, valued: Any, signed_in: SignedIn
) -> None:
    client = signed_in(manager)
    with CaptureQueriesContext(connection) as captured:
        client.get("/customers/?sort=-worth")

    joined = next(q["sql"] for q in captured if "clv_minor" in q["sql"] and "ORDER BY" in q["sql"])
    assert "INNER JOIN" in joined
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {joined}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "value_by_clv" in plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan
