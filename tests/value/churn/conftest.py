"""A base in which customers are lost, and what somebody noted of them."""

from datetime import date
from typing import Any

import pytest

from mainstay.value.churn.actions import note_loss
from mainstay.value.models import LostCustomer
from tests.api import ApiClient
from tests.factories.value import NOW

TOLD = {"reason": "competition", "noted_on": date(2026, 1, 10), "text": "Cheaper by a tenth."}


@pytest.fixture
def lost(run: Any) -> LostCustomer:
    """Return the largest loss of the last twelve months measured that is not back."""
    rows = LostCustomer.objects.filter(
        run=run, lost_on__gte=date(2025, 3, 1), lost_on__lt=date(2026, 3, 1), came_back_on=None
    )
    return rows.order_by("-yearly_minor").select_related("customer")[0]


@pytest.fixture
def noted(lost: LostCustomer, owner: Any) -> LostCustomer:
    """Return that loss, with the reason noted by the owner."""
    note_loss(by=owner, now=NOW, customer=lost.customer, values=TOLD, today=NOW.date())
    return lost


@pytest.fixture
def api(analyst: Any) -> ApiClient:
    return ApiClient(analyst)
