"""Draw by which channel and campaign each customer came, and what the channels cost by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from mainstay.project.demo.purchases import DAYS
from mainstay.project.demo.world import World

BRINGING = "Bring a colleague"
ROUND = 1_000  # cents: bills are known to ten euros


@dataclass(frozen=True)
class Campaign:
    """The share of a channel's new customers that it brings in its months, and what they cost."""

    name: str
    share: float
    monthly: int  # cents
    months: tuple[int, ...] = tuple(range(1, 13))


@dataclass(frozen=True)
class Channel:
    name: str
    share: float
    monthly: int  # cents, beside the campaigns
    campaigns: tuple[Campaign, ...] = ()
    unbilled: tuple[int, ...] = ()  # months of the year whose bill nobody has entered


CHANNELS = (
    Channel(
        "Trade fairs",
        0.2,
        60_000,
        (
            Campaign("Spring fair", 0.9, 780_000, (3, 4, 5)),
            Campaign("Autumn fair", 0.9, 910_000, (9, 10, 11)),
        ),
    ),
    Channel("Recommendation", 0.23, 0, (Campaign(BRINGING, 0.7, 80_000),)),
    Channel("Website", 0.22, 95_000, (Campaign("Search adverts", 0.6, 165_000),)),
    Channel("Sales calls", 0.15, 490_000),
    Channel("Catalogue", 0.09, 120_000, unbilled=(6, 7, 8)),
    Channel("Tenders", 0.04, 70_000),
)
SPREAD = (0.85, 1.2)  # bills of a month beside the usual one


@dataclass(frozen=True)
class Cost:
    channel: int
    campaign: str
    month: date
    minor: int


@dataclass(frozen=True)
class Origins:
    """The place of the channel by company, −1 for none, the campaign's name, and all costs; who
    recommended whom, by places of companies."""

    channel: list[int]
    campaign: list[str]
    costs: list[Cost]
    recommended: list[tuple[int, int]]  # customer, given by


def draw(world: World, *, seed: int) -> Origins:
    """Draw it all; the same world and seed give the same origins."""
    random = np.random.default_rng([seed, 11])
    shares = [channel.share for channel in CHANNELS]
    places = [-1, *range(len(CHANNELS))]
    channels = random.choice(places, size=len(world.companies), p=[1 - sum(shares), *shares])
    chances = random.random(len(world.companies))
    campaigns = [
        _campaign(int(place), month, float(chance))
        for place, month, chance in zip(channels, _first_months(world), chances, strict=True)
    ]
    costs = list(_costs(world.first_day, random))
    return Origins(channels.tolist(), campaigns, costs, _recommended(world, campaigns, random))


def _first_days(world: World) -> list[int]:
    """Return the day of each company's first purchase; DAYS where it never bought."""
    first = np.full(len(world.companies), DAYS)
    np.minimum.at(first, world.orders["customer"], world.orders["day"])
    return [int(day) for day in first.tolist()]


def _first_months(world: World) -> list[int]:
    """Return the month of each company's first purchase; 0 where it never bought."""
    days = _first_days(world)
    return [(world.first_day + timedelta(day)).month if day < DAYS else 0 for day in days]


def _recommended(world: World, campaigns: list[str], random: Any) -> list[tuple[int, int]]:
    """Return who brought whom: somebody who had bought before."""
    first = _first_days(world)
    early = sorted(range(len(first)), key=first.__getitem__)
    place = {company: n for n, company in enumerate(early)}
    brought = [c for c, name in enumerate(campaigns) if name == BRINGING and place[c] > 0]
    return [(c, early[int(place[c] * random.random())]) for c in brought]


def _campaign(place: int, month: int, chance: float) -> str:
    """Return the campaign that brought a customer of this channel in this month, if one did."""
    running = [c for c in CHANNELS[place].campaigns if month in c.months] if place >= 0 else []
    return next((campaign.name for campaign in running if chance < campaign.share), "")


def _costs(first_day: date, random: np.random.Generator) -> Iterator[Cost]:
    month, last = first_day.replace(day=1), first_day + timedelta(DAYS - 1)
    while month <= last:
        for place, channel in enumerate(CHANNELS):
            if month.month in channel.unbilled and (last - month).days < DAYS // 3:
                continue
            if channel.monthly:
                yield Cost(place, "", month, _bill(channel.monthly, random))
            for campaign in channel.campaigns:
                if month.month in campaign.months:
                    yield Cost(place, campaign.name, month, _bill(campaign.monthly, random))
        month = (month + timedelta(32)).replace(day=1)


def _bill(usual: int, random: Any) -> int:
    return round(float(usual * random.uniform(*SPREAD)) / ROUND) * ROUND
