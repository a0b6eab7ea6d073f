import pytest

from mainstay.customers import actions as customers
from mainstay.customers.custom_fields import queries
from mainstay.customers.custom_fields.models import Definition
from mainstay.customers.models import Customer
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db
FIELDS = "/customers/fields/"


def test_an_administrator_adds_a_list_changes_it_and_puts_it_away(administrator, signed_in):
    client = signed_in(administrator)
    assert "No fields of your own yet" in client.get(FIELDS).content.decode()
    assert "a size, a region" in client.get(f"{FIELDS}add/customer/").content.decode()

    values = {"label": "Size", "answers": "small\n\nlarge", "group": "Profile"}
    client.post(f"{FIELDS}add/customer/choice/", values)

    size = Definition.objects.get()
    page = client.get(FIELDS).content.decode()
    assert "small, large" in page
    assert "Profile" in page
    edit = f"{FIELDS}{size.pk}/"
    client.post(edit, values | {"label": "Class", "version": size.version})
    assert Definition.objects.get().label == "Class"
    client.post(f"{edit}archive/")
    assert Definition.objects.get().archived_at
    client.post(f"{edit}archive/")
    assert Definition.objects.get().archived_at is None


def test_the_second_who_edits_a_field_is_told(administrator, signed_in, field):
    code = field("Code", "text")
    client = signed_in(administrator)
    client.post(f"{FIELDS}{code.pk}/", {"label": "Key", "version": 1})

    page = client.post(f"{FIELDS}{code.pk}/", {"label": "Mark", "version": 1})

    assert page.status_code == 200
    assert "Mark" in page.content.decode()
    assert Definition.objects.get().label == "Key"


def test_a_type_is_changed_after_a_look_at_what_is_kept(administrator, signed_in, field):
    code = field("Code", "text")
    customers.change_customer(
        by=None,
        now=NOW,
        customer=CustomerFactory(),
        values={"custom": {"code": "12"}},
        version=None,
    )
    client = signed_in(administrator)
    become = f"{FIELDS}{code.pk}/become"

    assert "1 value is kept" in client.get(f"{become}/whole/").content.decode()
    assert "1 of 1 values cannot be kept" in client.get(f"{become}/email/").content.decode()
    assert client.get(f"{become}/user/").status_code == 302
    client.post(f"{become}/whole/")
    assert Definition.objects.get().type == "whole"


def test_fields_move_within_their_group(administrator, signed_in, field):
    field("First", "text")
    second = field("Second", "text")

    signed_in(administrator).post(f"{FIELDS}{second.pk}/move/up/")

    assert [each.label for each in queries.definitions("customer")] == ["Second", "First"]


def test_the_customers_form_asks_and_the_page_tells(field, manager, owner, signed_in):
    field("Code", "text", group="Profile", help="As on the card.", required=True)
    field("Budget", "money", currency="EUR", low="0")
    field("Secret", "text", seen_by=["manager"])
    client = signed_in(manager)
    form = client.get("/customers/add/").content.decode()
    assert form.index("Profile") < form.index("As on the card.")

    refused = client.post(
        "/customers/add/", {"kind": "person", "name": "Anna", "custom_budget": "-1"}
    )
    client.post(
        "/customers/add/",
        {
            "kind": "person",
            "name": "Anna",
            "owner": owner.pk,
            "custom_code": "A1",
            "custom_budget": "12.5",
            "custom_secret": "s3",
        },
    )

    assert "This field is required" in refused.content.decode()
    customer = Customer.objects.get()
    page = client.get(f"/customers/{customer.pk}/").content.decode()
    assert "A1" in page
    assert "€12.50" in page
    seen_by_owner = signed_in(owner).get(f"/customers/{customer.pk}/").content.decode()
    assert "A1" in seen_by_owner
    assert "s3" not in seen_by_owner


def test_the_second_who_edits_a_customer_sees_the_firsts_answer(field, manager, signed_in):
    field("Code", "text")
    customer = CustomerFactory(name="Alfa")
    client = signed_in(manager)
    edit = f"/customers/{customer.pk}/edit/"
    typed = {"kind": "organisation", "name": "Alfa", "version": 1}
    client.post(edit, typed | {"custom_code": "theirs"})

    page = client.post(edit, typed | {"custom_code": "mine"}).content.decode()

    assert "theirs" in page
    assert "mine" in page


def test_a_contact_has_fields_of_its_own(field, manager, signed_in):
    field("Nickname", "text", of="contact")
    place = AffiliationFactory()
    client = signed_in(manager)

    client.post(
        f"/customers/contacts/{place.contact_id}/edit/",
        {"name": "Anna", "custom_nickname": "Ania", "version": 1},
    )

    page = client.get(f"/customers/contacts/{place.contact_id}/").content.decode()
    assert "Ania" in page
