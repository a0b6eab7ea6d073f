from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers import actions as customers
from mainstay.customers.custom_fields import actions, queries
from mainstay.customers.models import Contact, Customer
from mainstay.records.models import AuditEvent
from mainstay.shared.versions import EditedMeanwhile
from tests.conftest import NOW
from tests.factories.customers import ContactFactory, CustomerFactory


def written(customer, **custom):
    """Write custom values as the program does; return the customer."""
    return customers.change_customer(
        by=None, now=NOW, customer=customer, values={"custom": custom}, version=None
    )


def values(record, of="customer"):
    fields = queries.definitions(of)
    return queries.values_of(of, [record.pk], fields).get(record.pk, {})


def test_a_customer_keeps_values_of_every_type(field, manager):
    field("Code", "text")
    field("Budget", "money", currency="JPY")
    field("Share", "decimal", places=3)
    field("Until", "day")
    size = field("Size", "choice", answers=["small", "large"])
    field("Uses", "choices", answers=["pumps", "valves"])
    field("Second owner", "user")
    customer = CustomerFactory()

    custom = {"code": "K-7", "budget": "1500", "share": "0.125", "until": "2027-01-31"}
    lists = {"size": "LARGE", "uses": ["valves", "pumps"], "second_owner": manager.email}
    written(customer, **custom, **lists)

    large = size.choices.get(label="large").pk
    assert values(customer) | {"uses": None} == {
        "code": "K-7",
        "budget": 1500,
        "share": 125,
        "until": date(2027, 1, 31),
        "size": large,
        "uses": None,
        "second_owner": manager,
    }
    assert len(values(customer)["uses"]) == 2
    written(customer, code=None, uses=[])
    assert {"code", "uses"}.isdisjoint(values(customer))


def test_the_history_tells_old_and_new_and_the_version_moves(field):
    field("Code", "text")
    customer = CustomerFactory()

    written(customer, code="A")
    written(customer, code="B")
    written(customer, code="B")

    told = AuditEvent.objects.filter(verb="customer.changed").order_by("pk")
    assert [(event.old, event.new) for event in told] == [
        ({"Code": None}, {"Code": "A"}),
        ({"Code": "A"}, {"Code": "B"}),
    ]
    customer.refresh_from_db()
    assert customer.version == 3


def test_a_customer_is_found_by_the_words_of_fields_that_all_may_see(field, manager):
    field("Code", "text")
    field("Secret", "text", seen_by=["manager"])
    customer = CustomerFactory(name="Alfa")

    written(customer, code="Żuraw", secret="Hidden")

    customer.refresh_from_db()
    assert " zuraw" in customer.search
    assert "hidden" not in customer.search


def test_a_contact_has_fields_and_is_found_by_them(field, now):
    field("Nickname", "text", of="contact")
    contact = ContactFactory(name="Anna")

    customers.change_contact(
        by=None, now=now, contact=contact, values={"custom": {"nickname": "Ania"}}, version=None
    )

    assert values(contact, "contact") == {"nickname": "Ania"}
    assert " ania" in Contact.objects.get().search


def test_bad_values_are_named_and_nothing_is_half_written(field):
    field("Code", "text")
    field("Size", "choice", answers=["small"])
    customer = CustomerFactory()

    with pytest.raises(ValidationError) as refusal:
        written(customer, code="A", size="huge", colour="red")

    assert set(refusal.value.error_dict) == {"custom_size", "custom_colour"}
    assert "write one of: small" in str(refusal.value)
    assert values(customer) == {}


def test_what_is_required_is_asked_of_people_not_of_the_program(field, manager, now):
    field("Code", "text", required=True)

    customers.add_customer(by=None, now=now, values={"name": "Imported"})
    with pytest.raises(ValidationError) as refusal:
        customers.add_customer(by=manager, now=now, values={"name": "By hand"})

    assert list(refusal.value.error_dict) == ["custom_code"]
    assert not Customer.objects.filter(name="By hand").exists()


def test_no_two_alike(field, now):
    code = field("Code", "text", unique=True)
    first, second = CustomerFactory(), CustomerFactory()
    written(first, code="K-7")
    written(first, code="K-7")

    with pytest.raises(ValidationError, match="no two may be alike"):
        written(second, code="k-7")

    actions.change_field(by=None, now=now, field=code, values={"unique": False})
    written(second, code="k-7")
    with pytest.raises(ValidationError, match="correct them first"):
        actions.change_field(by=None, now=now, field=code, values={"unique": True})


