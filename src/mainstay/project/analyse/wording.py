"""Numbers as people read them, and the words for the keys of a summary."""

from dataclasses import dataclass
from typing import Any

from mainstay.analysis import said
from mainstay.analysis.said.marks import gettext_noop
from mainstay.project.analyse.language import gettext, number, percent

DECIMALS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "TND": 3, "BHD": 3}
LARGE = 10_000  # amounts from here on are shown without minor units

LEFT_OUT = {
    "no_customer": gettext_noop("Lines without a customer"),
    "no_day": gettext_noop("Lines whose day is missing or cannot be read"),
    "after_as_of": gettext_noop("Lines after the last day that counts"),
    "no_amount": gettext_noop("Lines whose amount is missing or cannot be read"),
    "not_goods": gettext_noop("Postage, fees and manual entries"),
}
ROLES = {
    "customer": gettext_noop("customer"),
    "moment": gettext_noop("day"),
    "amount": gettext_noop("amount of the line"),
    "amount_minor": gettext_noop("amount of the line, in minor units"),
    "price": gettext_noop("unit price"),
    "quantity": gettext_noop("quantity"),
    "order": gettext_noop("order"),
    "product": gettext_noop("product"),
    "cost": gettext_noop("cost of the line"),
    "unit_cost": gettext_noop("cost per unit"),
    "cost_minor": gettext_noop("cost of the line, in minor units"),
    "kind": gettext_noop("kind of line"),
}


def count(counted: float) -> str:
    """Return a count or a large number with thousands set apart."""
    return number(counted)


def share(part: float) -> str:
    """Return a share in per cent, with one decimal where it is small."""
    return percent(part, 0 if part >= 0.1 or part == 0 else 1)  # noqa: PLR2004


def role(key: str) -> str:
    """Return what a column is, in the reader's language."""
    return gettext(ROLES[key]) if key in ROLES else key


def segment(key: str) -> str:
    """Return a segment's name in the reader's language."""
    return gettext(SEGMENTS[key]) if key in SEGMENTS else key


def sentence(text: str, money: "Money") -> str:
    """Return what the analysis said in the reader's language."""

    def figure(name: str, value: str) -> str:
        if name == "amount":
            return money(float(value))
        amount = float(value)
        return number(amount, 0 if amount.is_integer() else 2)

    return said.translated(text, gettext=gettext, figure=figure)


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
        written = number(amount, self.decimals if abs(amount) < LARGE else 0)
        return f"{written}\u00a0{self.currency}" if self.currency else written

    def between(self, low: float, high: float) -> str:
        """Return an interval of amounts."""
        return gettext("%(low)s to %(high)s") % {"low": self(low), "high": self(high)}


def decimals_of(currency: str) -> int:
    """Return how many decimals the minor unit of a currency has."""
    return DECIMALS.get(currency, 2)


SEGMENTS = {
    "champion": gettext_noop("Champions"),
    "loyal": gettext_noop("Loyal"),
    "potential": gettext_noop("Potentially loyal"),
    "new": gettext_noop("New"),
    "promising": gettext_noop("Promising"),
    "attention": gettext_noop("Need attention"),
    "sleepy": gettext_noop("Falling asleep"),
    "at_risk": gettext_noop("At risk"),
    "cannot_lose": gettext_noop("Must not be lost"),
    "hibernating": gettext_noop("Hibernating"),
    "lost": gettext_noop("Lost"),
}
METHODS = {
    "abc": gettext_noop(
        "Customers are ranked by revenue net of returns. Class A ends with the customer who"
        " carries the cumulative share over its bound, class B likewise; the rest is C. Customers"
        " with equal revenue are in the same class, and those without revenue above zero are in C."
    ),
    "rfm": gettext_noop(
        "Each measure is cut at its quintiles; 5 is best. Customers with equal values always get"
        " the same score, so a score can be rare or empty where many customers have the same value."
        " Several orders on one day are one purchase day; a day with returns only is none."
    ),
    "clv": gettext_noop(
        "The expected margin of the next %(months)s months, discounted by %(rate)s a year, from"
        " each customer's own rhythm and spend. The interval beside a value holds 8 of 10 outcomes."
    ),
    "margin_costs": gettext_noop(
        "The margin is %(share)s of revenue, from the lines with a known cost (%(known)s of"
        " revenue)."
    ),
    "margin_default": gettext_noop(
        "The file has no costs, so value is counted as %(share)s of revenue; give your gross margin"
        " with the option --margin."
    ),
    "back_test": gettext_noop(
        "Bias compares totals; the mean error is per customer. x / T is what a ruler would say:"
        " each customer goes on at the rate so far. Customers who came after the dividing day are"
        " not in the table, in the chart they count from their first purchase."
    ),
    "BG/NBD": gettext_noop(
        "Customers buy at their own rate and may leave after any purchase. Time in days."
    ),
    "NBD": gettext_noop("Customers buy at their own rate and never leave. Time in days."),
    "Gamma-Gamma": gettext_noop(
        "Customers spend around their own average; the first purchase is left out."
    ),
}
