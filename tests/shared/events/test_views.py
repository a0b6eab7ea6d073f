"""Pages and operations of webhooks, for owner, colleague and stranger."""

import pytest
from django.urls import reverse

from mainstay.shared.events.models import Delivery, Endpoint
from mainstay.shared.events.signing import secret_of
from tests.api import ApiClient, is_problem
from tests.factories.events import EndpointFactory

pytestmark = pytest.mark.django_db
ADD = {"name": "Warehouse", "url": "https://shop.example/hook", "events": ["order.created"]}


def test_a_manager_adds_a_webhook_and_sends_a_test(signed_in, manager):
    browser = signed_in(manager)

    page = browser.post(reverse("webhooks:add"), ADD, follow=True)
    endpoint = Endpoint.objects.get()

    assert endpoint.owner == manager
    assert "An order came in" in page.content.decode()
    assert secret_of(endpoint.salt) not in page.content.decode()
    shown = browser.post(reverse("webhooks:secret", args=[endpoint.pk]))
    assert secret_of(endpoint.salt) in shown.content.decode()
    change = {"change": "1", "overlap_hours": "24"}
    renewed = browser.post(reverse("webhooks:secret", args=[endpoint.pk]), change).content.decode()
    assert secret_of(endpoint.salt) not in renewed
    assert "End the old one now" in renewed
    ended = browser.post(reverse("webhooks:secret", args=[endpoint.pk]), {"end": "1"})
    assert "End the old one now" not in ended.content.decode()
    test = browser.post(reverse("webhooks:test", args=[endpoint.pk]), follow=True)
    assert "A worker takes it up" in test.content.decode()
    assert Delivery.objects.get().endpoint == endpoint


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"url": "http://shop.example"}, "starts with https://"),
        ({"url": "https://127.0.0.1/"}, "not open to the internet"),
        ({"url": "https://[::1]/"}, "not open to the internet"),
        ({"events": []}, "This field is required"),
        ({"name": "a\x00b"}, "Null characters"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(signed_in, manager, wrong, sentence):
    page = signed_in(manager).post(reverse("webhooks:add"), ADD | wrong)

    assert sentence in page.content.decode()
    assert not Endpoint.objects.exists()


def test_a_webhook_is_its_owners_and_the_administrators(signed_in, manager, analyst, administrator):
    endpoint = EndpointFactory(owner=manager, wants=["order.created"])
    page = reverse("webhooks:endpoint", args=[endpoint.pk])

    answers = [signed_in(who).get(page).status_code for who in (manager, administrator, analyst)]

    assert answers == [200, 200, 404]
    is_problem(ApiClient(analyst).get(f"/webhooks/{endpoint.pk}"), 404)
    assert ApiClient(analyst).get("/webhooks").json() == []


def test_over_the_api_a_webhook_is_made_paused_changed_and_removed(manager):
    api = ApiClient(manager)

    answer = api.post("/webhooks", ADD)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    path = f"/webhooks/{made['id']}"
    paused = api.patch(path, {"state": "paused", "events": ["customer.created"]}).json()
    renewed = api.post(f"{path}/secret").json()

    assert made["secret"] != renewed["secret"]
    assert renewed["previous_until"]
    hour = api.post(f"{path}/secret", {"overlap_hours": 1}).json()
    assert hour["previous_until"] < renewed["previous_until"]
    assert api.post(f"{path}/secret/previous", method="delete").json()["previous_until"] is None
    assert (paused["state"], paused["events"]) == ("paused", ["customer.created"])
    assert "secret" not in paused
    assert api.post(f"{path}/test").status_code == 201
    (delivery,) = api.get(f"{path}/deliveries").json()["items"]
    assert api.get(f"{path}/deliveries/{delivery['id']}").json()["log"] == []
    time = {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}
    body = is_problem(api.post(f"{path}/replay", time), 422)
    assert body["errors"][0]["message"] == "Nothing was sent to this endpoint for that time."
    assert api.post(path, method="delete").status_code == 200
    is_problem(api.get(path), 404)


def test_an_unknown_event_is_refused_with_those_there_are(manager):
    body = is_problem(ApiClient(manager).post("/webhooks", ADD | {"events": ["order.eaten"]}), 422)

    assert "order.corrected" in body["errors"][0]["message"]
