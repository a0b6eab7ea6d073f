"""The drawn company is the same every time, and looks like a wholesaler's."""

from datetime import date

import numpy as np
import pytest

from mainstay.project.demo import purchases, sales, world

TODAY = date(2026, 3, 5)


@pytest.fixture(scope="module")
def drawn() -> world.World:
    return world.draw(size=2_000, seed=7, today=TODAY)


def test_the_same_seed_draws_the_same_company(drawn: world.World) -> None:
    again = world.draw(size=2_000, seed=7, today=TODAY)

    assert again.companies == drawn.companies
    assert again.talks == drawn.talks
    assert np.array_equal(again.orders, drawn.orders)
    assert np.array_equal(again.lines, drawn.lines)


def test_another_seed_draws_another_company(drawn: world.World) -> None:
    other = world.draw(size=50, seed=8, today=TODAY)

    assert other.companies[0] != drawn.companies[0]


@pytest.mark.parametrize("size", [1, 2, 9, 30])
def test_small_companies_can_be_drawn(size: int) -> None:
    assert len(world.draw(size=size, seed=1, today=TODAY).companies) == size


def test_there_are_thirty_key_accounts_and_names_tell_companies_apart(drawn: world.World) -> None:
    own = [company.name for company in drawn.companies if company.same_as is None]

    assert sum(company.is_key for company in drawn.companies) == 30
    assert len(set(own)) == len(own) == 1_960


def test_four_languages_are_spoken(drawn: world.World) -> None:
    languages = {company.words.language for company in drawn.companies}

    assert languages == {"pl", "en", "ru", "zh-hans"}


def test_orders_come_in_the_order_of_time_and_end_today(drawn: world.World) -> None:
    day = drawn.orders["day"]

    assert (np.diff(day) >= 0).all()
    assert day.min() >= 0
    assert day.max() == purchases.DAYS - 1


def test_few_customers_bring_most_of_the_revenue(drawn: world.World) -> None:
    customer = drawn.orders["customer"][drawn.lines["order"]]
    revenue = np.sort(np.bincount(customer, drawn.lines["amount"], len(drawn.companies)))[::-1]

    assert 0.7 < revenue[:400].sum() / revenue.sum() < 0.9


def test_november_is_busier_than_august_and_sunday_is_quiet(drawn: world.World) -> None:
    days = np.datetime64(drawn.first_day) + drawn.orders["day"]
    month = days.astype("datetime64[M]").astype(int) % 12 + 1
    weekday = (days.astype("datetime64[D]").astype(int) + 3) % 7

    assert (month == 11).sum() > 1.3 * (month == 8).sum()
    assert (weekday == 6).sum() < 0.02 * len(days)


def test_what_comes_back_takes_back_an_earlier_order_of_the_same_customer(
    drawn: world.World,
) -> None:
    back = np.flatnonzero(drawn.orders["reverses"] != sales.NONE)
    first = drawn.orders[drawn.orders["reverses"][back]]

    assert 500 < len(back) < 2_000
    assert (first["day"] < drawn.orders["day"][back]).all()
    assert (first["customer"] == drawn.orders["customer"][back]).all()
    assert (np.bincount(drawn.lines["order"], drawn.lines["quantity"])[back] < 0).all()


def test_some_customers_are_recorded_twice_and_share_their_trade(drawn: world.World) -> None:
    twice = [n for n, company in enumerate(drawn.companies) if company.same_as is not None]
    orders = np.bincount(drawn.orders["customer"], minlength=len(drawn.companies))

    assert len(twice) == 40
    assert orders[twice].sum() > 0
    assert all(drawn.companies[n].name for n in twice)


def test_some_key_accounts_have_fallen_silent(drawn: world.World) -> None:
    last = np.zeros(len(drawn.companies))
    np.maximum.at(last, drawn.orders["customer"], drawn.orders["day"])
    key = np.array([company.is_key for company in drawn.companies])

    assert (last[key] < purchases.DAYS - purchases.SILENT_DAYS + 1).sum() >= 3


def test_every_line_is_priced_above_nothing(drawn: world.World) -> None:
    goods = drawn.lines[(drawn.lines["kind"] == sales.GOODS) & (drawn.lines["quantity"] > 0)]

    assert (goods["amount"] > 0).all()
    assert (goods["product"] >= 0).all()
