"""What visitors agree to in forms stands in the ledger of consents."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mainstay.customers.capture import actions, presenters, queries
from mainstay.customers.capture.models import Capture
from mainstay.customers.models import Contact, Customer, Interaction
from mainstay.customers.privacy import actions as privacy
from mainstay.customers.privacy import queries as ledger
from mainstay.customers.privacy.models import Case, ConsentEvent, Purpose, Suppression
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, ContactFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
ANNA = {"name": "Anna", "email": "anna@example.com", "consented": True}


@pytest.fixture
def news():
    return Purpose.objects.create(name="News", months_valid=12)


@pytest.fixture
def place(manager, news):
    values = {"name": "Guide", "title": "Our guide", "purpose": news, "wording": "Send me news."}
    return actions.save_form(by=manager, now=NOW, values=values).touchpoints.get()


@pytest.fixture
def sent(place):
    def sending(**values):
        number = str(Capture.objects.count())
        return actions.send(touchpoint=place, nonce=number, values=ANNA | values, now=NOW)

    return sending


def test_the_consent_of_a_visitor_holds_once_the_contact_is_accepted(sent, news, owner):
    capture = sent()
    assert ConsentEvent.objects.count() == 0  # nobody's yet

    later = NOW + timedelta(days=1)
    anna = actions.accept(by=owner, now=later, capture=capture).contacts.get()

    (step,) = ledger.steps(anna)
    assert (step.step, step.channel, step.at, step.noted_at) == ("given", "email", NOW, later)
    assert (step.source, step.wording.text) == ("Guide · Link", "Send me news.")
    assert "version 1" in step.proof
    assert step.valid_until == TODAY.replace(year=TODAY.year + 1)
    assert ledger.may_use(anna, news, "email", today=TODAY)
    assert not ledger.may_use(anna, news, "phone", today=TODAY)


def test_a_known_contact_agrees_at_once_and_who_does_not_agrees_to_nothing(sent, news):
    anna = AffiliationFactory(contact=ContactFactory(email="anna@example.com")).contact
    Contact.objects.update(search="anna@example.com anna example com")

    sent(consented=False)
    assert not ledger.may_use(anna, news, "email", today=TODAY)

    sent()
    assert ledger.may_use(anna, news, "email", today=TODAY)


def test_double_opt_in_waits_for_the_button_in_the_mail(sent, news, owner, settings):
    news.double_opt_in = True
    news.save()
    settings.EMAIL_CONFIGURED = True
    capture = sent()
    assert capture.state == "waiting"

    capture = actions.confirm(capture=capture, now=NOW + timedelta(hours=1))
    anna = actions.accept(by=owner, now=NOW + timedelta(hours=2), capture=capture).contacts.get()

    assert [row.step for row in ledger.steps(anna)] == ["confirmed", "given"]
    assert "anna@example.com was confirmed" in ledger.steps(anna)[0].proof
    assert ledger.may_use(anna, news, "email", today=TODAY)


def test_by_telephone_a_double_opt_in_still_waits(place, news, owner, settings):
    news.double_opt_in = True
    news.save()
    settings.EMAIL_CONFIGURED = True
    capture = actions.send(touchpoint=place, nonce="call", values=ANNA, now=NOW, by=owner)

    anna = actions.accept(by=owner, now=NOW, capture=capture).contacts.get()

    assert set(ledger.standings(anna, today=TODAY).values()) == {"waiting"}
    assert not ledger.may_use(anna, news, "email", today=TODAY)


def test_a_withdrawal_after_the_form_stands(sent, news, owner):
    anna = actions.accept(by=owner, now=NOW, capture=sent()).contacts.get()
    link = privacy.make_link(by=None, now=NOW, person=anna)

    privacy.withdraw_all(link=link, now=NOW + timedelta(minutes=1))

    assert not ledger.may_use(anna, news, "email", today=TODAY)


def test_who_was_erased_comes_back_only_when_the_block_is_lifted(sent, owner):
    case = Case.objects.create(kind="erasure", received_on=TODAY, due_on=TODAY)
    digest = ledger.digest("email", "anna@example.com")
    Suppression.objects.create(case=case, trait="email", digest=digest)
    known = AffiliationFactory(contact=ContactFactory(phone="+48600100200"))
    Contact.objects.update(search="48600100200")

    capture = sent(name="", phone="+48600100200")

    assert (capture.state, capture.customer) == ("new", None)
    assert presenters.capture_page(owner, queries.capture(capture.pk), None)["was_erased"]
    with pytest.raises(ValidationError, match="asked to be erased"):
        actions.attach(by=owner, now=NOW, capture=capture, customer=known.customer)
    with pytest.raises(ValidationError, match="asked to be erased"):
        actions.accept(by=owner, now=NOW, capture=capture)
    assert (Customer.objects.count(), Interaction.objects.count()) == (1, 0)

    case.suppressions.all().delete()
    assert actions.accept(by=owner, now=NOW, capture=capture).email == "anna@example.com"
