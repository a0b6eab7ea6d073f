"""Costs recorded many at a time: all or none, and twice changes nothing."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers.models import AcquisitionChannel
from mainstay.value.acquisition.actions import record_costs, save_cost
from mainstay.value.models import ChannelCost
from tests.factories.value import NOW

pytestmark = pytest.mark.django_db


def row(month: int, minor: int, channel: str = "Fair", campaign: str = "") -> dict[str, Any]:
    day = date(2026, month, 17)
    return {
        "channel": channel,
        "campaign": campaign,
        "month": day,
        "amount_minor": minor,
        "note": "",
    }


def test_costs_are_recorded_once(manager: Any) -> None:
    rows = [row(1, 100), row(2, 200, campaign="Stand")]

    first = record_costs(by=manager, now=NOW, rows=rows)
    again = record_costs(by=manager, now=NOW, rows=[row(1, 150), rows[1]])

    assert first == {"added": 2, "changed": 0, "unchanged": 0}
    assert again == {"added": 0, "changed": 1, "unchanged": 1}
    assert list(ChannelCost.objects.order_by("month").values_list("month", "amount_minor")) == [
        (date(2026, 1, 1), 150),
        (date(2026, 2, 1), 200),
    ]


def test_a_wrong_row_is_named_and_nothing_is_written(manager: Any) -> None:
    with pytest.raises(ValidationError, match="Row 2: A cost is zero or more"):
        record_costs(by=manager, now=NOW, rows=[row(1, 100), row(2, -1)])

    assert not ChannelCost.objects.exists()
    assert not AcquisitionChannel.objects.exists()


def test_who_may_not_keep_costs_records_none(owner: Any, fair: Any) -> None:
    with pytest.raises(PermissionDenied):
        record_costs(by=owner, now=NOW, rows=[row(1, 100)])
    with pytest.raises(PermissionDenied):
        save_cost(by=owner, now=NOW, values=row(1, 100) | {"channel": fair})
