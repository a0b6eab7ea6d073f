"""Pages of capture for staff, and the same over the API."""

import pytest
from django.urls import reverse

from mainstay.customers.capture import actions, presenters
from mainstay.customers.capture.models import Capture, CaptureForm, Touchpoint
from mainstay.customers.models import Interaction
from tests.api import ApiClient
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(manager):
    values = {"name": "Stand", "title": "Stay in touch", "script": "Greet.\nAsk for the name."}
    return actions.save_form(by=manager, now=NOW, values=values)


def test_a_form_is_built_and_met_in_several_places(signed_in, manager, form):
    client = signed_in(manager)
    page = reverse("capture:form", args=[form.pk])

    client.post(f"{page}places/", {"name": "Our site", "medium": "web"})
    client.post(f"{page}fields/", {"kind": "choice", "label": "Size?", "options": "8\n9"})
    refused = client.post(f"{page}fields/", {"kind": "email"}).content.decode()
    shown = client.get(page).content.decode()

    assert "stands on the form already" in refused
    assert "Size?" in shown
    assert "&lt;iframe src=&quot;http://testserver/c/" in shown
    assert "browsers refuse" in shown
    assert "Stand" in client.get("/capture/").content.decode()


def test_the_picture_of_an_address_comes_as_svg_and_png(signed_in, read_only, form):
    client, place = signed_in(read_only), Touchpoint.objects.get()

    svg, png = (client.get(f"/capture/places/{place.pk}/qr.{kind}") for kind in ("svg", "png"))

    assert svg.content.startswith(b"<?xml")
    assert png.content.startswith(b"\x89PNG")
    assert client.get(f"/capture/places/{place.pk}/qr.gif").status_code == 404
    assert place.token in client.get(f"/capture/places/{place.pk}/poster/").content.decode()


def test_an_agent_is_led_through_the_script_and_the_call_is_logged(
    signed_in, manager, service_agent, form
):
    customer = CustomerFactory(email="anna@firma.pl", search="anna@firma.pl anna firma pl")
    client, page = signed_in(service_agent), f"/capture/{form.pk}/call/"
    assert "No place for the telephone" in client.get(page).content.decode()
    values = {"name": "Hotline", "medium": "phone"}
    actions.add_touchpoint(by=manager, now=NOW, form=form, values=values)
    shown = client.get(page)
    names = {row.kind: f"f{row.pk}" for row in form.fields.all()}
    nonce = shown.context["nonce"]

    data = {names["name"]: "Anna", names["email"]: "anna@firma.pl", "nonce": nonce}
    client.post(page, data)

    assert "Ask for the name." in shown.content.decode()
    call = Interaction.objects.get(customer=customer)
    assert (call.channel, call.user, call.subject) == ("call", service_agent, "Stand · Hotline")


def test_the_inbox_makes_customers(signed_in, owner, service_agent, form):
    values = {"name": "Bo Li", "email": "bo@example.com", "consented": False}
    place = Touchpoint.objects.get()
    row = actions.send(touchpoint=place, nonce="x", values=values, now=NOW)
    client, page = signed_in(owner), reverse("capture:capture", args=[row.pk])
    assert "Bo Li" in client.get("/capture/inbox/").content.decode()
    assert [point.text for point in presenters.points(owner, NOW)] == ["1 captured contact waits"]
    assert signed_in(service_agent).get(page).status_code == 404

    answer = client.post(f"{page}accept/", follow=True)

    assert "Added Bo Li" in answer.content.decode()
    assert "Noted at" in client.get(page).content.decode()
    assert Capture.objects.get().customer.kind == "person"


def test_coupons_are_made_and_redeemed_on_their_pages(signed_in, manager):
    client = signed_in(manager)
    sent = {"name": "Ten", "benefit": "10 % off", "begins": "t", "count": 3}
    page = client.post("/capture/coupons/add/", sent, follow=True)
    code = page.context["coupons"][0][1]

    redeemed = client.post("/capture/coupons/redeem/", {"code": code}, follow=True)
    again = client.post("/capture/coupons/redeem/", {"code": code})

    assert "Redeemed: 10 % off" in redeemed.content.decode()
    assert "redeemed on" in again.content.decode()


def test_programs_hand_in_and_accept_over_the_api(owner, form):
    api, place = ApiClient(owner), Touchpoint.objects.get()
    body = {"place_id": place.pk, "name": "Cy", "email": "cy@example.com"}

    made = api.post("/capture/captures", body).json()
    accepted = api.post(f"/capture/captures/{made['id']}/accept", {}).json()

    assert (made["state"], accepted["state"]) == ("new", "accepted")
    listed = api.get("/capture/forms").json()["items"][0]
    assert (listed["name"], listed["places"][0]["captured"]) == ("Stand", 1)
    assert api.get("/capture/captures?state=new").json()["items"] == []


def test_a_form_put_away_leads_nowhere(signed_in, manager, client, form):
    token = Touchpoint.objects.get().token
    signed_in(manager).post(f"/capture/{form.pk}/archive/")

    assert client.get(f"/c/{token}/").status_code == 404
    assert CaptureForm.objects.get().archived_at is not None
