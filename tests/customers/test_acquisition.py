"""By which channel customers came: by hand, over the API, from a file, and in the list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mainstay.customers import actions
from mainstay.customers.models import AcquisitionCampaign, AcquisitionChannel, Customer
from tests.api import ApiClient
from tests.conftest import NOW
from tests.customers.imports.conftest import imported as imported  # noqa: PLC0414  a fixture
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


def change(customer: Customer, **values: Any) -> Customer:
    changed: Customer = actions.change_customer(
        by=None, now=NOW, customer=customer, values=values, version=None
    )
    return changed


def test_a_campaign_brings_its_channel_and_another_channel_takes_it_off() -> None:
    fair, web = (AcquisitionChannel.objects.create(name=name) for name in ("Fair", "Web"))
    spring = AcquisitionCampaign.objects.create(channel=fair, name="Spring")

    customer = change(CustomerFactory(), acquisition_campaign=spring)
    assert (customer.acquisition_channel, customer.acquisition_campaign) == (fair, spring)

    customer = change(customer, acquisition_channel=web)
    assert (customer.acquisition_channel, customer.acquisition_campaign) == (web, None)


def test_a_campaign_of_another_channel_is_refused_with_a_sentence() -> None:
    fair, web = (AcquisitionChannel.objects.create(name=name) for name in ("Fair", "Web"))
    spring = AcquisitionCampaign.objects.create(channel=fair, name="Spring")

    with pytest.raises(ValidationError, match="belongs to another channel"):
        change(CustomerFactory(), acquisition_channel=web, acquisition_campaign=spring)
    with pytest.raises(ValidationError, match="Name the channel"):
        change(CustomerFactory(), acquisition_campaign="Autumn")


def test_channels_are_named_once(analyst: Any, owner: Any) -> None:
    values = {"name": "Fair", "campaigns": ["Spring", "Spring", " "]}
    channel = actions.add_channel(by=analyst, now=NOW, values=values)
    assert [str(campaign) for campaign in channel.campaigns.all()] == ["Spring"]

    with pytest.raises(ValidationError, match="already"):
        actions.add_channel(by=analyst, now=NOW, values={"name": "Fair"})
    renamed = actions.change_channel(
        by=analyst, now=NOW, channel=channel, values={"name": "Trade fair"}
    )
    assert str(renamed) == "Trade fair"


def test_over_the_api_channels_have_names(manager: Any) -> None:
    api = ApiClient(manager)

    added = api.post(
        "/customers",
        {"name": "A", "acquisition_channel": "Fair", "acquisition_campaign": "Spring"},
    ).json()

    assert (added["acquisition_channel"], added["acquisition_campaign"]) == ("Fair", "Spring")
    answer = api.post("/customers", {"name": "B", "acquisition_campaign": "Spring"})
    assert answer.status_code == 422
    assert "Name the channel" in answer.json()["errors"][0]["message"]


def test_a_file_may_name_the_channel(imported: Any) -> None:
    text = "id;name;acquisition channel;campaign\n1;Anna;Fair;Spring\n2;Bert;Web;\n3;Cid;;\n"

    assert imported("customers", text).counts["customers"] == {"new": 3, "changed": 0, "same": 0}

    told = Customer.objects.order_by("name").values_list(
        "acquisition_channel__name", "acquisition_campaign__name"
    )
    assert list(told) == [("Fair", "Spring"), ("Web", None), (None, None)]
    assert imported("customers", text).counts["customers"]["same"] == 3


def test_the_list_finds_customers_by_channel(analyst: Any, signed_in: SignedIn) -> None:
    fair = AcquisitionChannel.objects.create(name="Fair")
    CustomerFactory(name="Came", acquisition_channel=fair)
    CustomerFactory(name="Unknown")
    client = signed_in(analyst)

    came = client.get(f"/customers/?channel={fair.pk}").content.decode()
    unknown = client.get("/customers/?channel=null").content.decode()

    assert "Came" in came
    assert "Unknown" not in came
    assert ">Unknown<" in unknown
