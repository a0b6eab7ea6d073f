"""Costs of channels from a file: months as people write them, and every refused row told."""

from datetime import date
from typing import Any

import pytest

from mainstay.customers.imports import storage
from mainstay.value.models import ChannelCost
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db
HEAD = "channel,campaign,month,cost,note\n"


def refused(row: Any) -> list[list[str]]:
    path = storage.folder(row.folder) / "refused.csv"
    return [line.split(",") for line in path.read_text("utf-8-sig").splitlines()[1:]]


def test_months_are_read_as_people_write_them(imported: Importer) -> None:
    written = ["2026-01", "02/2026", "2026-03-15", "15.04.2026", "May 2026", "202606", "2026年7月"]
    rows = "".join(f"Fair,,{month},100.5,\n" for month in written)

    row = imported("channel_costs", HEAD + rows)

    assert row.refused == 0
    months = ChannelCost.objects.order_by("month").values_list("month", "amount_minor")
    assert list(months) == [(date(2026, month, 1), 10_050) for month in range(1, 8)]
    again = imported("channel_costs", HEAD + rows)
    assert again.counts["channel_costs"] == {"new": 0, "changed": 0, "same": 7}


def test_campaigns_and_notes_come_along(imported: Importer) -> None:
    imported("channel_costs", HEAD + "Web,Adverts,2026-01,10,Agency\nWeb,,2026-01,5,\n")

    rows = ChannelCost.objects.order_by("-amount_minor")
    told = rows.values_list("channel__name", "campaign__name", "note")
    assert list(told) == [("Web", "Adverts", "Agency"), ("Web", None, "")]


def test_every_refused_row_says_why_and_what_to_do(imported: Importer) -> None:
    row = imported(
        "channel_costs",
        HEAD + "Fair,,2026-01,-5,\nFair,,spring,7,\nFair,,2026-02,1,\nFair,,2026-02,2,\n"
        ",,2026-03,7,\nFair,,2026-13,7,\nFair,,2026-04,seven,\n",
    )

    told = {
        (line, field): reason for line, _column, field, _value, reason, *_advice in refused(row)
    }
    assert told == {
        ("2", "Cost"): "A cost is zero or more.",
        ("3", "Month"): "This is not a month.",
        ("4", "Month"): "The month of this channel and campaign stands on a later line too.",
        ("6", "Channel"): "The cell is empty.",
        ("7", "Month"): "This is not a month.",
        ("8", "Cost"): "This is not a number as the other values of the column are written.",
    }
    assert list(ChannelCost.objects.values_list("amount_minor", flat=True)) == [200]
