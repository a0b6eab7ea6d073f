from typing import Any

import pytest

from mainstay.orders.models import Activity, DriverQuantity
from tests.api import ApiClient
from tests.factories.profitability import ActivityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BASE = "/value/profitability"


def test_result_and_customers(profit_run: Any, losing: Any, manager: Any) -> None:
    api = ApiClient(manager)

    told = api.get(BASE).json()
    assert told["summary"]["check"]["adds_up"] is True
    rows = api.get(f"{BASE}/customers", treatment="renegotiate").json()["items"]
    assert [row["customer_id"] for row in rows] == [losing.pk]
    one = api.get(f"{BASE}/customers/{losing.pk}").json()
    assert one["net_profit_minor"] == -7_000
    assert len(one["cells"]) == 1


def test_the_stranger_finds_nobody(profit_run: Any, losing: Any, stranger: Any) -> None:
    api = ApiClient(stranger)

    assert api.get(f"{BASE}/customers").json()["items"] == []
    assert api.get(f"{BASE}/customers/{losing.pk}").status_code == 404


def test_activities_and_their_quantities(losing: Any, manager: Any) -> None:
    api = ApiClient(manager)
    made = api.post(
        f"{BASE}/activities",
        {"name": "Reminders", "yearly_cost_minor": 500, "driver": "own"},
    )
    assert made.status_code == 201
    row = {"activity": "Reminders", "customer_id": losing.pk, "day": "2026-03-01", "quantity": 2.0}

    assert api.post(f"{BASE}/quantities", {"rows": [row, row]}).json() == {"written": 1}
    assert DriverQuantity.objects.get().quantity == 2.0
    number = made.json()["id"]
    changed = {"name": "Reminders", "yearly_cost_minor": 900, "driver": "orders"}
    assert api.put(f"{BASE}/activities/{number}", changed).json()["version"] == 2
    assert Activity.objects.get().yearly_cost_minor == 900


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"activity": "Nothing"}, "activity"),
        ({"customer_id": 999_999}, "customer_id"),
        ({"quantity": -1.0}, "quantity"),
        ({"day": "2027-01-01"}, "day"),
    ],
)
def test_wrong_quantities_are_refused_whole(
    losing: Any, manager: Any, wrong: dict[str, Any], field: str
) -> None:
    ActivityFactory(name="Reminders", driver="own")
    right = {
        "activity": "Reminders",
        "customer_id": losing.pk,
        "day": "2026-03-01",
        "quantity": 1.0,
    }

    answer = ApiClient(manager).post(f"{BASE}/quantities", {"rows": [right, right | wrong]})

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]
    assert not DriverQuantity.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"driver": "moon"}, {"yearly_cost_minor": -1}, {"capacity_hours": 5.0}, {"name": ""}],
)
def test_a_wrong_activity_is_refused(manager: Any, wrong: dict[str, Any]) -> None:
    right = {"name": "Picking", "yearly_cost_minor": 1, "driver": "lines"}

    assert ApiClient(manager).post(f"{BASE}/activities", right | wrong).status_code == 422
    assert not Activity.objects.exists()


def test_a_decision_is_kept(profit_run: Any, losing: Any, manager: Any) -> None:
    wish = {"state": "agreed", "note": "From May on"}

    kept = ApiClient(manager).put(f"{BASE}/customers/{losing.pk}/decision", wish).json()

    assert (kept["state"], kept["version"]) == ("agreed", 2)


def test_the_lectures_table(manager: Any) -> None:
    years = [
        {"revenue": 1000, "variable_share": 0.5, "acquisition": 100},
        {"revenue": 1200, "variable_share": 0.5, "retention": 100},
        {"revenue": 1440, "variable_share": 0.5, "retention": 80},
        {"revenue": 1600, "variable_share": 0.5, "retention": 60},
    ]

    told = ApiClient(manager).post("/value/calculator", {"years": years, "retention_rate": 0.8})

    assert [round(row["cumulative"], 1) for row in told.json()["years"]] == [
        400,
        854.5,
        1383.5,
        1939.4,
    ]
    assert round(told.json()["length"], 9) == 5
    nonsense = {"years": years, "discount_rate": -1}
    assert ApiClient(manager).post("/value/calculator", nonsense).status_code == 422
