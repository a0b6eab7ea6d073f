"""The chapters of the overview and of the board pack, in the order in which they are read."""

from . import customers, growth, profit, relations, trust, winning, worth
from .block import Chapter
from .queries import Facts


def chapters(facts: Facts) -> list[Chapter]:
    """Return what may be told; without money there is no profit to speak of."""
    found = [customers.chapter(facts), worth.chapter(facts)]
    if facts.money:
        found += [profit.chapter(facts), winning.chapter(facts)]
    return [*found, relations.chapter(facts), growth.chapter(facts), trust.chapter(facts)]
