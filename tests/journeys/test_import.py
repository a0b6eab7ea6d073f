"""A newcomer takes the real file in: choose, look, check, import, read the result."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mainstay.customers.imports import process
from mainstay.customers.imports.models import Import
from tests.journeys.looking import PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def excerpt(shared_file: Callable[[str], Path], tmp_path: Path) -> Path:
    """The first two thousand lines of the retail data, as a spreadsheet exports them."""
    table = pq.read_table(shared_file("data/online_retail.parquet")).slice(0, 2000)
    pc.write_csv(table, tmp_path / "online_retail.csv")
    return tmp_path / "online_retail.csv"


def test_the_real_file_comes_in(
    manager: Any, signed_in_page: Callable[[Any], Page], live_server: Any, excerpt: Path
) -> None:
    page = signed_in_page(manager)
    page.goto(f"{live_server.url}/import/new/")
    assert_clean(page)

    page.get_by_label("Where does it come from?").fill("Online shop")
    page.locator("#id_file").set_input_files(excerpt)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_label("Order number")).to_have_value("InvoiceNo")
    expect(page.locator("#preview")).to_contain_text("WHITE HANGING HEART T-LIGHT HOLDER")
    assert_clean(page)
    page.get_by_label("Customer's country").select_option("")
    expect(page.locator("#preview")).to_contain_text("Columns not used: Country")
    take_picture(page, "import-mapping")

    page.get_by_role("button", name="Check the whole file").click()
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    process.run(number=Import.objects.get().pk, now=timezone.now())
    expect(page.get_by_text("This is what an import would do")).to_be_visible()
    assert_clean(page)

    page.get_by_role("button", name="Import now").click()
    process.run(number=Import.objects.get().pk, now=timezone.now())
    expect(page.get_by_text("Imported.", exact=True)).to_be_visible()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert_clean(page)
    take_picture(page, "import-result")
