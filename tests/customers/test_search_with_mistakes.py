"""The search forgives one wrong letter, and shows only what the person may see."""

import pytest
from django.urls import reverse

from mainstay.customers import actions, palette
from mainstay.customers.models import Tag
from mainstay.customers.tasks import read_texts
from tests.factories.customers import ContactFactory, CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db
NAMES = ["Kowalski Logistyka", "Łęcki i Syn", "Иванов Авто", "王伟明 机械", "Bernard Toys"]


@pytest.fixture
def names(owner, now):
    for name in NAMES:
        actions.add_customer(by=owner, now=now, values={"name": name})


@pytest.mark.parametrize(
    ("typed", "found", "meant"),
    [
        ("kowalski", NAMES[0], ""),
        ("kowalsky", NAMES[0], "kowalski"),
        ("Kowlaski", NAMES[0], "kowalski"),
        ("kowalski logistka", NAMES[0], "kowalski logistyka"),
        ("lęcky", NAMES[1], "lecki"),
        ("ивонов", NAMES[2], "иванов"),
        ("王炜明", NAMES[3], ""),
        ("王明", NAMES[3], ""),
        ("berrnard", NAMES[4], "bernard"),
    ],
)
def test_one_mistake_is_forgiven(names, owner, typed, found, meant):
    hits = palette.customers(owner, typed)

    assert [(hit.label, hit.meant) for hit in hits] == [(found, meant)]


@pytest.mark.parametrize("typed", ["kovalsky", "brd", "王炜", "12345", "kowalski bernard", "%", ""])
def test_two_mistakes_or_too_little_find_nothing(names, owner, typed):
    assert palette.customers(owner, typed) == []


def test_nobody_learns_of_names_beyond_their_reach(names, owner, colleague, stranger):
    assert palette.customers(colleague, "kowalsky")
    assert palette.customers(stranger, "kowalsky") == []


def test_a_changed_name_is_found_by_its_new_words(names, owner, now):
    customer = actions.add_customer(by=owner, now=now, values={"name": "Before"})
    values = {"name": "Hereafter"}
    actions.change_customer(by=owner, now=now, customer=customer, values=values, version=None)

    assert [hit.label for hit in palette.customers(owner, "hereaftr")] == ["Hereafter"]


def test_contacts_and_tags_are_found_too(administrator):
    ContactFactory(name="Anna Wiśniewska")
    Tag.objects.create(name="Świąteczne")

    assert [hit.meant for hit in palette.contacts(administrator, "wisniewka")] == ["wisniewska"]
    assert [hit.label for hit in palette.tags(administrator, "świą")] == ["Świąteczne"]


def test_the_palette_asks_what_was_meant(signed_in, administrator):
    CustomerFactory(name="Kowalski")

    page = signed_in(administrator).get(reverse("shared:find"), {"q": "kowalsky"})

    assert "did you mean “kowalski”?" in page.content.decode()


def test_conversations_are_found_by_their_words(owner, colleague, stranger, now):
    customer = CustomerFactory(owner=owner, team=owner.team, name="Kowalski")
    about = {"by": owner, "now": now, "customer": customer}
    for subject in ("Reklamacja łożyska", "关于新价格的会议", "Встреча о ценах"):
        values = {"channel": "call", "subject": subject, "body": "Delayed shipment"}
        row = actions.add_interaction(**about, values=values)

    def found(user, typed):
        return [(hit.label, hit.meant) for hit in palette.interactions(user, typed)]

    assert found(owner, "lozyska rekl") == [("Reklamacja łożyska", "")]
    assert found(owner, "新价格") == [("关于新价格的会议", "")]
    assert found(owner, "цeнах".replace("e", "е")) == [("Встреча о ценах", "")]
    assert found(owner, "shipmnet")[0] == ("Встреча о ценах", "shipment")
    assert len(found(colleague, "delayed")) == 3
    assert found(stranger, "delayed") == []

    actions.change_interaction(by=owner, now=now, interaction=row, values={"subject": "Ceny"})
    assert [label for label, _m in found(owner, "ceny")] == ["Ceny"]
    assert found(owner, "встреча") == []
    row.delete()
    assert len(found(owner, "delayed")) == 2


def test_many_conversations_are_read_behind_their_import(owner):
    read_texts.call()  # what a test that committed has left
    customer = CustomerFactory(owner=owner)
    rows = [InteractionFactory.build(customer=customer, subject=f"Fair {n}") for n in range(30)]
    type(rows[0]).objects.bulk_create(rows)

    assert palette.interactions(owner, "fair") == []
    assert read_texts.call() == 30
    assert len(palette.interactions(owner, "fair")) == 6
