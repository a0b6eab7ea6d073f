"""A merge moves everything, refuses what cannot be, and finds every relation by itself."""

from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers import actions as customers
from mainstay.customers import queries
from mainstay.customers.merging import queries as merging
from mainstay.customers.merging import relations
from mainstay.customers.models import Affiliation, Customer
from mainstay.engine import mirror
from mainstay.orders import actions as orders
from mainstay.orders.models import MirrorDebt, Order
from mainstay.records.models import AuditEvent
from mainstay.shared import personal_data
from tests.conftest import NOW
from tests.customers.merging.world import fresh, join, twins
from tests.factories.customers import (
    AffiliationFactory,
    ContactFactory,
    CustomerFactory,
    InteractionFactory,
)

pytestmark = pytest.mark.django_db


def test_everything_moves_and_what_stands_twice_stays_behind() -> None:
    kept, gone = twins()

    join(kept, gone)

    counts = merging.counts("customer", [kept.pk, gone.pk])
    assert counts == {
        "customers.interaction.customer": {kept.pk: 2},
        "customers.externalreference.customer": {kept.pk: 2},
        "customers.customer.parent": {kept.pk: 1},
        "customers.affiliation.customer": {kept.pk: 2, gone.pk: 1},  # the same place of Anna's
        "customers.customer_tags.customer": {kept.pk: 3, gone.pk: 1},  # the tag both had
        "customers.address.customer": {kept.pk: 1, gone.pk: 1},
        "orders.order.customer": {kept.pk: 2},
        "orders.contract.customer": {kept.pk: 1, gone.pk: 1},  # the same number
    }
    kept = fresh(kept)
    assert (kept.name, kept.phone, kept.industry) == (
        "Hanza Sp. z o.o.",
        "+48 58 301 20 30",
        "Shipping",
    )


def test_the_tombstone_leads_to_the_survivor_and_search_finds_the_number(
    administrator: Any,
) -> None:
    kept, gone = twins()
    third = CustomerFactory()

    join(kept, gone)
    join(third, kept)

    assert merging.into("customer", gone.pk) == third.pk
    assert sorted(merging.tombstones_of("customer", third.pk)) == sorted([kept.pk, gone.pk])
    assert [row.pk for row in queries.search(administrator, "K-2")] == [third.pk]


def test_an_import_of_the_same_rows_meets_the_survivor() -> None:
    kept, gone = twins()
    join(kept, gone)
    rows = [("K-1", {"name": "Hanza Sp. z o.o."}), ("K-2", {"name": "Hanza SA"})]

    done = customers.record_customers(by=None, now=NOW, source="ERP", rows=rows)

    assert (done.added, set(done.ids.values())) == (0, {kept.pk})
    assert fresh(kept).name == "Hanza SA"
    assert fresh(gone).name == "HANZA"


def test_the_mirror_is_owed_the_orders_that_moved() -> None:
    kept, gone = twins()
    orders.pay()

    join(kept, gone)

    moved = Order.objects.get(pk=MirrorDebt.objects.get().order_id)
    assert moved.customer_id == kept.pk
    orders.pay()
    folder = mirror.folder_of(settings.MIRROR_URL)
    files = mirror.files(folder, "order_lines")
    assert {pk for file in files for pk in pq.read_table(file)["customer_id"].to_pylist()} == {
        kept.pk
    }


def test_a_parent_within_the_group_gives_way_to_the_next_outside() -> None:
    top = CustomerFactory(name="Top")
    gone = CustomerFactory(name="Middle", parent=top)
    between = CustomerFactory(name="Between", parent=gone)
    kept = CustomerFactory(name="Below", parent=between)

    join(kept, gone)

    assert fresh(kept).parent_id == top.pk
    assert fresh(between).parent_id == kept.pk


def test_contacts_merge_with_their_places_and_talks() -> None:
    kept, gone = ContactFactory(name="Anna Nowak"), ContactFactory(name="A. Nowak", email="a@b.pl")
    place = AffiliationFactory(contact=gone)
    talk = InteractionFactory(customer=place.customer, contact=gone)

    join(kept, gone)

    assert fresh(place).contact_id == fresh(talk).contact_id == kept.pk
    assert fresh(kept).email == "a@b.pl"
    assert "nowak" in fresh(place.customer).search
    assert merging.into("contact", gone.pk) == kept.pk


def test_chosen_values_win_and_what_belongs_together_stays_together(owner: Any) -> None:
    kept, gone = twins()
    channel = customers.channel_named("Fair")
    campaign = customers.campaign_named(channel, "Poznań")
    Customer.objects.filter(pk=gone.pk).update(
        acquisition_channel=channel, acquisition_campaign=campaign, restricted=True
    )

    join(kept, gone, name=gone.pk, acquisition_campaign=kept.pk)

    kept = fresh(kept)
    assert kept.name == "HANZA"
    assert (kept.acquisition_channel, kept.acquisition_campaign) == (channel, campaign)
    assert kept.restricted


@pytest.mark.parametrize("case", ["alone", "twice", "tombstone", "archived", "field", "value"])
def test_what_cannot_be_merged_gets_a_sentence_and_changes_nothing(case: str) -> None:
    kept, gone = twins()
    third = CustomerFactory()
    if case == "tombstone":
        join(third, gone)
    if case == "archived":
        customers.archive_customer(by=None, now=NOW, customer=kept)
    events = AuditEvent.objects.count()
    wishes: dict[str, Any] = {
        "alone": ((kept,), {}),
        "twice": ((kept, gone, gone), {}),
        "tombstone": ((kept, gone), {}),
        "archived": ((kept, gone), {}),
        "field": ((kept, gone), {"sort_name": kept.pk}),
        "value": ((kept, gone), {"name": third.pk}),
    }

    rows, choices = wishes[case]
    with pytest.raises(ValidationError) as refused:
        join(*rows, **choices)

    assert refused.value.messages[0].endswith(".")
    assert AuditEvent.objects.count() == events
    assert Affiliation.objects.filter(customer=gone).count() == (0 if case == "tombstone" else 2)


def test_only_who_sees_both_and_may_edit_merges(
    owner: Any, stranger: Any, service_agent: Any
) -> None:
    kept, gone = CustomerFactory(owner=owner), CustomerFactory(owner=stranger)

    with pytest.raises(ValidationError, match="may see"):
        join(kept, gone, by=owner)
    with pytest.raises(PermissionDenied):
        join(kept, gone, by=service_agent)


def test_every_row_that_hangs_on_a_customer_can_be_noted_by_its_number() -> None:
    for subject in ("customer", "contact"):
        for relation in relations.relations(subject):
            kind = relation.model._meta.pk.get_internal_type()
            assert kind in {"BigAutoField", "AutoField", "BigIntegerField"}, relation.key


def test_erasing_a_person_means_the_tombstones_too() -> None:
    kept, gone = twins()
    third = CustomerFactory()
    join(kept, gone)
    join(third, kept)

    meant = personal_data.widened(personal_data.Subject(customers=frozenset([gone.pk])))

    assert meant.customers == {kept.pk, gone.pk, third.pk}
