from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers import actions, queries
from mainstay.customers.models import Customer
from mainstay.records.queries import history_of
from mainstay.shared.versions import EditedMeanwhile
from tests.factories.customers import AffiliationFactory, ContactFactory, CustomerFactory

pytestmark = pytest.mark.django_db


def messages(refusal: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(refusal.value.messages)


def test_a_new_customer_is_its_adders_and_found_by_its_particulars(
    owner: Any, now: datetime
) -> None:
    values = {
        "name": " Łódzkie Młyny ",
        "email": "Biuro@MLYNY.pl",
        "phone": "601 234 567",
        "country": "pl",
        "tax_number": "725-000-11-22",
    }

    customer = actions.add_customer(by=owner, now=now, values=values)

    assert (customer.owner, customer.team) == (owner, owner.team)
    assert customer.name == "Łódzkie Młyny"
    assert customer.email == "Biuro@mlyny.pl"
    assert customer.phone == "+48 601 234 567"
    assert customer.country == "PL"
    for typed in (
        "lodzkie",
        "MŁYNY łódz",
        "biuro@mlyny.pl",
        "601234567",
        "+48 601-234",
        "72500011",
    ):
        assert list(queries.search(owner, typed)) == [customer], typed
    event = history_of(customer).get()
    assert (event.verb, event.new["name"]) == ("customer.added", "Łódzkie Młyny")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "cannot be blank"),
        ("name", "a\0b", "control character"),
        ("name", "x" * 201, "at most 200"),
        ("email", "nobody at home", "is not an e-mail address"),
        ("phone", "call me", "is not a telephone number"),
        ("country", "Atlantis", "is not a country"),
        ("founded_year", 2**40, "less than or equal to 9999"),
        ("colour", "red", "no field “colour”"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    owner: Any, now: datetime, field: str, value: Any, sentence: str
) -> None:
    values = {"name": "Firma", field: value}

    with pytest.raises(ValidationError) as refusal:
        actions.add_customer(by=owner, now=now, values=values)

    assert sentence in messages(refusal)
    assert not Customer.objects.exists()


def test_the_second_editor_is_told_and_nothing_is_lost(owner: Any, now: datetime) -> None:
    customer = actions.add_customer(by=owner, now=now, values={"name": "Firma"})
    first = {"phone": "+48601234567"}
    actions.change_customer(by=owner, now=now, customer=customer, values=first, version=1)

    second = {"name": "Firma SA"}
    with pytest.raises(EditedMeanwhile) as told:
        actions.change_customer(by=owner, now=now, customer=customer, values=second, version=1)

    assert told.value.current.phone == "+48 601 234 567"
    customer.refresh_from_db()
    assert (customer.name, customer.phone, customer.version) == ("Firma", "+48 601 234 567", 2)


def test_a_change_records_old_and_new_of_what_differs(owner: Any, now: datetime) -> None:
    customer = actions.add_customer(by=owner, now=now, values={"name": "Firma", "city": "Łódź"})

    values = {"name": "Firma SA", "city": "Łódź"}
    actions.change_customer(by=owner, now=now, customer=customer, values=values, version=1)
    actions.change_customer(by=owner, now=now, customer=customer, values=values, version=2)

    latest, _added = history_of(customer)
    assert (latest.old, latest.new) == ({"name": "Firma"}, {"name": "Firma SA"})
    assert list(queries.search(owner, "sa")) == [customer]


def test_a_stranger_cannot_change_what_they_cannot_see(
    owner: Any, stranger: Any, now: datetime
) -> None:
    customer = actions.add_customer(by=owner, now=now, values={"name": "Firma"})

    with pytest.raises(Customer.DoesNotExist):
        actions.change_customer(
            by=stranger, now=now, customer=customer, values={"name": "Mine"}, version=1
        )
    actions.archive_customer(by=stranger, now=now, customer=customer)

    customer.refresh_from_db()
    assert (customer.name, customer.archived_at) == ("Firma", None)


