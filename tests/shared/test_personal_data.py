"""One register of personal data: complete, and read by export and erasure alike."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from mainstay.customers.models import Address, Contact, Customer, Interaction
from mainstay.records.actions import record
from mainstay.records.models import AuditEvent
from mainstay.shared import personal_data
from mainstay.shared.jobs.models import Job, State
from mainstay.shared.personal_data import Erasing, Impersonal, Personal, Subject, register
from tests.factories.customers import (
    AffiliationFactory,
    ContactFactory,
    CustomerFactory,
    InteractionFactory,
)
from tests.factories.orders import OrderFactory

HOW = "publish an entry for it in the personal_data.py of its app"


@pytest.fixture
def entries() -> Iterator[dict[str, Personal | Impersonal]]:
    """The register, as it is again after the test."""
    before = dict(register._entries)
    yield register._entries
    register._entries.clear()
    register._entries.update(before)


def test_every_model_and_every_text_is_classified() -> None:
    assert personal_data.gaps() == [], HOW


@pytest.mark.parametrize(
    ("entry", "gap"),
    [
        (None, "customers.Address is not classified"),
        (Personal("customers.Address", "", customer="customer"), "customers.Address.street"),
        (Personal("customers.Address", ""), "say how its rows are found"),
        (Impersonal("customers.Address", "only streets"), "hangs on a person by “customer”"),
        (Impersonal("customers.Tag", ""), "but not why"),
        (Impersonal("customers.Ghost", "gone"), "there is no such model"),
    ],
)
def test_a_gap_says_what_is_missing(
    entries: dict[str, Personal | Impersonal], entry: Personal | Impersonal | None, gap: str
) -> None:
    if entry is None:
        del entries["customers.address"]
    else:
        personal_data.publish(entry)

    assert gap in "\n".join(personal_data.gaps())


@pytest.mark.django_db
def test_an_export_has_every_row_about_the_customer_and_none_about_others() -> None:
    customer, other = CustomerFactory(name="Weaver & Sons"), CustomerFactory(name="Other")
    AffiliationFactory(customer=customer, contact=ContactFactory(name="Ada Weaver"))
    OrderFactory(customer=customer)
    InteractionFactory(customer=customer, subject="Asked for blue yarn")
    InteractionFactory(customer=other, subject="Asked for red yarn")

    sections = {s.key: s for s in personal_data.exported(Subject(frozenset({customer.pk})))}

    assert sections["customers.customer"].rows[0][0] == "Weaver & Sons"
    assert sections["customers.customer"].labels[0] == "name"
    assert [row[0] for row in sections["customers.interaction"].rows] == ["Asked for blue yarn"]
    assert "orders.order" in sections
    assert "Other" not in str(sections)


@pytest.mark.django_db
def test_an_erasure_leaves_orders_to_the_books_and_others_alone() -> None:
    customer, other = CustomerFactory(name="Weaver & Sons"), CustomerFactory(name="Other")
    order = OrderFactory(customer=customer)
    Address.objects.create(customer=customer, street="Long Lane 1")
    record(by=None, verb="customer.changed", target=customer, now=timezone.now())
    by_name = {"parent": "Weaver & Sons"}
    record(by=None, verb="customer.changed", target=other, new=by_name, now=timezone.now())
    job = Job.objects.create(func="x.y", kwargs={"search": "Weaver & Sons"})

    counts = personal_data.erase_rows(_erasing(Subject(frozenset({customer.pk}))))

    order.refresh_from_db()
    job.refresh_from_db()
    assert order.customer is None
    assert (job.kwargs, job.state) == ({}, State.CANCELLED)
    assert list(Customer.objects.all()) == [other]
    labels = AuditEvent.objects.filter(verb="customer.changed").values_list("target_label", "new")
    assert set(map(str, labels)) == {"('(erased)', {})", "('Other', {'parent': '(erased)'})"}
    assert counts["orders.order"] == counts["customers.address"] == 1


@pytest.mark.django_db
def test_what_was_said_with_a_contact_stays_with_the_customer_without_the_words() -> None:
    place = AffiliationFactory(contact__name="Ada Weaver")
    said = InteractionFactory(customer=place.customer, contact=place.contact, subject="Ada called")

    personal_data.erase_rows(_erasing(Subject(contacts=frozenset({place.contact.pk}))))

    said.refresh_from_db()
    assert (said.contact, said.subject, said.customer) == (None, "–", place.customer)
    assert not Contact.objects.exists()
    assert Interaction.objects.count() == 1


def _erasing(subject: Subject) -> Erasing:
    words = personal_data.identifying_words(subject)
    return Erasing(subject=subject, words=words, by=None, now=timezone.now())
