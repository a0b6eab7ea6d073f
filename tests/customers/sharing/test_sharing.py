"""A share adds to what a role sees, for a while, to look at or to change."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from mainstay.customers import actions as customers
from mainstay.customers import queries
from mainstay.customers.models import Customer
from mainstay.customers.preferences import actions as preferences
from mainstay.customers.privacy.actions.consents import make_link
from mainstay.customers.quality.actions import deciding as quality
from mainstay.customers.sharing import actions
from mainstay.customers.sharing import queries as sharing
from mainstay.customers.todo import actions as todo
from mainstay.orders.actions.contracts import add_contract
from mainstay.people.actions import set_role_reach
from mainstay.people.models import User
from mainstay.people.permissions import Scope, scope
from mainstay.records.queries import history_of
from tests.factories.customers import CustomerFactory, InteractionFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(owner: Any) -> Customer:
    found: Customer = CustomerFactory(name="Weaver & Sons", owner=owner, team=owner.team)
    InteractionFactory(customer=found)
    return found


def again(user: Any) -> Any:
    """Return the user as the next request finds them."""
    return User.objects.get(pk=user.pk)


def test_a_share_lets_a_stranger_look_and_no_more(
    customer: Customer, owner: Any, stranger: Any, now: datetime
) -> None:
    assert not queries.visible_to(stranger).exists()

    actions.share(by=owner, now=now, customer=customer, user=stranger)

    stranger = again(stranger)
    assert list(queries.visible_to(stranger)) == [customer]
    assert queries.interactions_visible_to(stranger).count() == 1
    assert not queries.changed_by(stranger).exists()
    with pytest.raises(PermissionDenied, match="shared with you to look at"):
        customers.change_customer(
            by=stranger, now=now, customer=customer, values={"city": "Łódź"}, version=None
        )
    with pytest.raises(PermissionDenied):
        actions.share(by=stranger, now=now, customer=customer, user=owner)


def test_a_share_to_change_is_one_and_the_owner_keeps_all(
    customer: Customer, owner: Any, stranger: Any, now: datetime
) -> None:
    actions.share(by=owner, now=now, customer=customer, team=stranger.team, may_edit=True)

    customers.change_customer(
        by=again(stranger), now=now, customer=customer, values={"city": "Łódź"}, version=None
    )

    assert Customer.objects.get().city == "Łódź"
    assert list(queries.changed_by(again(owner))) == [customer]
    assert "customer.shared" in history_of(customer).values_list("verb", flat=True)


def test_a_share_ends_on_its_day_or_when_it_is_taken_back(
    customer: Customer, owner: Any, stranger: Any, clock: Any
) -> None:
    now = timezone.now()
    row = actions.share(by=owner, now=now, customer=customer, user=stranger)
    sharing.Share.objects.update(ends_at="2001-01-01T00:00Z")
    assert not queries.visible_to(again(stranger)).exists()

    sharing.Share.objects.update(ends_at=None)
    actions.stop_sharing(by=owner, now=now, customer=customer, share=row)
    assert not queries.visible_to(again(stranger)).exists()


def test_a_share_is_with_one_and_not_for_a_day_that_is_over(
    customer: Customer, owner: Any, stranger: Any, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="one of them"):
        actions.share(by=owner, now=now, customer=customer)
    with pytest.raises(ValidationError, match="is over"):
        actions.share(
            by=owner,
            now=now,
            customer=customer,
            user=stranger,
            until=now.date() - timedelta(days=1),
        )


def test_the_page_says_who_sees_the_record_and_why(
    customer: Customer, owner: Any, stranger: Any, manager: Any, signed_in: Any
) -> None:
    UserFactory(name="Carl Colleague", role="account_manager", team=owner.team)
    told = {str(each.user): each for each in sharing.who_sees(customer)}

    assert "looks after this customer" in told["Olga Owner"].why
    assert "the customer's team" in told["Carl Colleague"].why
    assert told[str(manager)].why == "the role sees all records"
    assert (told["Stan Stranger"].sees, told["Stan Stranger"].edits) == (False, False)

    answer = signed_in(owner).post(
        reverse("sharing:who_sees", args=[customer.pk]), {"user": stranger.pk, "kind": "edit"}
    )
    page = signed_in(stranger).get(reverse("sharing:who_sees", args=[customer.pk]))
    assert answer.status_code == 302
    assert "shared with this person, to change it" in page.content.decode()


def test_an_administrator_sets_how_far_a_role_sees_within_bounds(
    administrator: Any, service_agent: Any, now: datetime
) -> None:
    set_role_reach(by=administrator, now=now, role="service_agent", reach="own")

    assert scope(again(service_agent)) is Scope.OWN
    with pytest.raises(ValidationError, match="cannot see so far"):
        set_role_reach(by=administrator, now=now, role="administrator", reach="own")
    with pytest.raises(PermissionDenied):
        set_role_reach(by=service_agent, now=now, role="analyst", reach="own")
    assert scope(again(administrator)) is Scope.ALL


def _changes(customer: Customer, by: Any, now: datetime) -> dict[str, Callable[[], Any]]:
    known: dict[str, Any] = {"by": by, "now": now}
    start = {"reference": "C-1", "starts": now.date()}
    return {
        "task": lambda: todo.add(**known, values={"title": "Call", "customer": customer}),
        "preference": lambda: preferences.note(**known, about=customer, values={}),
        "link": lambda: preferences.ask(**known, about=customer),
        "record confirmed": lambda: quality.confirm(**known, customer=customer, today=now.date()),
        "contract": lambda: add_contract(**known, customer=customer, values=start),
        "choices": lambda: make_link(**known, person=customer),
        "tags": lambda: customers.set_tags(**known, customer=customer, names=["A"]),
        "several": lambda: customers.may_edit_all(by, [customer.pk]),
    }


@pytest.mark.parametrize("what", _changes(Customer(), None, timezone.now()))
def test_nothing_that_hangs_on_it_is_changed_by_who_may_look(
    customer: Customer, owner: Any, now: datetime, what: str
) -> None:
    looking = UserFactory(role="manager", reach="own")
    actions.share(by=owner, now=now, customer=customer, user=looking)

    with pytest.raises(PermissionDenied, match="to look at"):
        _changes(customer, again(looking), now)[what]()
    _changes(customer, owner, now)["task"]()
