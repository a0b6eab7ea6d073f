"""What is written of a change for those who subscribed."""

import pytest
from django.db import transaction

from mainstay.customers import actions
from mainstay.shared import events
from mainstay.shared.events.models import Event
from tests.factories.customers import CustomerFactory
from tests.factories.events import EndpointFactory

pytestmark = pytest.mark.django_db


def written():
    rows = Event.objects.order_by("pk").values_list("name", "items")
    return [(name, *item) for name, items in rows for item in items]


def test_a_change_is_told_to_who_subscribed_with_the_names_of_the_fields(owner, now):
    EndpointFactory(owner=owner, wants=["customer.created", "customer.updated"])

    customer = actions.add_customer(by=owner, now=now, values={"name": "Łęcki"})
    values = {"city": "Łódź", "name": "Łęcki"}
    actions.change_customer(by=owner, now=now, customer=customer, values=values, version=None)
    actions.archive_customer(by=owner, now=now, customer=customer)

    assert written() == [
        ("customer.created", customer.pk, {}),
        ("customer.updated", customer.pk, {"changed": ["city"]}),
    ]


def test_without_a_subscriber_one_question_and_no_row(now, django_assert_num_queries):
    customer = CustomerFactory()
    EndpointFactory(wants=["order.created"])

    with django_assert_num_queries(1):
        events.emit("customer.merged", subject=customer, now=now)

    assert written() == []


def test_a_change_that_is_taken_back_tells_nothing(owner, now):
    EndpointFactory(owner=owner, wants=["customer.created"])

    with transaction.atomic():
        actions.add_customer(by=owner, now=now, values={"name": "Łęcki"})
        transaction.set_rollback(True)

    assert written() == []


def test_many_subjects_share_rows(now, django_assert_max_num_queries):
    EndpointFactory(wants=["order.created"])

    with django_assert_max_num_queries(30):
        events.emit_many("order.created", subjects=((n, {}) for n in range(1005)), now=now)

    assert [len(row.items) for row in Event.objects.order_by("pk")] == [100] * 10 + [5]
