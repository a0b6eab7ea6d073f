"""From a bar of the overview to its customers, and from a button to the PDF."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from mainstay.shared import paper
from mainstay.shared.jobs.worker import Pace, Worker
from tests.factories.value import buying_customers, computed_run
from tests.journeys.looking import PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Any], Page]


def test_a_bar_lists_its_customers_and_a_button_makes_the_pack(
    analyst: Any, signed_in_page: SignedIn, live_server: Any, tmp_path: Path
) -> None:
    if not list(paper.FONTS.glob("*.ttf")):
        pytest.skip("the fonts for paper are not built here: make assets")
    buying_customers(60)
    computed_run()
    page = signed_in_page(analyst)

    page.goto(live_server.url + "/value/")
    page.locator("#clv .mark-rect path").first.click()
    page.wait_for_url("**/customers/?clv_from=0&*")
    expect(page.locator("tbody tr").first).to_be_visible()

    page.goto(live_server.url + "/value/")
    page.get_by_role("button", name="Board pack").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    assert_clean(page)
    Worker(pace=Pace()).drain()
    link = page.get_by_role("link", name="PDF")
    expect(link).to_be_visible(timeout=20_000)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert_clean(page)
    take_picture(page, "board-packs")
    with page.expect_download() as download:
        link.click()

    file = tmp_path / "pack.pdf"
    download.value.save_as(file)
    assert "Board pack" in pypdf.PdfReader(file).pages[0].extract_text()
