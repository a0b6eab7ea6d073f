"""The page of new customers: what it tells, what it leaves out, who may see it."""

import re
from typing import Any

import pytest
from django.test import Client

from mainstay.value.models import ChannelCost, RunPart
from tests.factories.value import computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def text(client: Client, address: str = "/value/acquisition/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_channels_stand_with_their_cost_and_what_is_not_known(
    won: Any, manager: Any, signed_in: Any
) -> None:
    page = text(signed_in(manager))

    assert "First purchases from Mar 2025 to Feb 2026" in page or "March 2025" in page
    assert "came by no known channel" in page
    assert "in months whose cost nobody entered" in page
    assert "Fair</a>" in page
    assert "textbook claim" in page
    assert "5×" in page


def test_a_channel_leads_to_its_customers(
    won: Any, fair: Any, manager: Any, signed_in: Any
) -> None:
    client = signed_in(manager)

    address = f"/customers/?channel={fair.pk}&amp;first_from=2025-03-01&amp;first_to=2026-02-28"
    assert address in text(client)

    few = client.get("/customers/?first_from=2026-02-01&first_to=2026-02-28&columns=name")
    assert few.status_code == 200
    rows = few.content.decode().count("data-list-row") or few.content.decode().count("<tr")
    assert 0 < rows < 60


def test_all_months_and_nonsense_are_answered(won: Any, manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)

    assert "may have bought before" in text(client, "/value/acquisition/?months=all")
    assert 'href="?months=12" aria-current="true"' in text(client, "/value/acquisition/?months=-7")


def test_without_costs_customers_are_counted(won: Any, manager: Any, signed_in: Any) -> None:
    ChannelCost.objects.all().delete()

    page = text(signed_in(manager))

    assert "cost not known" in page
    assert "in months whose cost nobody entered" in page


def test_a_run_made_before_campaigns_counted_is_read(
    won: Any, manager: Any, signed_in: Any
) -> None:
    part = RunPart.objects.get(run=won, key="acquisition")
    for table in ("sizes", "returns"):
        del part.content[table]["campaign"]
    part.save()

    assert "Fair</a>" in text(signed_in(manager))


def test_each_empty_state_says_what_to_do(manager: Any, signed_in: Any) -> None:
    assert "No value run yet" in text(signed_in(manager))


def test_without_channels_the_page_asks_for_them(
    customers: list[Any], manager: Any, signed_in: Any
) -> None:
    computed_run()
    page = text(signed_in(manager))

    assert "By which way did they come?" in page
    assert "/value/acquisition/channels/" in page


def test_one_customer_is_counted_and_not_rated(
    owner: Any, manager: Any, signed_in: Any, fair: Any
) -> None:
    from tests.factories.value import buying_customers, computed_run

    (customer,) = buying_customers(1, owner=owner)
    customer.acquisition_channel = fair
    customer.save()
    computed_run()

    assert "New customers" in text(signed_in(manager), "/value/acquisition/?months=all")


def test_who_does_not_see_money_does_not_see_the_page(
    won: Any, read_only: Any, signed_in: Any
) -> None:
    assert signed_in(read_only).get("/value/acquisition/").status_code == 403


def test_the_page_asks_a_fixed_number_of_questions(
    won: Any, manager: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(manager)
    client.get("/value/acquisition/")

    with django_assert_num_queries(12):
        client.get("/value/acquisition/")
