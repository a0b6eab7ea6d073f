"""What an administrator sets for a field and a role holds in lists, forms, actions and the API."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from mainstay.customers import actions
from mainstay.customers.models import Customer
from mainstay.customers.sharing import queries as sharing
from mainstay.people import field_matrix, permissions
from mainstay.people.actions import RulesChanged, add_user, set_field_rules
from mainstay.people.models import User
from mainstay.people.permissions import HIDDEN, READ_ONLY, can, kept_from, sees
from mainstay.records.models import AuditEvent
from tests.api import ApiClient
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PHONE, TAX = "customers.customer/phone", "customers.customer/tax_number"


@pytest.fixture
def manager() -> Any:
    return UserFactory(role="manager")


@pytest.fixture
def quay(manager: Any) -> Customer:
    row: Customer = actions.add_customer(
        by=None,
        now=timezone.now(),
        values={"name": "Quay", "phone": "+48 601 234 567", "tax_number": "PL1", "city": "Leith"},
    )
    return row


@pytest.fixture
def ruled(administrator: Any, manager: Any) -> Any:
    """The manager, who does not see phones and does not change tax numbers."""
    wanted = {(PHONE, "manager"): HIDDEN, (TAX, "manager"): READ_ONLY}
    set_field_rules(by=administrator, now=timezone.now(), wanted=wanted)
    return User.objects.get(pk=manager.pk)


def test_a_rule_is_audited_and_reaches_members_old_and_new(administrator: Any, ruled: Any) -> None:
    joined = add_user(
        by=administrator, now=timezone.now(), email="new@example.com", name="N", role="manager"
    )
    event = AuditEvent.objects.get(verb="role.fields_changed")

    assert kept_from(ruled, "customers.customer") == {"phone"}
    assert joined.field_rules == ruled.field_rules
    assert event.old["Customer: Phone"] == "as the role"
    assert event.new["Customer: Phone"] == "does not see it"


def test_rules_are_for_administrators_fit_the_role_and_are_not_lost(
    administrator: Any, ruled: Any
) -> None:
    now = timezone.now()
    with pytest.raises(PermissionDenied):
        set_field_rules(by=ruled, now=now, wanted={(PHONE, "manager"): ""})
    with pytest.raises(ValidationError, match="cannot be set so"):
        set_field_rules(by=administrator, now=now, wanted={(PHONE, "read_only"): READ_ONLY})
    with pytest.raises(RulesChanged):
        set_field_rules(by=administrator, now=now, wanted={(PHONE, "manager"): ""}, version=1)

    assert set_field_rules(by=administrator, now=now, wanted={(PHONE, "manager"): ""}) == 1
    assert kept_from(User.objects.get(pk=ruled.pk), "customers.customer") == frozenset()


def test_every_published_field_is_a_line_or_needs_no_rule() -> None:
    keys = {line.key for line in field_matrix.lines()}
    permissions.publish_fields("customers.customer", "customers.view", ["shoe_size"])
    try:
        fresh = {line.key for line in field_matrix.lines()} - keys
    finally:
        del permissions._fields["customers.customer"]["shoe_size"]

    assert fresh == {"customers.customer/shoe_size"}
    assert {PHONE, TAX, "customers.contact/notes", "figures/money.view"} <= keys


def test_figures_are_hidden_by_their_right(administrator: Any, manager: Any) -> None:
    wanted = {("figures/money.view", "manager"): HIDDEN}
    set_field_rules(by=administrator, now=timezone.now(), wanted=wanted)
    manager.refresh_from_db()

    assert (can(manager, "money.view"), can(manager, "value.view")) == (False, True)
    assert permissions.readable_fields(manager, "orders.product") & {"unit_cost_minor"} == set()


def test_the_form_leaves_out_and_shows_and_writes_neither(
    quay: Customer, ruled: Any, signed_in: Any
) -> None:
    client, url = signed_in(ruled), reverse("customers:edit", args=[quay.pk])
    page = client.get(url).content.decode()
    typed = {"kind": "organisation", "name": "Quay 2", "phone": "1", "tax_number": "X", "city": ""}

    assert 'name="phone"' not in page
    assert "does not change it" in page
    assert client.post(url, typed).status_code == 302
    quay.refresh_from_db()
    assert (quay.name, quay.phone, quay.tax_number) == ("Quay 2", "+48 601 234 567", "PL1")


def test_a_filter_a_sort_and_a_search_tell_nothing(
    quay: Customer, administrator: Any, ruled: Any, signed_in: Any
) -> None:
    wanted = {("customers.customer/industry", "manager"): HIDDEN}
    set_field_rules(by=administrator, now=timezone.now(), wanted=wanted)
    client, url = signed_in(ruled), reverse("customers:list")

    filtered = client.get(url, {"industry": "ships"}).content.decode()
    assert "does not see “Industry”" in filtered
    assert "Quay" not in filtered
    assert "Quay" not in client.get(url, {"q": "601234567"}).content.decode().split("<main")[1]
    assert "Quay" in client.get(url, {"q": "quay"}).content.decode()
    found = client.get(reverse("shared:find"), {"q": "601234567"})
    assert "Quay" not in found.content.decode()


def test_the_api_leaves_out_and_refuses(quay: Customer, ruled: Any) -> None:
    api = ApiClient(ruled)
    told = api.get(f"/customers/{quay.pk}").json()
    refused = api.patch(f"/customers/{quay.pk}", {"phone": "+48 601 234 568"})

    assert "phone" not in told
    assert told["tax_number"] == "PL1"
    assert refused.status_code == 403
    assert "“Phone”" in refused.json()["detail"]


def test_a_segment_cannot_ask(ruled: Any, manager: Any) -> None:
    from mainstay.customers.segments.building import allowed
    from mainstay.customers.segments.fields import get

    field: Any = get("customer.phone")

    assert field.permission == sees("customers.customer", "phone")
    assert not allowed(ruled)(field)


def test_the_record_says_what_is_kept_from_whom(quay: Customer, ruled: Any) -> None:
    told = {seeing.user.pk: seeing for seeing in sharing.who_sees(quay)}

    assert told[ruled.pk].fields == "does not see: Phone · does not change: Tax number"


def test_the_page_shows_and_sets_the_matrix(administrator: Any, ruled: Any, signed_in: Any) -> None:
    client, url = signed_in(administrator), reverse("people:fields")
    page = client.get(url).content.decode()
    given = {f"{PHONE}|manager": "", "version": "0"}

    assert "Tax number" in page
    assert f'name="{PHONE}|manager"' in page
    assert "meanwhile" in client.post(url, given, follow=True).content.decode()
    assert "Set 1 rule" in client.post(url, given | {"version": ""}, follow=True).content.decode()
