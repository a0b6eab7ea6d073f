"""Messages against a real receiver: order, signature, retries, rights, replay."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.customers import actions as customers
from mainstay.people.models import User
from mainstay.shared import attention, events
from mainstay.shared.events import actions, messages
from mainstay.shared.events.models import Attempt, Delivery, Endpoint, Event
from mainstay.shared.events.signing import secret_of, signature
from mainstay.shared.jobs.models import Job
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory
from tests.factories.events import EndpointFactory

pytestmark = pytest.mark.django_db
ALL = ["customer.created", "customer.updated", "customer.archived"]


@pytest.fixture
def endpoint(owner, receiver, clock):
    return EndpointFactory(owner=owner, url=receiver.url, wants=ALL)


@pytest.fixture
def others(colleague, stranger):
    return colleague, stranger


@pytest.fixture(autouse=True)
def may_connect(owner):
    """Managers may connect programs; here the reach of an account manager is what counts."""
    User.objects.filter(pk=owner.pk).update(role="manager", reach="team")
    owner.refresh_from_db()


def test_what_happened_arrives_in_its_order_with_data_and_signature(
    endpoint, owner, receiver, send, now
):
    customer = customers.add_customer(by=owner, now=now, values={"name": "Łęcki"})
    city = {"city": "Łódź"}
    customers.change_customer(by=owner, now=now, customer=customer, values=city, version=None)
    customers.archive_customer(by=owner, now=now, customer=customer)

    send()
    send()

    (headers, body) = receiver.got[0]
    assert len(receiver.got) == 1
    assert receiver.told() == [(name, customer.pk) for name in ALL]
    assert receiver.events()[1]["told"] == {"changed": ["city"]}
    assert receiver.events()[0]["data"]["name"] == "Łęcki"
    signed = headers["Mainstay-Timestamp"].encode() + b"." + body
    expected = hmac.new(secret_of("salt").encode(), signed, hashlib.sha256).hexdigest()
    assert headers["Mainstay-Signature"] == expected
    log = Attempt.objects.get()
    assert (log.status, log.response) == (200, "thanks \ufffd")
    assert "Łęcki" not in log.request


def test_a_refused_message_is_tried_again_and_nothing_overtakes_it(
    endpoint, owner, receiver, send, clock
):
    receiver.answers = [500, 302]
    first = customers.add_customer(by=owner, now=NOW, values={"name": "First"})
    send()
    second = customers.add_customer(by=owner, now=NOW, values={"name": "Second"})
    send()

    assert receiver.told() == [("customer.created", first.pk)]
    retry = Job.objects.get(func__contains="send_waiting")
    assert retry.run_at == NOW + timedelta(seconds=10)

    for seconds in (11, 61):
        clock.shift(seconds)
        send()

    assert receiver.told()[1:] == [
        ("customer.created", first.pk),
        ("customer.created", first.pk),
        ("customer.created", second.pk),
    ]
    assert len({each["id"] for each in receiver.events()[:3]}) == 1
    assert "redirects are not followed" in Attempt.objects.get(status=302).problem


def test_after_three_given_up_in_a_row_the_endpoint_is_paused_and_its_owner_told(
    endpoint, owner, receiver, send, clock
):
    receiver.answers = [500] * 24
    for name in ("A", "B", "C", "D"):
        customers.add_customer(by=owner, now=NOW, values={"name": name})
        for _attempt in range(8):
            send()
            clock.shift(50_000)
    endpoint.refresh_from_db()

    assert endpoint.state == "paused"
    assert Delivery.objects.filter(state="dead").count() == 3
    assert len(receiver.got) == 24
    points = [point.text for point in attention.points(owner, NOW)]
    assert "paused: It answered 500." in " ".join(points)

    actions.resume(by=owner, now=NOW, endpoint=endpoint)
    send()

    assert receiver.events()[-1]["data"]["name"] == "D"


def test_an_answer_gone_pauses_at_once(endpoint, owner, receiver, send):
    receiver.answers = [410]
    customers.add_customer(by=owner, now=NOW, values={"name": "A"})

    send()

    endpoint.refresh_from_db()
    assert (endpoint.state, Delivery.objects.get().state) == ("paused", "dead")


def test_only_what_the_owner_of_the_endpoint_may_see_is_sent(
    endpoint, owner, others, receiver, send
):
    colleague, stranger = others
    now = NOW
    mine, ours, theirs = (
        CustomerFactory(owner=who, team=who.team) for who in (owner, colleague, stranger)
    )
    subjects = [(each.pk, {}) for each in (mine, ours, theirs)]

    events.emit_many("customer.updated", subjects=subjects, now=now)
    send()
    assert [subject for _name, subject in receiver.told()] == [mine.pk, ours.pk]

    events.emit("customer.updated", subject=theirs, now=now)
    send()
    assert len(receiver.got) == 1
    assert "not sent" in Attempt.objects.latest("pk").problem

    User.objects.filter(pk=owner.pk).update(is_active=False)
    events.emit("customer.updated", subject=mine, now=now)
    send()
    assert len(receiver.got) == 1


def test_a_message_carries_a_hundred_and_stays_below_a_megabyte(
    endpoint, owner, receiver, send, now, monkeypatch
):
    monkeypatch.setattr(messages, "LARGEST_BODY", 20_000)
    rows = [CustomerFactory(owner=owner, description="x" * 1000) for _n in range(110)]

    events.emit_many("customer.updated", subjects=[(each.pk, {}) for each in rows], now=now)
    send()

    assert [len(json.loads(body)["events"]) for _h, body in receiver.got] == [100, 10]
    assert [subject for _name, subject in receiver.told()] == [each.pk for each in rows]
    assert None in [each["data"] for each in receiver.events()]
    assert all(len(body) < 40_000 for _h, body in receiver.got)


def test_sent_again_an_event_keeps_its_number(endpoint, owner, receiver, send, clock):
    customers.add_customer(by=owner, now=NOW, values={"name": "A"})
    send()

    actions.replay(by=owner, now=NOW, delivery=Delivery.objects.get())
    hour = {"since": NOW - timedelta(hours=1), "until": NOW + timedelta(hours=1)}
    waiting = actions.replay_range(by=owner, now=NOW, endpoint=endpoint, **hour)
    send()

    assert waiting == 1
    assert len(receiver.got) == 3
    assert len({each["id"] for each in receiver.events()}) == 1
    assert json.loads(receiver.got[1][1])["replay"] is True


def test_a_test_event_means_nothing(endpoint, owner, receiver, send):
    actions.send_test(by=owner, now=NOW, endpoint=endpoint)

    send()

    assert receiver.told() == [("webhook.test", None)]


def test_one_worker_at_a_time_sends_to_an_endpoint(endpoint, owner, receiver, send, clock):
    customers.add_customer(by=owner, now=NOW, values={"name": "A"})

    assert actions.hold(endpoint.pk, now=NOW)
    send()
    assert receiver.got == []

    clock.shift(130)  # that worker died
    send()
    assert len(receiver.got) == 1


def test_after_thirty_days_the_log_is_forgotten(endpoint, owner, receiver, send, clock):
    customers.add_customer(by=owner, now=NOW, values={"name": "A"})
    send()

    assert actions.forget_old(now=NOW + timedelta(days=29)) == 0
    actions.forget_old(now=NOW + timedelta(days=31))

    assert (Delivery.objects.count(), Attempt.objects.count(), Event.objects.count()) == (0, 0, 0)
    assert Endpoint.objects.count() == 1


def test_both_secrets_sign_until_the_old_one_ends(endpoint, owner, receiver, send, clock):
    before = secret_of(endpoint.salt)
    about = {"by": owner, "endpoint": endpoint}

    def signed():
        """Return which of the secrets, old and new, sign a message sent now."""
        receiver.got.clear()
        actions.send_test(**about, now=timezone.now())
        send()
        headers, body = receiver.got[0]
        timestamp, both = int(headers["Mainstay-Timestamp"]), headers["Mainstay-Signature"]
        pair = (before, secret_of(Endpoint.objects.get().salt))
        parts = [signature(secret=each, timestamp=timestamp, body=body) for each in pair]
        return [part in both.split(",") for part in parts]

    actions.change_secret(**about, now=NOW, overlap_hours=1)
    assert signed() == [True, True]
    clock.shift(timedelta(hours=1))
    assert signed() == [False, True]
    actions.change_secret(**about, now=timezone.now())
    actions.end_previous_secret(**about, now=timezone.now())
    assert signed() == [False, True]
    with pytest.raises(ValidationError, match="0 to 720 hours"):
        actions.change_secret(**about, now=NOW, overlap_hours=721)