def test_a_batch_writes_custom_fields_and_refuses_rows_alone(field, manager, now):
    field("Code", "text", unique=True)
    rows = [
        ("1", {"name": "One", "custom": {"code": "A"}}),
        ("2", {"name": "Two", "custom": {"code": "A"}}),
        ("3", {"name": "Three", "custom": {"colour": "red"}}),
        ("4", {"name": "Four"}),
    ]

    done = customers.record_customers(by=manager, now=now, source="shop", rows=rows)

    assert sorted(done.refused) == [1, 2]
    assert values(Customer.objects.get(name="One")) == {"code": "A"}
    assert set(done.ids) == {"1", "2", "4"}


def test_roles_see_and_fill_only_their_fields(field, manager, owner, now):
    field("Open", "text")
    field("Secret", "text", seen_by=["manager"])
    field("Fixed", "text", edited_by=["manager"])
    customer = CustomerFactory(owner=owner)

    assert [each.key for each in queries.visible(owner, "customer")] == ["open", "fixed"]
    assert [each.key for each in queries.editable(owner, "customer")] == ["open"]
    for key in ("secret", "fixed"):
        with pytest.raises(ValidationError, match="no field"):
            customers.change_customer(
                by=owner, now=now, customer=customer, values={"custom": {key: "x"}}, version=None
            )
    customers.change_customer(
        by=manager, now=now, customer=customer, values={"custom": {"secret": "x"}}, version=None
    )
    assert queries.kept_from_history(owner, "customers") == {"Secret"}


def test_only_administrators_change_fields_and_the_second_is_told(field, manager, now):
    code = field("Code", "text")

    with pytest.raises(PermissionDenied):
        actions.archive_field(by=manager, now=now, field=code)
    actions.change_field(by=None, now=now, field=code, values={"label": "Key"}, version=1)
    with pytest.raises(EditedMeanwhile):
        actions.change_field(by=None, now=now, field=code, values={"label": "Mark"}, version=1)


def test_a_field_that_is_put_away_leaves_everything_and_keeps_its_values(field, now):
    code = field("Code", "text")
    customer = CustomerFactory()
    written(customer, code="A")

    actions.archive_field(by=None, now=now, field=code)
    assert values(customer) == {}

    actions.restore_field(by=None, now=now, field=code)
    assert values(customer) == {"code": "A"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"type": "whole", "low": "9", "high": "1"}, "lies below"),
        ({"type": "day", "low": "soon"}, "not a day"),
        ({"type": "money", "currency": "XYZ"}, "not a currency"),
        ({"type": "choice", "answers": ["  "]}, "at least one answer"),
        ({"type": "text", "key": "Not A Key"}, "small letters"),
        ({"type": "text", "label": "x" * 81}, "80"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(field, values, sentence):
    with pytest.raises(ValidationError, match=sentence):
        field(values.pop("label", "Field"), **values)


def test_answers_are_renamed_in_place_by_their_order_and_put_away(field, now):
    size = field("Size", "choice", answers=["small", "large"])
    customer = CustomerFactory()
    written(customer, size="large")

    actions.change_field(by=None, now=now, field=size, values={"answers": ["large", "huge"]})

    assert customer.custom_values.get().number == 0
    assert [each.label for each in queries.answers(queries.every().get())] == ["large", "huge"]
    with pytest.raises(ValidationError):
        written(customer, size="small")


@pytest.mark.parametrize(
    ("before", "typed", "to", "after"),
    [
        ("text", "42", "whole", 42),
        ("text", "ja", "yes_no", None),
        ("whole", 42, "text", "42"),
        ("day", "2026-03-05", "text", "2026-03-05"),
        ("decimal", "2.50", "whole", None),
        ("decimal", "2.00", "whole", 2),
        ("email", "anna@example.com", "long_text", "anna@example.com"),
    ],
)
def test_a_type_changes_only_when_nothing_is_lost(field, now, before, typed, to, after):
    made = field("Field", before)
    customer = CustomerFactory()
    written(customer, field=typed)

    preview = actions.preview(made, to)
    assert (preview.total, preview.lost) == (1, int(after is None))
    if after is None:
        with pytest.raises(ValidationError, match="cannot be kept"):
            actions.convert(by=None, now=now, field=made, to=to)
        assert queries.definitions("customer")[0].type == before
    else:
        actions.convert(by=None, now=now, field=made, to=to)
        assert values(customer) == {"field": after}


def test_texts_become_answers_and_a_wrong_type_is_refused(field, now):
    made = field("Field", "text")
    for word in ("red", "blue", "red"):
        written(CustomerFactory(), field=word)

    actions.convert(by=None, now=now, field=made, to="choice")

    assert sorted(made.choices.values_list("label", flat=True)) == ["blue", "red"]
    with pytest.raises(ValidationError, match="without loss"):
        actions.convert(by=None, now=now, field=made, to="user")
