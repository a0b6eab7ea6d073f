"""The overview of a key account, as the owner, a colleague and a stranger open it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.models import KeyAccount
from mainstay.account_plans.workspace import actions, queries
from tests.factories.customers import CustomerFactory

from .worlds import key_account

pytestmark = pytest.mark.django_db


def test_who_sees_the_customer_sees_its_account(
    owner: Any, colleague: Any, stranger: Any, signed_in: Callable[[Any], Client]
) -> None:
    url = reverse("accounts:account", args=[key_account(owner).pk])

    assert "looked after by Olga Owner" in signed_in(owner).get(url).text
    assert signed_in(colleague).get(url).status_code == 200
    assert signed_in(stranger).get(url).status_code == 404


def test_a_customer_that_was_never_chosen_has_no_account(owner: Any) -> None:
    customer = CustomerFactory(owner=owner, team=owner.team)

    assert queries.account(owner, customer.pk) is None


def test_a_former_key_account_is_kept_to_be_read(
    owner: Any, now: datetime, signed_in: Callable[[Any], Client]
) -> None:
    customer = key_account(owner)
    KeyAccount.objects.update(archived_at=now)

    page = signed_in(owner).get(reverse("accounts:account", args=[customer.pk]))

    assert "No longer a key account since" in page.text
    found = queries.account(owner, customer.pk)
    assert found
    assert not found.may_edit
    with pytest.raises(PermissionDenied, match="no longer a key account"):
        actions.require_edit(owner, found)
