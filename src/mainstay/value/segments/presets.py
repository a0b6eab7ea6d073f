"""Segments that come with the program: the questions that a list answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers.segments.presets import Preset, register

YEAR = 365


def _asks(field: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    given = {} if value is None else {"value": value}
    return {"field": field, "op": op, **given, **more}


def _preset(key: str, name: Any, description: Any, *rules: Any) -> Preset:
    definition = {"match": "all", "rules": list(rules)}
    return Preset(key=key, name=name, description=description, definition=definition)


def publish() -> None:
    """Register them; each can be changed, or put away, like any other."""
    register(*_of_sales(), *_of_questions())


def _of_sales() -> tuple[Preset, ...]:
    silent = _asks("orders.order", "none", days=YEAR)
    return (
        _preset(
            "gold",
            _("Gold: the top 5% by sales"),
            _("Who is forecast to matter most, from the sales of the last 12 months."),
            _asks("profit.sales_rank", "under", 5),
        ),
        _preset(
            "eighty",
            _("2/8: who together bring 80% of sales"),
            _("The few on whom most of the sales of the last 12 months rest."),
            _asks("profit.sales_through", "under", 80),
        ),
        _preset(
            "silent",
            _("Smallest 20%, silent for a year: fewer mailings"),
            _("Small customers who ordered nothing for over a year."),
            _asks("profit.ever_rank", "at_least", 80),
            silent,
        ),
        _preset(
            "large_lost",
            _("Last year's largest who stay away this year"),
            _("Of the largest fifth of the year before, those without an order since."),
            _asks("profit.before_rank", "under", 20),
            silent,
        ),
        _preset(
            "large_again",
            _("Last year's largest who ordered this year too"),
            _("Of the top 5% of the year before, those who go on ordering."),
            _asks("profit.before_rank", "under", 5),
            _asks("orders.order", "some", days=YEAR),
        ),
    )


def _of_questions() -> tuple[Preset, ...]:
    return (
        _preset(
            "cost_us",
            _("Customers who cost us money"),
            _("What they bring is less than what serving them costs."),
            _asks("profit.net", "under", 0),
        ),
        _preset(
            "large_complaining",
            _("Large ones who complained repeatedly"),
            _("Of the largest fifth, those with two complaints or more in 12 months."),
            _asks("profit.sales_rank", "under", 20),
            _asks("contacts.complaint", "at_least", 2, days=YEAR),
        ),
        _preset(
            "more_elsewhere",
            _("Buy one or two products here and more elsewhere"),
            _("They buy what we sell, mostly from others."),
            _asks("profit.products", "between", [1, 2]),
            _asks("value.gap", "over", 0),
        ),
        _preset(
            "most_wanted",
            _("Whom we most want to win this year"),
            _("They buy most of what we sell elsewhere, and are still active."),
            _asks("value.share_of_wallet", "under", 50),
            _asks("value.p_alive", "at_least", 50),
        ),
        _preset(
            "wake",
            _("Valuable and falling silent"),
            _("Classes A and B that are probably lost unless somebody calls."),
            _asks("value.at_risk", "yes"),
            _asks("contacts.any", "none", days=30),
        ),
    )
