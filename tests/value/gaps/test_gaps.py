"""Wallets noted, gaps of a run, and who sees them."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import call_command

from mainstay.orders.models import ProductCategory
from mainstay.value.gaps import actions, queries
from mainstay.value.gaps.forms import WalletForm
from mainstay.value.models import CustomerGap, ProductMarket
from tests.api import ApiClient
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.orders import ProductFactory
from tests.factories.value import NOW, buy, buying_customers, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOLD = {"origin": "customer", "confidence": "high", "known_on": date(2026, 1, 10)}


@pytest.fixture
def tools() -> ProductCategory:
    """Return a market whose products stand in a category below it."""
    return ProductCategory.objects.create(name="Tools")


@pytest.fixture
def buyer(owner: Any, tools: ProductCategory) -> Any:
    """Return a customer who bought hammers for 400.00 in the year, and some before."""
    hammers = ProductCategory.objects.create(name="Hammers", parent=tools)
    product = ProductFactory(category=hammers)
    customer, source = CustomerFactory(owner=owner, team=owner.team), SourceFactory()
    for day, amount in (("2026-01-05", 30_000), ("2025-06-01", 10_000), ("2024-06-01", 99_000)):
        buy(
            customer,
            datetime.fromisoformat(f"{day}T09:00+00:00"),
            amount,
            of=source,
            product=product,
        )
    return customer


def noted(customer: Any, market: Any, by: Any, wallet: int = 100_000, **more: Any) -> Any:
    values = {"category": market, "wallet_minor": wallet} | TOLD | more
    return actions.note_wallet(by=by, now=NOW, customer=customer, values=values)


def found(customer: Any, market: Any) -> tuple[int, int, int | None, float | None]:
    gap = CustomerGap.objects.get(run__is_current=True, customer=customer, category=market)
    return gap.sales_minor, gap.current_minor, gap.future_minor, gap.share_of_wallet


def test_a_run_compares_the_wallet_with_the_sales_of_the_year(
    buyer: Any, tools: Any, owner: Any
) -> None:
    ProductMarket.objects.create(category=tools, growth=0.1, source="Study", known_on=NOW.date())
    noted(buyer, tools, owner, share_now=0.2, share_then=0.25)

    run = computed_run()

    assert run.summary["gaps"] == {"estimates": 1}
    assert found(buyer, tools) == (40_000, 60_000, 10_000 + 27_500, 0.4)
    assert found(buyer, None) == (40_000, 60_000, 37_500, 0.4)


def test_what_is_noted_later_counts_at_once_as_the_run_would_count_it(
    buyer: Any, tools: Any, owner: Any
) -> None:
    computed_run()
    noted(buyer, tools, owner)
    at_once = found(buyer, tools)

    computed_run()

    assert at_once == found(buyer, tools) == (40_000, 60_000, None, 0.4)


def test_the_latest_known_estimate_counts_and_the_others_stay_as_history(
    buyer: Any, tools: Any, owner: Any
) -> None:
    computed_run()
    noted(buyer, tools, owner, 200_000)
    noted(buyer, tools, owner, 80_000, known_on=date(2025, 1, 1))

    assert found(buyer, tools)[1] == 160_000
    assert queries.history(owner, buyer.pk).count() == 2


def test_more_sales_than_wallet_is_a_negative_gap_that_the_page_doubts(
    buyer: Any, tools: Any, owner: Any, signed_in: Any
) -> None:
    computed_run()
    noted(buyer, tools, owner, 10_000)

    page = signed_in(owner).get(f"/value/gaps/{buyer.pk}/").content.decode()

    assert found(buyer, tools)[1] == -30_000
    assert "we sell more than was estimated: ask again" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"known_on": "2026-04-01"}, "This day lies in the future"),
        ({"low": "2000"}, "The least is more than the estimate itself."),
        ({"high": "10"}, "The most is less than the estimate itself."),
        ({"share_now": "20"}, "Write both market shares"),
        ({"wallet": "-5"}, "greater than or equal to 0"),
        ({"wallet": "1.234"}, "EUR has 2 decimal places"),
        ({"note": "a\x00b"}, "control character"),
        ({"category": "999"}, "Select a valid choice"),
    ],
)
def test_a_wallet_that_cannot_be_gives_a_sentence_and_is_not_noted(
    buyer: Any, tools: Any, owner: Any, signed_in: Any, change: Any, sentence: str
) -> None:
    fine = {"category": tools.pk, "wallet": "1000"} | TOLD | {"known_on": "2026-01-10"}

    answer = signed_in(owner).post(f"/value/gaps/{buyer.pk}/", fine | change)

    assert sentence in answer.content.decode()
    assert not queries.history(owner, buyer.pk).exists()


def test_the_form_speaks_whole_units_and_percent() -> None:
    market = ProductCategory.objects.create(name="Glue")
    typed = {"category": market.pk, "wallet": "1000.50", "share_now": "20", "share_then": "25"}
    form = WalletForm(typed | TOLD, currency="EUR")

    assert form.is_valid(), form.errors
    values = form.values()
    assert (values["wallet_minor"], values["share_now"], values["share_then"]) == (
        100_050,
        0.2,
        0.25,
    )


def test_colleagues_and_strangers_see_no_gap_of_a_foreign_customer(
    buyer: Any, tools: Any, owner: Any, stranger: Any, signed_in: Any
) -> None:
    computed_run()
    noted(buyer, tools, owner)

    assert buyer.name in signed_in(owner).get("/value/gaps/").content.decode()
    assert buyer.name not in signed_in(stranger).get("/value/gaps/").content.decode()
    assert signed_in(stranger).get(f"/value/gaps/{buyer.pk}/").status_code == 404


def test_the_customer_list_shows_and_filters_gaps(
    buyer: Any, tools: Any, owner: Any, signed_in: Any
) -> None:
    buying_customers(3, owner=owner)
    computed_run()
    noted(buyer, tools, owner)

    page = (
        signed_in(owner).get("/customers/?gap_from=500&columns=name,current_gap").content.decode()
    )

    assert buyer.name in page
    assert "Customer 1<" not in page


def test_pages_say_what_to_do_where_nothing_is_known(analyst: Any, signed_in: Any) -> None:
    client = signed_in(analyst)

    assert "No value run yet" in client.get("/value/gaps/").content.decode()
    computed_run()
    assert "Nobody has noted a wallet yet" in client.get("/value/gaps/").content.decode()
    assert (
        "Nothing is known of any market yet" in client.get("/value/gaps/markets/").content.decode()
    )


def test_a_market_is_set_and_changed(analyst: Any, tools: Any, signed_in: Any) -> None:
    client, typed = signed_in(analyst), {"source": "Study", "known_on": "2026-01-01"}
    for growth in ("4", "-2.5"):
        client.post("/value/gaps/markets/", typed | {"category": tools.pk, "growth": growth})

    assert [market.growth for market in queries.markets()] == [-0.025]


def test_the_command_prints_gaps_for_programs(
    buyer: Any, tools: Any, owner: Any, capsys: Any
) -> None:
    call_command("value", "gaps")
    assert "No value run is complete yet" in capsys.readouterr().err
    computed_run()
    noted(buyer, tools, owner)

    call_command("value", "gaps")

    header, row = capsys.readouterr().out.splitlines()
    assert header.startswith("customer_id,customer,market,wallet_minor")
    assert row == f"{buyer.pk},{buyer.name},Tools,100000,40000,60000,,0.4"


def test_the_api_notes_a_wallet_and_lists_gaps(buyer: Any, tools: Any, owner: Any) -> None:
    computed_run()
    client = ApiClient(owner)
    body = {"category_id": tools.pk, "wallet_minor": 100_000} | TOLD | {"known_on": "2026-01-10"}

    answer = client.post(f"/value/customers/{buyer.pk}/wallet", body)
    gaps = client.get("/value/gaps").json()["items"]

    assert answer.status_code == 201
    assert {(gap["category_id"], gap["current_minor"]) for gap in gaps} == {
        (tools.pk, 60_000),
        (None, 60_000),
    }
    wrong = client.post(f"/value/customers/{buyer.pk}/wallet", body | {"low_minor": 200_000})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "low_minor"
