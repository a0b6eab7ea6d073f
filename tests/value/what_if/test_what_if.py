"""Levers on the page, over the API and on the command line; scenarios that are kept."""

from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from mainstay.records.models import AuditEvent
from mainstay.value.models import CustomerProfit
from mainstay.value.what_if import actions, outcome, queries
from tests.api import ApiClient
from tests.factories.profitability import ActivityFactory, costed
from tests.factories.value import NOW, buying_customers, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/value/what-if/"


@pytest.fixture
def administrator(db: None, module_administrator: Any) -> Any:
    return deepcopy(module_administrator)


@pytest.fixture(scope="module")
def module_costed_run(module_base: Any, module_administrator: Any) -> Any:
    with module_base():
        buying_customers(owner=module_administrator)
        ActivityFactory(name="Orders", driver="orders", yearly_cost_minor=800_000)
        ActivityFactory(name="Lines", driver="lines", yearly_cost_minor=200_000)
        costed()
        return computed_run()


@pytest.fixture
def base(db: None, module_costed_run: Any) -> Any:
    """150 customers of the administrator, valued and costed by two activities."""
    return deepcopy(module_costed_run)


def keys() -> dict[str, str]:
    now = outcome.today()
    assert now is not None
    return {name: key for key, name in now.names.items()}


def test_today_is_what_the_runs_say(base: Any) -> None:
    now = outcome.today()
    assert now is not None

    same = outcome.moved(now, {})

    told = base.summary["expected"]["equity_minor"]
    assert same.equity == pytest.approx((told["mean"], told["low"], told["high"]))
    assert same.profit is not None
    assert now.profit_run.summary["net_profit_minor"] == same.profit.net_minor
    assert sum(now.yearly) > told["mean"]  # before discounting


def test_costs_move_the_profit_of_each_customer(base: Any) -> None:
    now = outcome.today()
    assert now is not None
    half = {"costs": {keys()["Orders"]: 400_000}}

    found = outcome.moved(now, half).profit

    place = list(now.costs).index(keys()["Orders"])
    rows = CustomerProfit.objects.filter(run=now.profit_run, tenth__isnull=False)
    nets = [row.net_profit_minor + row.costs[place] / 2 for row in rows]
    assert found is not None
    assert found.net_minor == pytest.approx(sum(nets))
    assert found.unprofitable == sum(net < 0 for net in nets)
    assert found.lost_minor == pytest.approx(sum(net for net in nets if net < 0))


def test_the_page_shows_the_levers_beside_today(
    base: Any, signed_in: Any, administrator: Any
) -> None:
    client = signed_in(administrator)
    plain = client.get(PAGE).content.decode()
    moved = client.get(PAGE, {"discount_rate": "20"}).content.decode()
    part = client.get(PAGE, {"discount_rate": "20"}, headers={"HX-Request": "true"})

    assert "These levers" not in plain
    assert "These levers" in moved
    assert "discount 20.0%" in moved
    assert part.content.decode().strip().startswith('<div id="what-if-result"')


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"discount_rate": "abc"}, "Enter a number"),
        ({"discount_rate": "-100"}, "greater than or equal to -99"),
        ({"margin": "101"}, "less than or equal to 100"),
        ({"scenario": "9" * 30}, "Today"),
        ({"scenario": "x"}, "Today"),
    ],
)
def test_wrong_levers_get_a_sentence(
    base: Any, signed_in: Any, administrator: Any, address: dict[str, str], words: str
) -> None:
    answer = signed_in(administrator).get(PAGE, address)

    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_without_a_run_the_page_says_what_to_do(signed_in: Any, administrator: Any) -> None:
    answer = signed_in(administrator).get(PAGE)

    assert "No value run yet" in answer.content.decode()


def test_a_scenario_is_kept_shown_replaced_and_put_away(
    base: Any, signed_in: Any, administrator: Any
) -> None:
    client = signed_in(administrator)
    levers = {"name": "Better terms", "margin": "55", f"cost_{keys()['Orders']}": "4000"}

    kept = client.post(PAGE + "keep/", levers)
    again = client.post(PAGE + "keep/", {**levers, "margin": "60"})

    row = queries.scenarios().get()
    assert kept["Location"] == again["Location"] == f"{PAGE}?scenario={row.pk}"
    assert (row.margin, row.costs) == (0.6, {keys()["Orders"]: 400_000})
    assert "Better terms" in client.get(PAGE).content.decode()
    verbs = AuditEvent.objects.filter(verb__startswith="scenario").values_list("verb", flat=True)
    assert sorted(verbs) == ["scenario.added", "scenario.changed"]
    client.post(f"{PAGE}{row.pk}/put-away/")
    assert not queries.scenarios().exists()
    assert client.post(f"{PAGE}{row.pk}/put-away/").status_code == 404


def test_a_scenario_without_a_name_stays_on_the_page(
    base: Any, signed_in: Any, administrator: Any
) -> None:
    answer = signed_in(administrator).post(PAGE + "keep/", {"margin": "55"})

    assert "This field is required" in answer.content.decode()
    assert not queries.scenarios().exists()


def test_there_are_only_so_many_side_by_side(base: Any, administrator: Any) -> None:
    for place in range(queries.MOST):
        values = {"name": f"Number {place}", "margin": 0.5}
        actions.keep_scenario(by=administrator, now=NOW, values=values)

    with pytest.raises(ValidationError, match="put one away"):
        actions.keep_scenario(by=administrator, now=NOW, values={"name": "One more"})


def test_who_may_not_compute_may_not_keep(base: Any, stranger: Any) -> None:
    with pytest.raises(PermissionDenied):
        actions.keep_scenario(by=stranger, now=NOW, values={"name": "Mine"})


def test_the_api_computes_and_keeps(base: Any, administrator: Any) -> None:
    api = ApiClient(administrator)

    told = api.get("/value/what-if?margin=0.5&discount_rate=0.05").json()
    kept = api.post("/value/scenarios", {"name": "Cheaper", "costs": {keys()["Lines"]: 0}})
    later = api.get(f"/value/scenarios/{kept.json()['id']}").json()

    assert told["then"]["equity_minor"] > told["today"]["equity_minor"]
    assert kept.status_code == 201
    assert later["then"]["net_profit_minor"] > later["today"]["net_profit_minor"]
    assert api.get("/value/scenarios").json()["items"][0]["name"] == "Cheaper"
    wrong = api.post("/value/scenarios", {"name": "Wrong", "costs": {"0": 1}})
    assert wrong.status_code == 422
    assert "no activity 0" in wrong.json()["detail"]


def test_the_command_prints_both(base: Any) -> None:
    out = StringIO()

    call_command("value", "what-if", "--margin", "55", "--cost", "orders=4000", stdout=out)

    assert "customer equity" in out.getvalue()
    assert "unprofitable customers" in out.getvalue()
    with pytest.raises(CommandError, match="names no activity"):
        call_command("value", "what-if", "--cost", "Juggling=1")
