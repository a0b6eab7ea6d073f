"""What visitors see and send, hostile ones too."""

import json
from datetime import timedelta
from itertools import islice

import pytest
from django.core import mail
from django.test import Client

from mainstay.customers.capture import actions
from mainstay.customers.capture.models import Capture, Coupon, FormField, Touchpoint
from mainstay.customers.capture.tasks import ask_for_confirmation
from mainstay.customers.models import Contact, Customer, Interaction
from mainstay.customers.privacy.models import Purpose
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, ContactFactory, CustomerFactory

pytestmark = pytest.mark.django_db
PLAIN = {"name": "Guide", "title": "Get our guide", "language": "en"}
CONSENT = {"wording": "Send me news.", "consent_required": True}


@pytest.fixture
def make(manager):
    def made(**values):
        if "wording" in values:
            values["purpose"] = Purpose.objects.get_or_create(name="News")[0]
        return actions.save_form(by=manager, now=NOW, values=PLAIN | values)

    return made


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True)


class Visit:
    """A visitor who opens the page, waits, and sends."""

    def __init__(self, client, form, clock):
        self.client, self.form, self.clock = client, form, clock
        self.address = f"/c/{form.touchpoints.get().token}/"
        self.page = client.get(self.address)
        self.token = self.page.context["token"]

    def send(self, wait=5, **values):
        self.clock.shift(timedelta(seconds=wait))
        names = {row.kind: f"f{row.pk}" for row in FormField.objects.filter(form=self.form)}
        data = {names.get(key, key): value for key, value in values.items()}
        return self.client.post(self.address, {"token": self.token, **data})


@pytest.fixture
def visit(visitor, clock):
    return lambda form: Visit(visitor, form, clock)


ANNA = {"name": "Anna Nowak", "email": "anna@example.com"}


def test_a_stranger_waits_in_the_inbox_with_source_and_consent(make, visit):
    form = make(**CONSENT, thanks="Here you go.")

    answer = visit(form).send(**ANNA, consented="on")

    assert "Here you go." in answer.content.decode()
    row = Capture.objects.get()
    assert (row.state, row.name, row.email) == ("new", "Anna Nowak", "anna@example.com")
    assert (row.consented, str(row.purpose), row.wording) == (True, "News", "Send me news.")
    assert (row.wording_version, row.touchpoint.form) == (1, form)
    assert Customer.objects.count() == 0
    assert answer.cookies == {}


def test_without_the_consent_that_is_asked_for_nothing_is_kept(make, visit):
    answer = visit(make(**CONSENT)).send(**ANNA)

    assert answer.status_code == 422
    assert Capture.objects.count() == 0


def test_the_answer_does_not_tell_whether_somebody_is_known(make, visit):
    form = make()
    place = AffiliationFactory(contact=ContactFactory(email="anna@example.com", search="anna"))
    Contact.objects.update(search="anna@example.com anna example com")

    known = visit(form).send(**ANNA)
    stranger = visit(form).send(name="Bo", email="bo@example.com")

    assert known.content == stranger.content
    row = Capture.objects.get(email="anna@example.com")
    assert (row.state, row.customer, row.contact) == ("matched", place.customer, place.contact)
    told = Interaction.objects.get(customer=place.customer)
    assert "anna@example.com" in told.body
    assert Capture.objects.get(email="bo@example.com").state == "new"


def test_of_two_with_one_address_nobody_is_chosen(make, visit):
    for _turn in range(2):
        CustomerFactory(email="anna@example.com", search="anna@example.com anna example com")

    visit(make()).send(**ANNA)

    assert Capture.objects.get().state == "new"


def test_pressing_twice_is_one_capture(make, visit):
    guest = visit(make())

    first, second = guest.send(**ANNA), guest.send(**ANNA)

    assert first.content == second.content
    assert Capture.objects.count() == 1


