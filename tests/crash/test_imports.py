"""kill -9 in the middle of imports and writes: nothing acknowledged is lost, nothing comes
twice."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from mainstay.customers.imports import actions, kinds
from mainstay.customers.imports.models import Import, State
from mainstay.customers.models import Customer
from mainstay.orders.models import Order, OrderLine
from tests.crash.test_worker import ROOT, database_url

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

KILLS, ORDERS, LINES = 50, 4000, 3


def order_file(path: Path) -> int:
    """Write a file of orders and return what they are worth."""
    rows = ["order;date;customer;product;quantity;amount"]
    for order in range(ORDERS):
        rows += [
            f"{order};2025-03-{order % 28 + 1:02d};C{order % 300};P{line};1;{order + line},50"
            for line in range(LINES)
        ]
    path.write_text("\n".join(rows))
    return sum((order + line) * 100 + 50 for order in range(ORDERS) for line in range(LINES))


def test_fifty_kills_lose_nothing_and_leave_no_half_import(
    tmp_path: Path, now: Any, settings: Any
) -> None:
    worth = order_file(tmp_path / "orders.csv")
    kind = kinds.known("orders")
    row = actions.start_from_path(
        by=None, now=now, kind=kind, source="Shop", path=tmp_path / "orders.csv"
    )
    actions.ask(row=row, dry_run=False, now=now)
    diary = tmp_path / "diary"
    diary.touch()
    environment = {
        **os.environ,
        "MAINSTAY_DATABASE_URL": database_url(),
        "MAINSTAY_DATA_DIR": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }

    command = [sys.executable, "-m", "tests.crash.importing", str(row.pk), str(KILLS), str(diary)]
    subprocess.run(command, env=environment, check=True, timeout=300, cwd=ROOT)

    assert Import.objects.get().state == State.DONE
    assert Order.objects.count() == ORDERS
    assert OrderLine.objects.count() == ORDERS * LINES
    assert OrderLine.objects.aggregate(sum=Sum("amount_minor"))["sum"] == worth
    assert Order.objects.aggregate(sum=Sum("amount_minor"))["sum"] == worth
    written = set(Customer.objects.filter(references=None).values_list("name", flat=True))
    acknowledged = set(diary.read_text().splitlines())
    assert acknowledged
    assert acknowledged <= written
    assert Customer.objects.exclude(references=None).count() == 300
