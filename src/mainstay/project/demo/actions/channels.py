"""Write by which channels the demo's customers came, and what these cost."""

from datetime import datetime

import pyarrow as pa

from mainstay.customers.actions import campaign_named, channel_named
from mainstay.customers.models import Customer
from mainstay.customers.recommendations.models import Recommendation
from mainstay.project.demo import channels
from mainstay.project.demo.actions.rows import Columns, Keys
from mainstay.project.demo.actions.rows import load as load_rows
from mainstay.project.demo.world import World
from mainstay.shared import tables
from mainstay.value.models import ChannelCost


def load(world: World, customers: Keys, seed: int, now: datetime) -> None:
    """Write channels and campaigns, note them on the customers, enter the costs."""
    drawn = channels.draw(world, seed=seed)
    rows = [channel_named(channel.name) for channel in channels.CHANNELS]
    campaigns = {
        (place, campaign.name): campaign_named(rows[place], campaign.name).pk
        for place, channel in enumerate(channels.CHANNELS)
        for campaign in channel.campaigns
    }
    pairs = list(zip(drawn.channel, drawn.campaign, strict=True))
    origins = {
        "id": list(customers.every(len(pairs))),
        "acquisition_channel": [rows[place].pk if place >= 0 else None for place, _name in pairs],
        "acquisition_campaign": [campaigns.get(pair) for pair in pairs],
    }
    tables.update(
        Customer, pa.table({name: pa.array(ids, pa.int64()) for name, ids in origins.items()})
    )
    costs: Columns = {
        "channel": [rows[cost.channel].pk for cost in drawn.costs],
        "campaign": [campaigns.get((cost.channel, cost.campaign)) for cost in drawn.costs],
        "month": [str(cost.month) for cost in drawn.costs],
        "amount_minor": [cost.minor for cost in drawn.costs],
    }
    load_rows(ChannelCost, costs, now)
    given: Columns = {
        "customer": [customers.of(customer) for customer, _giver in drawn.recommended],
        "given_by": [customers.of(giver) for _customer, giver in drawn.recommended],
    }
    if drawn.recommended:
        load_rows(Recommendation, given, now)
