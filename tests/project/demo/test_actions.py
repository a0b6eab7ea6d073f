from datetime import datetime

import pytest
from django.db.models import F, Sum

from mainstay.account_plans.models import KeyAccount, Selection
from mainstay.customers.models import Customer, Interaction
from mainstay.customers.queries import visible_to
from mainstay.orders.models import Order, OrderLine
from mainstay.people.models import Role, User
from mainstay.people.queries import company
from mainstay.project.demo import actions
from mainstay.project.demo.actions import sign_in, staff
from mainstay.records.models import AuditEvent

pytestmark = pytest.mark.django_db


def make(now: datetime, size: int = 60) -> None:
    actions.make_company(size=size, seed=3, password=sign_in.password(), now=now)


def test_the_company_is_written_whole(now: datetime) -> None:
    make(now)

    assert company().name == "Kotwica Wholesale"
    assert Customer.objects.count() == 60
    assert Interaction.objects.exclude(occurred_at__gt=now).count() > 50
    assert Order.objects.filter(reverses__isnull=False, is_return=True).exists()
    assert AuditEvent.objects.filter(verb="demo.made").count() == 1


def test_an_order_is_the_sum_of_its_lines(now: datetime) -> None:
    make(now)

    sums = Order.objects.annotate(sum=Sum("lines__amount_minor")).exclude(amount_minor=F("sum"))
    assert not sums.exists()
    assert not Order.objects.filter(lines__isnull=True).exists()


def test_no_order_is_later_than_now(now: datetime) -> None:
    make(now)

    assert not Order.objects.filter(ordered_at__gt=now).exists()


def test_keys_go_on_where_the_demo_ended(now: datetime) -> None:
    make(now)

    added = Customer.objects.create(name="Later Ltd")

    assert added.pk == Customer.objects.order_by("pk").last().pk  # type: ignore[union-attr]


def test_one_person_signs_in_for_each_role(now: datetime) -> None:
    make(now)

    for role in Role:
        person = User.objects.get(email=staff.sign_in_of(role))
        assert person.role == role
        assert person.check_password(sign_in.password())


def test_customers_belong_to_teams(now: datetime) -> None:
    make(now)
    anna = User.objects.get(email=staff.sign_in_of(Role.ACCOUNT_MANAGER))

    assert 0 < visible_to(anna).count() < Customer.objects.count()


def test_customers_are_found_by_name(now: datetime) -> None:
    from mainstay.customers.queries import search

    make(now)
    boss = User.objects.get(email=staff.sign_in_of(Role.MANAGER))
    one = Customer.objects.order_by("pk").first()

    assert one is not None
    assert one in search(boss, one.name)


def test_a_demo_never_mixes_with_real_customers(now: datetime) -> None:
    Customer.objects.create(name="Real Ltd")

    with pytest.raises(actions.CannotMakeDemo, match="would mix"):
        make(now)

    assert not User.objects.exists()
    assert not OrderLine.objects.exists()


@pytest.mark.parametrize("size", [0, -5, 3_000_000])
def test_a_size_that_cannot_be_is_a_sentence(size: int, now: datetime) -> None:
    with pytest.raises(actions.CannotMakeDemo, match="ask for 1 to"):
        make(now, size=size)


def test_the_password_stays_the_same_and_is_long() -> None:
    assert sign_in.password() == sign_in.password()
    assert len(sign_in.password()) >= 12


def test_key_accounts_are_chosen_from_the_largest(now: datetime) -> None:
    make(now)
    actions.choose_key_accounts(now=now)

    selection = Selection.objects.get()
    assert selection.candidates.count() == 12
    assert selection.placings.count() == 2
    assert KeyAccount.objects.count() == 5
    assert actions.has_key_accounts()
