"""The whole demo company in memory: what is drawn from a size, a seed and a day."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from mainstay.project.demo import catalogue, companies, contacts, purchases, sales, talks

SPLIT_SHARE = 0.5


@dataclass
class World:
    """`first_day` is day 0 of orders and talks; positions in the lists are what points to them."""

    first_day: date
    companies: list[companies.Company]
    contacts: list[contacts.Contact]
    catalogue: catalogue.Catalogue
    orders: sales.Rows
    lines: sales.Rows
    talks: list[talks.Talk]


def draw(*, size: int, seed: int, today: date) -> World:
    """Draw the company; the same arguments give the same company."""
    random = np.random.default_rng(seed)
    first_day = today - timedelta(days=purchases.DAYS - 1)
    firms = companies.draw(random, size)
    people = contacts.draw(random, firms)
    goods = catalogue.draw(random)
    habits = purchases.habits(random, firms)
    bought = purchases.draw(random, habits, np.datetime64(first_day))
    _split_between_records(random, firms, bought)
    orders, lines = sales.draw(random, bought, habits, goods)
    return World(
        first_day=first_day,
        companies=firms,
        contacts=people,
        catalogue=goods,
        orders=orders,
        lines=lines,
        talks=talks.draw(random, firms, people, orders),
    )


def _split_between_records(
    random: companies.Random, firms: list[companies.Company], bought: purchases.Purchases
) -> None:
    """A second record of a company has no trade of its own: it takes half of the first one's."""
    second = {position: firm.same_as for position, firm in enumerate(firms) if firm.same_as}
    for position, original in second.items():
        own = bought.customer == position
        bought.customer[own] = original
        theirs = np.flatnonzero(bought.customer == original)
        bought.customer[theirs[random.random(len(theirs)) < SPLIT_SHARE]] = position
