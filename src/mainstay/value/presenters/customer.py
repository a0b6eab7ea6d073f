"""The card on a customer's page: what the current run says of this one customer."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers.cards import Card
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import day, money_round, number, percent
from mainstay.value import queries
from mainstay.value.models import CustomerValue, ValueRun

from . import words
from .explained import Tile, currency, explain
from .sentences import translated

TEMPLATE = "value/customer_card.html"
STEADY = 0.05  # a trend nearer to 0 than this is called steady


def card(user: Any, customer: Any) -> Card | None:
    """Return the card; one that says so where nothing is known; None for who may not see value."""
    if not can(user, "value.view"):
        return None
    run = queries.current_run()
    found = queries.value_in(run, customer.pk, user=user) if run else None
    if run is None or found is None:
        return Card(TEMPLATE, {"run": run, "nothing": _nothing(run)})
    shown = {
        "run": run,
        "abc_class": found.abc_class,
        "segment": words.SEGMENTS.get(found.segment, ""),
        "tone": words.SEGMENT_TONES.get(found.segment, "neutral"),
        "tiles": _tiles(found, run, money=can(user, "money.view")),
    }
    return Card(TEMPLATE, shown)


def _nothing(run: ValueRun | None) -> str:
    if run is None:
        return _("Nobody has been valued yet. An analyst can start a value run.")
    text = _("The run as of %(day)s has no purchase of this customer.")
    return text % {"day": day(run.as_of)}


def _tiles(value: CustomerValue, run: ValueRun, *, money: bool) -> list[Tile]:
    found = [_rfm(value, run), _revenue(value, run)]
    if money and value.margin_minor is not None:
        found.append(_margin(value, run))
    if value.p_alive is not None:
        found += [_alive(value, run), _expected(value, run)]
    if money and value.clv_minor is not None:
        found.append(_clv(value, run))
    if value.trend is not None:
        found.append(_trend(value, run))
    return found


def _rfm(value: CustomerValue, run: ValueRun) -> Tile:
    latest, often, spent = value.recency_days, value.occasions, value.revenue_minor
    inputs = _("%(days)s days since the last purchase, %(often)s purchase days, %(spent)s in all")
    facts = explain(
        run,
        n=run.summary["n"],
        method=_("Scores among all customers for recency, frequency and money: 5 is best."),
        inputs=inputs
        % {
            "days": number(latest),
            "often": number(often),
            "spent": money_round(spent, currency(run)),
        },
    )
    hint = _("last bought %(day)s") % {"day": day(value.last_day)}
    shown = f"{value.r}-{value.f}-{value.m}"
    return Tile(_("Recency, frequency, money"), shown, "grid-3x3", hint, facts)


def _revenue(value: CustomerValue, run: ValueRun) -> Tile:
    facts = explain(
        run,
        n=run.summary["n"],
        method=_("Sum of all goods and discount lines, returns netted."),
        inputs=_("%(often)s purchase days since %(day)s")
        % {"often": number(value.occasions), "day": day(value.first_day)},
    )
    rank = number(value.revenue_rank)
    hint = _("rank %(rank)s of %(n)s") % {"rank": rank, "n": number(run.summary["n"])}
    amount = money_round(value.revenue_minor, currency(run))
    return Tile(_("Revenue"), amount, "banknote", hint, facts)


def _margin(value: CustomerValue, run: ValueRun) -> Tile:
    share = value.margin_minor / value.revenue_minor if value.revenue_minor > 0 else None  # type: ignore[operator]
    method = _("Revenue − cost over this customer's lines whose cost is known.")
    facts = explain(run, n=1, method=method)
    hint = _("%(share)s of revenue") % {"share": percent(share)} if share is not None else ""
    amount = money_round(value.margin_minor, currency(run))
    return Tile(_("Gross margin"), amount, "percent", hint, facts)


def _model(run: ValueRun) -> dict[str, Any]:
    fitted: dict[str, Any] = run.summary["models"]["purchases"]
    return fitted


def _alive(value: CustomerValue, run: ValueRun) -> Tile:
    method = _("Probability of still being a customer, %(model)s: from how often this customer"
               " bought and how long ago that was, beside all others.")  # fmt: skip
    facts = explain(
        run,
        n=run.summary["n"],
        method=method % {"model": _model(run)["name"]},
        note=translated(_model(run)["note"]),
    )
    days = value.recency_days or 0
    text = ngettext(
        "%(days)s day since the last purchase", "%(days)s days since the last purchase", days
    )
    hint = text % {"days": number(days)}
    return Tile(_("P(alive)"), percent(value.p_alive), "heart-pulse", hint, facts)


def _expected(value: CustomerValue, run: ValueRun) -> Tile:
    ends = {"low": number(value.expected_12m_low, 1), "high": number(value.expected_12m_high, 1)}
    facts = explain(
        run,
        n=run.summary["n"],
        method=_("Purchase days expected in the next 12 months, %(model)s.")
        % {"model": _model(run)["name"]},
        interval=_interval(run, ends),
    )
    hint = _("%(low)s to %(high)s in 12 months") % ends
    shown = number(value.expected_12m, 1)
    return Tile(_("Expected purchases"), shown, "shopping-cart", hint, facts)


def _clv(value: CustomerValue, run: ValueRun) -> Tile:
    unit, policy = currency(run), run.summary["parameters"]
    ends = {
        "low": money_round(value.clv_low_minor, unit),
        "high": money_round(value.clv_high_minor, unit),
    }
    method = _("Expected purchases × expected spend × gross margin, over %(months)s months,"
               " discounted at %(rate)s a year.")  # fmt: skip
    facts = explain(
        run,
        n=run.summary["n"],
        method=method
        % {"months": policy["horizon_months"], "rate": percent(policy["discount_rate"], 1)},
        inputs=_("%(amount)s expected at each purchase")
        % {"amount": money_round(value.expected_average_minor, unit)},
        interval=_interval(run, ends),
    )
    hint = _("%(low)s to %(high)s") % ends
    return Tile(_("Lifetime value"), money_round(value.clv_minor, unit), "gem", hint, facts)


def _interval(run: ValueRun, ends: dict[str, str]) -> str:
    level = percent(run.summary["parameters"]["level"])
    return _("%(level)s: %(low)s to %(high)s") % {"level": level, **ends}


def _trend(value: CustomerValue, run: ValueRun) -> Tile:
    trend = value.trend or 0.0
    shown = _("steady") if abs(trend) < STEADY else _("rising") if trend > 0 else _("falling")
    method = _("Purchase days of the latest half year less those of the half year before, as a"
               " share of both: from −100% (fell silent) to +100% (began anew).")  # fmt: skip
    facts = explain(run, n=1, method=method, inputs=percent(trend))
    return Tile(_("Trend"), shown, "trending-up" if trend >= 0 else "trending-down", "", facts)
