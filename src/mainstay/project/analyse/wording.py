"""Numbers as people read them, and the words for the keys of a summary."""

from dataclasses import dataclass
from typing import Any

DECIMALS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "TND": 3, "BHD": 3}
LARGE = 10_000  # amounts from here on are shown without minor units

LEFT_OUT = {
    "no_customer": "lines without a customer",
    "no_day": "lines whose day is missing or cannot be read",
    "after_as_of": "lines after the last day that counts",
    "no_amount": "lines whose amount is missing or cannot be read",
    "not_goods": "postage, fees and manual entries",
}
ROLES = {
    "customer": "customer",
    "moment": "day",
    "amount": "amount of the line",
    "amount_minor": "amount of the line, in minor units",
    "price": "unit price",
    "quantity": "quantity",
    "order": "order",
    "product": "product",
    "cost": "cost of the line",
    "unit_cost": "cost per unit",
    "cost_minor": "cost of the line, in minor units",
    "kind": "kind of line",
}


def count(number: float) -> str:
    """Return a count or a large number with thousands set apart."""
    return f"{number:,.0f}".replace(",", "\u202f")


def share(part: float) -> str:
    """Return a share in per cent, with one decimal where it is small."""
    return f"{part:.0%}" if part >= 0.1 or part == 0 else f"{part:.1%}"  # noqa: PLR2004


@dataclass(frozen=True)
class Money:
    """Writes minor units as an amount in the currency of the run."""

    currency: str
    decimals: int

    @classmethod
    def of(cls, summary: dict[str, Any]) -> "Money":
        """Return the writer for the currency that the summary names."""
        currency = summary["parameters"].get("currency") or ""
        return cls(currency, decimals_of(currency))

    def __call__(self, minor: float | None) -> str:
        """Return the amount, a dash where it is not known."""
        if minor is None:
            return "–"
        amount = minor / 10**self.decimals
        shown = self.decimals if abs(amount) < LARGE else 0
        written = f"{amount:,.{shown}f}".replace(",", "\u202f").replace("-", "\u2212")
        return f"{written}\u00a0{self.currency}" if self.currency else written


def decimals_of(currency: str) -> int:
    """Return how many decimals the minor unit of a currency has."""
    return DECIMALS.get(currency, 2)


SEGMENTS = {
    "champion": "Champions",
    "loyal": "Loyal",
    "potential": "Potentially loyal",
    "new": "New",
    "promising": "Promising",
    "attention": "Need attention",
    "sleepy": "About to sleep",
    "at_risk": "At risk",
    "cannot_lose": "Cannot lose them",
    "hibernating": "Hibernating",
    "lost": "Lost",
}
METHODS = {
    "abc": "Customers are ranked by revenue net of returns. Class A ends with the customer who"
    " carries the cumulative share over its bound, class B likewise; the rest is C. Customers with"
    " equal revenue are in the same class, and those without revenue above zero are in C.",
    "rfm": "Each measure is cut at its quintiles; 5 is best. Customers with equal values always get"
    " the same score, so a score can be rare or empty where many customers have the same value."
    " Several orders on one day are one purchase day; a day with returns only is none.",
    "clv": "The expected margin of the next {months} months, discounted by {rate} a year, from each"
    " customer's own rhythm and spend. The interval beside a value holds 8 of 10 outcomes.",
    "margin_costs": "The margin is {share} of revenue, from the lines with a known cost ({known} of"
    " revenue).",
    "margin_default": "The file has no costs, so value is counted as {share} of revenue; give your"
    " gross margin with the option --margin (35%).",
    "back_test": "Bias compares totals; the mean error is per customer. x / T is what a ruler would"
    " say: each customer goes on at the rate so far. Customers who came after the dividing day are"
    " not in the table, in the chart they count from their first purchase.",
    "BG/NBD": "Customers buy at their own rate and may leave after any purchase. Time in days.",
    "NBD": "Customers buy at their own rate and never leave. Time in days.",
    "Gamma-Gamma": "Customers spend around their own average; the first purchase is left out.",
}
