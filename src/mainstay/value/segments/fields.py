"""What a rule of a segment may ask of the value of a customer."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers.segments.fields import Field, Kind, register
from mainstay.value.presenters.words import SEGMENTS
from mainstay.value.profitability.words import TREATMENTS

from . import queries

VALUE, PROFIT = _("Customer value"), _("Profitability of 12 months")
MISSING = _("There is no value run yet, so nobody meets this; start one.")
MONEY = "money.view"


def _value(key: str, label: Any, kind: Kind, **wishes: Any) -> Field:
    known: dict[str, Any] = {
        "group": VALUE,
        "rows": queries.values,
        "path": key,
        "permission": "value.view",
    }
    return Field(key=f"value.{key}", label=label, kind=kind, missing=MISSING, **(known | wishes))


def _profit(key: str, label: Any, kind: Kind, **wishes: Any) -> Field:
    known: dict[str, Any] = {
        "group": PROFIT,
        "rows": queries.profits,
        "path": key,
        "permission": "value.view",
    }
    return Field(key=f"profit.{key}", label=label, kind=kind, missing=MISSING, **(known | wishes))


def publish() -> None:
    """Register what the value run and the run of profitability say of each customer."""
    register(*_values(), *_changes(), *_profits())


def _values() -> Iterable[Field]:
    return (
        _value("abc_class", _("Class"), Kind.CHOICE, choices=_classes),
        _value("segment", _("RFM segment"), Kind.CHOICE, choices=lambda: list(SEGMENTS.items())),
        _value("r", _("Recency score"), Kind.NUMBER),
        _value("f", _("Frequency score"), Kind.NUMBER),
        _value("m", _("Monetary score"), Kind.NUMBER),
        _value("clv", _("CLV"), Kind.MONEY, path="clv_minor", permission=MONEY),
        _value("p_alive", _("P(alive)"), Kind.SHARE),
        _value("expected_12m", _("Purchases expected in 12 months"), Kind.NUMBER),
        _value("revenue", _("Revenue ever"), Kind.MONEY, path="revenue_minor"),
        _value("first_day", _("First purchase"), Kind.DAY),
        _value("last_day", _("Last purchase"), Kind.DAY),
        _value("at_risk", _("At risk"), Kind.FLAG, path="", rows=queries.at_risk),
        _value("lost", _("Lost"), Kind.FLAG, path="", rows=queries.losses),
    )


def _classes() -> list[tuple[str, str]]:
    return [(each, each) for each in "ABC"]


def _changes() -> Iterable[Field]:
    return (
        _value(
            "class_steps", _("Classes moved since the run before"), Kind.NUMBER, rows=queries.moves
        ),
        _value(
            "gap", _("Gap: bought elsewhere in a year"), Kind.MONEY, path="current_minor",
            rows=queries.gaps,
        ),
        _value(
            "share_of_wallet", _("Share of wallet"), Kind.SHARE, path="share_of_wallet",
            rows=queries.gaps,
        ),
    )  # fmt: skip


def _profits() -> Iterable[Field]:
    return (
        _profit(
            "net", _("Net profit"), Kind.MONEY, path="net_profit_minor", permission=MONEY
        ),
        _profit(
            "service", _("Cost to serve"), Kind.MONEY, path="cost_to_serve_minor",
            permission=MONEY,
        ),
        _profit("sales", _("Sales"), Kind.MONEY, path="revenue_minor"),
        _profit("sales_before", _("Sales the year before"), Kind.MONEY, path="before_minor"),
        _profit("orders", _("Number of orders"), Kind.NUMBER),
        _profit("categories", _("Number of categories bought"), Kind.NUMBER),
        _profit("products", _("Number of products bought"), Kind.NUMBER),
        _profit("tenth", _("Tenth by net profit"), Kind.NUMBER, permission=MONEY),
        _profit(
            "treatment", _("Suggested treatment"), Kind.CHOICE, permission=MONEY,
            choices=lambda: list(TREATMENTS.items()),
        ),
        _profit("sales_rank", _("Place from the top by sales"), Kind.SHARE),
        _profit("sales_through", _("Sales that larger ones bring"), Kind.SHARE),
        _profit("before_rank", _("Place from the top the year before"), Kind.SHARE),
        _profit("ever_rank", _("Place from the top by sales ever"), Kind.SHARE),
    )  # fmt: skip
