"""Channels, campaigns and costs as a person keeps them."""

from typing import Any

import pytest

from mainstay.customers.models import AcquisitionCampaign, AcquisitionChannel, Customer
from mainstay.records.models import AuditEvent
from mainstay.value.models import ChannelCost
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(manager: Any, signed_in: Any) -> Any:
    return signed_in(manager)


def test_a_channel_is_added_with_campaigns_and_renamed(client: Any) -> None:
    client.post("/value/acquisition/channels/add/", {"name": "Fair", "campaigns": "Spring\nAutumn"})
    channel = AcquisitionChannel.objects.get()
    client.post(f"/value/acquisition/channels/{channel.pk}/", {"name": "Fairs", "campaigns": ""})

    page = client.get("/value/acquisition/channels/").content.decode()

    assert "Fairs" in page
    assert "Autumn, Spring" in page
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"acquisition_channel.added", "acquisition_channel.changed"} <= verbs


def test_a_cost_is_entered_changed_and_removed(client: Any, fair: Any) -> None:
    cost = {"channel": fair.pk, "month": "2026-02", "amount_minor": "1,250.50", "note": "Stand"}

    client.post("/value/acquisition/costs/add/", cost)
    row = ChannelCost.objects.get()
    assert (f"{row.month}", row.amount_minor, row.note) == ("2026-02-01", 125_050, "Stand")

    client.post(f"/value/acquisition/costs/{row.pk}/", cost | {"amount_minor": "900"})
    row.refresh_from_db()
    assert row.amount_minor == 90_000

    client.post(f"/value/acquisition/costs/{row.pk}/remove/")
    assert not ChannelCost.objects.exists()
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-3:] == ["channel_cost.added", "channel_cost.changed", "channel_cost.removed"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"amount_minor": "-5"}, "greater than or equal to 0"),
        ({"amount_minor": "1.234"}, "decimal places; write no more"),
        ({"month": "spring"}, "Write the month as year and month, such as 2026-03."),
        ({"month": "1500-01"}, "Choose a month from 1900 to 2199."),
        ({"month": "2026-01"}, "There is a cost of this month already; change that one."),
        ({"channel": ""}, "This field is required."),
        ({"note": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_wrong_cost_is_told_beside_its_field(
    client: Any, fair: Any, wrong: dict[str, str], sentence: str
) -> None:
    ChannelCost.objects.create(channel=fair, month="2026-01-01", amount_minor=1)
    cost = {"channel": fair.pk, "month": "2026-02", "amount_minor": "5", "note": ""}

    answer = client.post("/value/acquisition/costs/add/", cost | wrong)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert ChannelCost.objects.count() == 1


def test_a_campaign_of_another_channel_is_refused(client: Any, fair: Any, adverts: Any) -> None:
    cost = {"channel": fair.pk, "campaign": adverts.pk, "month": "2026-02", "amount_minor": "5"}

    answer = client.post("/value/acquisition/costs/add/", cost)

    assert "belongs to another channel; choose one of its own" in answer.content.decode()


def test_a_campaign_is_renamed_and_removed(client: Any, adverts: Any) -> None:
    address = f"/value/acquisition/campaigns/{adverts.pk}/"

    client.post(address, {"name": "Search adverts"})
    assert AcquisitionCampaign.objects.get().name == "Search adverts"

    client.post(f"{address}remove/")
    assert not AcquisitionCampaign.objects.exists()


def test_a_channel_with_customers_stays(client: Any, fair: Any) -> None:
    customer = CustomerFactory()
    Customer.objects.filter(pk=customer.pk).update(acquisition_channel=fair)

    answer = client.post(f"/value/acquisition/channels/{fair.pk}/remove/", follow=True)

    assert "1 customer came by “Fair”" in answer.content.decode()
    assert AcquisitionChannel.objects.exists()


def test_costs_of_one_channel_can_be_chosen(client: Any, fair: Any, website: Any) -> None:
    ChannelCost.objects.create(channel=fair, month="2026-01-01", amount_minor=1_00, note="Stand")
    ChannelCost.objects.create(channel=website, month="2026-01-01", amount_minor=1, note="Host")

    page = client.get(f"/value/acquisition/channels/?channel={fair.pk}").content.decode()

    assert "Stand" in page
    assert "Host" not in page


def test_nothing_there_says_what_to_do(client: Any) -> None:
    assert "No channel yet" in client.get("/value/acquisition/channels/").content.decode()
    assert client.get("/value/acquisition/costs/99/").status_code == 404
    assert client.get("/value/acquisition/channels/?cursor=x&channel=²").status_code == 200


def test_who_may_not_keep_channels_reads_them(owner: Any, fair: Any, signed_in: Any) -> None:
    client = signed_in(owner)

    assert "Enter a cost" not in client.get("/value/acquisition/channels/").content.decode()
    assert client.get("/value/acquisition/costs/add/").status_code == 403