def test_who_only_reads_changes_nothing(read_only: Any, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_customer(by=read_only, now=now, values={"name": "Firma"})


def test_an_archived_customer_leaves_search_and_comes_back(owner: Any, now: datetime) -> None:
    customer = actions.add_customer(by=owner, now=now, values={"name": "Firma"})

    actions.archive_customer(by=owner, now=now, customer=customer)
    assert not queries.search(owner, "firma").exists()

    actions.restore_customer(by=owner, now=now, customer=customer)
    assert queries.search(owner, "firma").exists()
    verbs = list(history_of(customer).values_list("verb", flat=True))
    assert verbs == ["customer.restored", "customer.archived", "customer.added"]


def test_a_customer_cannot_stand_above_its_own_parent(owner: Any, now: datetime) -> None:
    top = actions.add_customer(by=owner, now=now, values={"name": "Holding"})
    low = actions.add_customer(by=owner, now=now, values={"name": "Plant", "parent": top})

    with pytest.raises(ValidationError) as refusal:
        actions.change_customer(
            by=owner, now=now, customer=top, values={"parent": low}, version=None
        )

    assert "stands below" in messages(refusal)


def test_a_reference_names_one_customer(owner: Any, now: datetime) -> None:
    first, second = CustomerFactory(owner=owner), CustomerFactory(owner=owner)
    actions.add_reference(by=owner, now=now, customer=first, source="ERP", external_id="K-0017")

    actions.add_reference(by=owner, now=now, customer=first, source="ERP", external_id="K-0017")
    with pytest.raises(ValidationError) as refusal:
        actions.add_reference(
            by=owner, now=now, customer=second, source="ERP", external_id="K-0017"
        )

    assert "names another customer" in messages(refusal)
    assert queries.by_reference(owner, "ERP", ["K-0017", "K-1"]) == {"K-0017": first.pk}
    assert list(queries.search(owner, "K-0017")) == [first]


def test_tags_are_set_as_a_whole(owner: Any, now: datetime) -> None:
    customer = CustomerFactory(owner=owner)

    actions.set_tags(by=owner, now=now, customer=customer, names=["key", " wine ", "key", ""])
    actions.set_tags(by=owner, now=now, customer=customer, names=["wine"])

    assert list(customer.tags.values_list("name", flat=True)) == ["wine"]
    assert history_of(customer)[0].old == {"tags": ["key", "wine"]}


def test_an_address_needs_something_in_it(owner: Any, now: datetime) -> None:
    customer = CustomerFactory(owner=owner)

    with pytest.raises(ValidationError):
        actions.save_address(by=owner, now=now, customer=customer, values={"kind": "main"})
    address = actions.save_address(
        by=owner, now=now, customer=customer, values={"city": "Gdańsk", "country": "pl"}
    )
    actions.remove_address(by=owner, now=now, customer=customer, address=address)

    assert history_of(customer)[0].old["city"] == "Gdańsk"


def test_a_contact_is_found_by_name_at_its_customer(owner: Any, now: datetime) -> None:
    customer = CustomerFactory(owner=owner, name="Hurtownia")

    contact = actions.add_contact(
        by=owner, now=now, values={"name": "Zoë Żak"}, customer=customer, position="Buyer"
    )
    actions.change_contact(
        by=owner, now=now, contact=contact, values={"name": "Zoë Nowak"}, version=1
    )

    assert list(queries.search(owner, "zoe nowak")) == [customer]
    assert not queries.search(owner, "zak").exists()
    with pytest.raises(EditedMeanwhile):
        actions.change_contact(by=owner, now=now, contact=contact, values={"name": "Z"}, version=1)


def test_a_contact_moves_on_and_the_past_stays(owner: Any, now: datetime) -> None:
    place = AffiliationFactory(customer__owner=owner)

    actions.end_affiliation(by=owner, now=now, affiliation=place, last_day=date(2026, 2, 28))

    assert queries.present_contacts(place.customer, now.date()) == 0
    assert list(queries.affiliations(place.customer)) == [place]
    values = {"from_date": date(2026, 3, 1)}
    with pytest.raises(ValidationError):
        actions.change_affiliation(by=owner, now=now, affiliation=place, values=values)


def test_an_interaction_happened_with_one_of_the_customers_contacts(
    owner: Any, now: datetime
) -> None:
    place = AffiliationFactory(customer__owner=owner)
    values = {"channel": "call", "subject": "Prices", "contact": place.contact}

    interaction = actions.add_interaction(by=owner, now=now, customer=place.customer, values=values)

    assert (interaction.user, interaction.occurred_at) == (owner, now)
    refused: list[dict[str, Any]] = [
        {"contact": ContactFactory()},
        {"occurred_at": now + timedelta(days=1)},
        {"channel": "telepathy"},
        {"subject": ""},
    ]
    for change in refused:
        with pytest.raises(ValidationError):
            actions.add_interaction(
                by=owner, now=now, customer=place.customer, values=values | change
            )


def test_a_stranger_adds_no_interaction(owner: Any, stranger: Any, now: datetime) -> None:
    customer = CustomerFactory(owner=owner)

    with pytest.raises(ValidationError):
        actions.add_interaction(
            by=stranger, now=now, customer=customer, values={"channel": "call", "subject": "Hi"}
        )


def test_a_corrected_interaction_keeps_what_stood_there_in_the_log(
    owner: Any, now: datetime
) -> None:
    values = {"channel": "call", "subject": "Prices"}
    customer = CustomerFactory(owner=owner)
    interaction = actions.add_interaction(by=owner, now=now, customer=customer, values=values)

    actions.change_interaction(
        by=owner, now=now, interaction=interaction, values={"subject": "Costs"}
    )
    actions.archive_interaction(by=owner, now=now, interaction=interaction)

    archived, changed, _added = history_of(interaction)
    assert archived.verb == "interaction.archived"
    assert changed.old == {"subject": "Prices"}
