"""Going through duplicates with the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from mainstay.customers.duplicates.models import Pair
from mainstay.customers.merging.models import Merge
from tests.factories.customers import CustomerFactory, InteractionFactory
from tests.journeys.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_merge_by_keys_and_take_it_back(
    administrator: Any, signed_in_page: Any, live_server: Any
) -> None:
    kept = CustomerFactory(name="Hanza Sp. z o.o.", city="Gdańsk")
    gone = CustomerFactory(name="HANZA", city="Gdynia")
    InteractionFactory(customer=gone)
    step = {"field": "name", "level": "alike", "bits": 6.5, "left": "Hanza", "right": "HANZA"}
    pair = Pair.objects.create(
        left=kept, right=gone, kind="organisation", probability=0.97, weight=5, waterfall=[step]
    )
    page = signed_in_page(administrator)
    look(page, f"{live_server.url}/customers/merges/", "duplicates")

    page.goto(f"{live_server.url}/customers/merges/")
    page.keyboard.press("2")  # the name of the right one
    page.keyboard.press("2")  # and its town
    expect(page.locator(f"input[name=field-city][value='{gone.pk}']")).to_be_checked()
    page.keyboard.press("m")

    expect(page.get_by_text("Merged 1 record into HANZA.")).to_be_visible()
    expect(page.get_by_text("Nothing to review")).to_be_visible()
    look(page, f"{live_server.url}/customers/merges/history/{Merge.objects.get().pk}/", "merge")

    page.goto(f"{live_server.url}/customers/merges/")
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_text("Kept apart", exact=False)).to_be_visible()
    pair.refresh_from_db()
    assert pair.state == "distinct"