def test_programs_are_kept_out(make, visit):
    form = make()
    quick = visit(form).send(wait=1, **ANNA)
    trapped = visit(form).send(**ANNA, fax="buy pills")
    forged = visit(form)
    forged.token = forged.token[:-2] + "xx"
    strange = forged.send(**ANNA)
    old = visit(form).send(wait=13 * 3600, **ANNA)

    assert (quick.status_code, strange.status_code, old.status_code) == (422, 410, 410)
    assert trapped.status_code == 200
    assert Capture.objects.count() == 0


def test_one_address_cannot_flood_the_inbox(make, visit):
    form = make()
    answers = [visit(form).send(wait=4, name="A", email=f"a{n}@example.com") for n in range(12)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert Capture.objects.count() == 10


def test_naughty_strings_are_kept_or_refused_with_a_sentence(make, visit, shared_file, monkeypatch):
    monkeypatch.setitem(actions.sending.rules.MOST, "send", 10**6)
    strings = json.loads(shared_file("corpora/blns/blns.json").read_text())
    form = make()
    for kind in ("organisation", "city"):
        actions.add_field(by=_admin(), now=NOW, form=form, values={"kind": kind})
    step = 7
    for text in islice(strings, 0, None, step):
        guest = visit(form)
        answer = guest.send(name=text, email="anna@example.com", organisation=text, city=text)
        assert answer.status_code in {200, 422}, text
        assert guest.send(name="Anna", email=text).status_code in {200, 422}, text
    assert "<script>" not in answer.content.decode()


def _admin():
    from tests.factories.people import UserFactory

    return UserFactory(role="administrator")


def test_a_look_is_counted_by_the_page_and_never_by_a_get(make, visit, visitor):
    guest = visit(make())
    assert Touchpoint.objects.get().views == 0

    visitor.post(f"{guest.address}seen/", {"token": guest.token})
    visitor.post(f"{guest.address}seen/", {"token": "made up"})

    assert Touchpoint.objects.get().views == 1


def test_a_revoked_address_leads_nowhere(make, visit, manager, visitor):
    guest = visit(make())
    actions.revoke_touchpoint(by=manager, now=NOW, touchpoint=Touchpoint.objects.get())

    assert guest.send(**ANNA).status_code == 404
    assert visitor.get("/c/nonsense/").status_code == 404
    assert visitor.get("/c/confirm/nonsense/").status_code == 404


def test_only_the_sites_of_the_form_may_frame_it(make, visitor):
    token = make(sites="www.example.com").touchpoints.get().token

    embedded, alone = visitor.get(f"/c/{token}/embed/"), visitor.get(f"/c/{token}/")

    assert "frame-ancestors 'self' https://www.example.com" in embedded["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded
    assert "frame-ancestors 'none'" in alone["Content-Security-Policy"]
    assert alone["X-Frame-Options"] == "DENY"


def test_an_address_counts_once_its_owner_has_confirmed(make, visit, visitor, settings, manager):
    settings.EMAIL_CONFIGURED = True
    batch = actions.add_batch(
        by=manager,
        now=NOW,
        values={"name": "Ten", "benefit": "10 % off", "prefix": "ten-"},
        count=3,
    )
    form = make(gift="coupon", batch=batch, confirmed_by_mail=True)

    answer = visit(form).send(**ANNA)
    row = Capture.objects.get()
    url = f"http://testserver/c/confirm/{row.confirmation}/"
    ask_for_confirmation.func(number=row.pk, url=url)

    assert "sent you a mail" in answer.content.decode()
    assert url in mail.outbox[0].body
    assert row.state == "waiting"
    visitor.get(url)
    assert not Coupon.objects.filter(capture=row).exists()
    thanks = visitor.post(url).content.decode()
    coupon = Coupon.objects.get(capture=row)
    assert coupon.code.startswith("TEN")
    assert coupon.code in thanks
    assert Capture.objects.get().confirmed_at is not None
