"""What is shipped: the lists of the lecture on key accounts, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .choices import Topic


@dataclass(frozen=True)
class Item:
    """One entry of the library; `shipped` ones keep their key under the company's own words."""

    topic: str
    key: str
    name: str
    text: str = ""
    shipped: bool = True
    changed: bool = False


def items() -> list[Item]:
    """Return all shipped entries, topic by topic."""
    parts = {
        Topic.TACTIC: _tactics(),
        Topic.ORGANISATION: _organisation(),
        Topic.STRATEGIC: _strategic(),
        Topic.OPERATIONAL: _operational(),
        Topic.PRICE: _price(),
        Topic.VALUE: _value(),
        Topic.SKILL: _skills(),
    }
    return [
        Item(topic, key, name, text) for topic, rows in parts.items() for key, name, text in rows
    ]


Rows = list[tuple[str, str, str]]


def _tactics() -> Rows:
    return [
        (
            "need.keep",
            _("Keep the certainty of need"),
            _("Pass on technical information; help to plan the project."),
        ),
        (
            "need.improve",
            _("Raise the certainty of need"),
            _("Work out with the customer what is needed: a workshop, a sample, a pilot."),
        ),
        (
            "market.keep",
            _("Keep the certainty of the market"),
            _("Tell regularly how we compare and what is new, before others do."),
        ),
        (
            "market.improve",
            _("Raise the certainty of the market"),
            _("Reduce the influence of outside actors; recall long cooperation and references."),
        ),
        (
            "transaction.keep",
            _("Keep the certainty of the transaction"),
            _("Deliver as promised, and show it: on time, complete, without a fault."),
        ),
        (
            "transaction.improve",
            _("Raise the certainty of the transaction"),
            _("Guarantee quality and time of execution; recall the years worked together."),
        ),
        (
            "loosen",
            _("Leave it as it falls"),
            _("Less certainty is wanted than there is: effort can go elsewhere."),
        ),
    ]


def _organisation() -> Rows:
    return [
        ("division", _("A division for key accounts with a director"), ""),
        ("subdivision", _("A subdivision within marketing and sales, with a deputy director"), ""),
        ("department", _("A department for key accounts with its own head"), ""),
        ("section", _("A section of the sales department"), ""),
        ("teams", _("Task teams, one for each key account"), ""),
    ]


def _strategic() -> Rows:
    return [
        (
            "information",
            _("A common information system"),
            _("Orders, stock and forecasts seen by both."),
        ),
        ("process", _("Improving processes together"), _("Joint teams for what costs both sides.")),
        ("research", _("Joint research and development"), _("New products begun together.")),
        ("quality", _("A common quality control"), _("One check instead of two.")),
        ("individual", _("An individual product or service"), _("Made for this customer alone.")),
    ]


def _operational() -> Rows:
    return [
        ("product", _("Create products for the customer"), ""),
        ("loyalty", _("A loyalty programme"), ""),
        ("club", _("A club or a programme of participation"), ""),
        ("status", _("Key or reference customer status"), ""),
        ("guarantee", _("Special guarantees"), ""),
        ("rebate", _("Customer rebates in money or kind"), ""),
        ("symbol", _("The customer’s own marks on what it orders"), ""),
        ("framework", _("Framework agreements and convenient terms of payment"), ""),
        ("contact", _("Contacts in person, by telephone, post and e-mail"), ""),
    ]


def _price() -> Rows:
    return [
        (
            "more_more",
            _("More for more"),
            _("Better, at a higher price: quality or prestige pays for it."),
        ),
        ("more_same", _("More for the same"), _("Better than the others, at their price.")),
        ("same_less", _("The same for less"), _("Equal goods from a simpler chain of supply.")),
        ("less_less", _("Less for much less"), _("Knowingly less, at a far lower price.")),
    ]


def _value() -> Rows:
    return [
        ("lower_price", _("Lower prices"), _("The price itself.")),
        (
            "lower_costs",
            _("Lower other costs of the customer"),
            _("Storage, handling, administration, time."),
        ),
        (
            "tailoring",
            _("Fitted to the customer"),
            _("Extra benefit: products and services to measure."),
        ),
        ("convenience", _("More convenient buying"), _("Extra benefit.")),
        ("speed", _("Faster service"), _("Extra benefit.")),
        ("service", _("More or better services"), _("Extra benefit.")),
        ("guarantees", _("Extraordinary guarantees"), _("Extra benefit.")),
        ("software", _("Software of use to the customer"), _("Extra benefit.")),
        ("membership", _("Membership programmes"), _("Extra benefit.")),
    ]


def _skills() -> Rows:
    technical, between = _("Technical"), _("Interpersonal")
    concepts, social, lead = _("Conceptual"), _("Social"), _("Leadership")
    return [
        ("time", _("Managing time"), technical),
        ("automation", _("Sales systems and data"), technical),
        ("selling", _("Selling techniques"), technical),
        ("procedures", _("Procedures and tools of sales"), technical),
        ("contact", _("Making contact"), between),
        ("motivating", _("Motivating people and teams"), between),
        ("negotiating", _("Negotiating"), between),
        ("conflict", _("Resolving conflicts"), between),
        ("analysis", _("Analysis and diagnosis"), concepts),
        ("deciding", _("Deciding"), concepts),
        ("assertive", _("Assertiveness"), social),
        ("support", _("Giving reward and support"), social),
        ("speaking", _("Communication with and without words"), social),
        ("empathy", _("Empathy, cooperation, attention to others"), social),
        ("situations", _("Understanding different situations"), social),
        ("problems", _("Solving problems"), social),
        ("presenting", _("Presenting oneself"), social),
        ("organising", _("Organising and administering"), lead),
        ("team", _("Leading a team"), lead),
        ("influence", _("Knowing the principles of influence, and using them fairly"), lead),
    ]
