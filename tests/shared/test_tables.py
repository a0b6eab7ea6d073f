from datetime import UTC, datetime

import pyarrow as pa
import pytest
from django.db import IntegrityError, transaction

from mainstay.customers.models import Customer
from mainstay.people.models import Team
from mainstay.shared import tables

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 5, 12, tzinfo=UTC)


def teams(names: list[str]) -> pa.Table:
    moment = [tables.moment(MOMENT)] * len(names)
    return pa.table({"name": names, "created_at": moment, "updated_at": moment})


@pytest.mark.parametrize("count", [1, tables.TOGETHER, 2 * tables.TOGETHER + 3])
def test_inserts_columns_that_vary_and_columns_that_do_not(count: int) -> None:
    names = [f"Team {number}" for number in range(count)]

    tables.insert(Team, teams(names))

    assert list(Team.objects.order_by("pk").values_list("name", flat=True)) == names
    assert set(Team.objects.values_list("created_at", "updated_at")) == {(MOMENT, MOMENT)}


def test_nothing_and_here_and_there_nothing_are_kept_apart() -> None:
    count = tables.TOGETHER + 1
    years = [None if number % 3 else 1900 + number for number in range(count)]
    blank = {
        field.name: "" for field in Customer._meta.concrete_fields if field.empty_strings_allowed
    }
    moment = tables.moment(MOMENT)
    same = {**blank, "kind": "person", "created_at": moment, "updated_at": moment}
    same |= {"restricted": False, "version": 1}
    columns = {name: [value] * count for name, value in same.items()}
    names = [f"Customer {number}" for number in range(count)]
    rows = {"name": names, "founded_year": years, "archived_at": pa.nulls(count, pa.string())}

    tables.insert(Customer, pa.table({**columns, **rows}))

    stored = Customer.objects.order_by("pk")
    assert list(stored.values_list("name", "founded_year")) == list(zip(names, years, strict=True))
    assert set(stored.values_list("kind", "archived_at", "restricted")) == {("person", None, False)}


def test_a_row_that_cannot_be_leaves_nothing_of_the_transaction() -> None:
    names = [f"Team {number}" for number in range(2 * tables.TOGETHER)]

    with pytest.raises(IntegrityError), transaction.atomic():
        tables.insert(Team, teams([*names, names[0]]))

    assert not Team.objects.exists()
