"""What orders tell lower capabilities when the site starts."""

import pytest
from django.core.exceptions import ValidationError

from mainstay.people import actions, queries
from mainstay.people.models import User
from tests.conftest import NOW
from tests.factories.orders import OrderFactory

pytestmark = pytest.mark.django_db


def test_the_currency_stays_once_there_are_orders(administrator: User) -> None:
    actions.change_company(by=administrator, currency="PLN", now=NOW)
    OrderFactory(currency="PLN")

    with pytest.raises(ValidationError, match="Orders are recorded in PLN"):
        actions.change_company(by=administrator, currency="EUR", now=NOW)

    assert queries.company().currency == "PLN"
