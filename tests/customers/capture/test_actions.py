"""Building forms, deciding on captured contacts, redeeming coupons."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers.capture import actions, presenters, queries
from mainstay.customers.capture.models import Coupon, FormField
from mainstay.customers.models import AcquisitionChannel, Interaction
from mainstay.customers.privacy.models import Purpose
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def form(manager):
    channel = AcquisitionChannel.objects.create(name="Fair")
    values = {"name": "Stand", "title": "Stay in touch", "channel": channel, "sites": ""}
    return actions.save_form(by=manager, now=NOW, values=values)


@pytest.fixture
def captured(form):
    values = {"name": "Anna", "email": "anna@firma.pl", "organisation": "Firma", "city": "Łódź"}
    values |= {
        "position": "Buyer",
        "country": "PL",
        "consented": False,
        "answers": [["Size?", "9"]],
    }
    place = form.touchpoints.get()
    return actions.send(touchpoint=place, nonce="one", values=values, now=NOW)


def test_accepting_adds_customer_contact_and_call_with_the_source(captured, owner):
    customer = actions.accept(by=owner, now=NOW, capture=captured)

    assert (customer.name, customer.kind, customer.city) == ("Firma", "organisation", "Łódź")
    assert customer.acquisition_channel.name == "Fair"
    contact = customer.contacts.get()
    assert (contact.name, contact.email) == ("Anna", "anna@firma.pl")
    assert "Size?: 9" in Interaction.objects.get(customer=customer).body
    with pytest.raises(ValidationError, match="decided"):
        actions.refuse(by=owner, now=NOW, capture=captured)


def test_a_captured_contact_is_noted_at_a_customer_we_know(captured, owner):
    customer = CustomerFactory(owner=owner)

    actions.attach(by=owner, now=NOW, capture=captured, customer=customer)

    assert customer.contacts.get().name == "Anna"
    captured.refresh_from_db()
    assert (captured.state, captured.decided_by) == ("accepted", owner)


def test_who_sees_what_was_captured(captured, owner, stranger, service_agent, read_only):
    assert queries.inbox(owner).count() == 1
    assert queries.captures(service_agent).count() == 0
    assert queries.captures(read_only).count() == 0

    actions.accept(by=owner, now=NOW, capture=captured)

    assert queries.captures(owner).count() == 1
    assert queries.captures(stranger).count() == 0
    with pytest.raises(PermissionDenied):
        actions.accept(by=service_agent, now=NOW, capture=captured)


def test_fields_are_added_ordered_and_taken_off(form, manager):
    question = {"kind": "choice", "label": "Size?", "options": "8\n9"}
    actions.add_field(by=manager, now=NOW, form=form, values=question)
    name, email, size = queries.fields_of(form)

    actions.move_field(by=manager, now=NOW, field=size, up=True)
    actions.remove_field(by=manager, now=NOW, field=name)

    assert list(queries.fields_of(form)) == [size, email]
    for values in ({"kind": "email"}, {"kind": "text"}, {"kind": "choice", "label": "?"}):
        with pytest.raises(ValidationError):
            actions.add_field(by=manager, now=NOW, form=form, values=values)
    with pytest.raises(ValidationError, match="Keep the e-mail"):
        actions.remove_field(by=manager, now=NOW, field=FormField.objects.get(kind="email"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"gift": "link", "gift_link": "javascript:alert(1)"}, "gift_link"),
        ({"gift": "coupon"}, "batch"),
        ({"gift": "file"}, "upload"),
        ({"purpose": Purpose(name="News"), "wording": " "}, "wording"),
        ({"consent_required": True}, "consent_required"),
        ({"sites": "https://a.example; script-src *"}, "sites"),
        ({"sites": "'unsafe-inline'"}, "sites"),
    ],
)
def test_what_does_not_go_together_is_refused(form, manager, values, field):
    with pytest.raises(ValidationError) as refusal:
        actions.save_form(by=manager, now=NOW, values=values, form=form)

    assert list(refusal.value.error_dict) == [field]


def test_a_new_wording_is_a_new_version(form, manager):
    news = Purpose.objects.create(name="News")
    for wording in ("Send me news.", "Send me news.", "Send me all news."):
        values = {"purpose": news, "wording": wording}
        form = actions.save_form(by=manager, now=NOW, values=values, form=form)

    assert form.wording_version == 3
    assert [row.number for row in news.wordings.order_by("pk")] == [1, 2]


def test_a_code_is_redeemed_once_and_in_time(manager, service_agent):
    values = {"name": "Ten", "benefit": "10 % off", "valid_until": date(2026, 3, 31)}
    actions.add_batch(by=manager, now=NOW, values=values, count=50)
    code, other = Coupon.objects.values_list("code", flat=True)[:2]
    known = {"by": service_agent, "now": NOW, "today": TODAY}

    row = actions.redeem(**known, code=f" {code[:4].lower()}-{code[4:]} ", note="Receipt 7")

    assert (row.redeemed_by, row.note) == (service_agent, "Receipt 7")
    with pytest.raises(ValidationError, match="redeemed on"):
        actions.redeem(**known, code=code)
    with pytest.raises(ValidationError, match="good until"):
        actions.redeem(**known | {"today": TODAY + timedelta(days=60)}, code=other)
    with pytest.raises(ValidationError, match="no such code"):
        actions.redeem(**known, code="\x00")
    assert Coupon.objects.count() == 50


def test_a_rate_has_its_interval_and_few_visitors_have_none():
    told = presenters.rate(30, 120, NOW)

    assert told["value"] == "25.0%"
    assert told["explain"]["interval"] == "18.1% to 33.4% (Wilson, 95 %)"
    assert presenters.rate(3, 9, NOW)["explain"] is None
