"""Pages of gaps: the whole base, one customer, the markets."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.analysis import charts
from mainstay.customers.cards import Card
from mainstay.orders.queries import categories
from mainstay.people.permissions import can
from mainstay.people.queries import company
from mainstay.shared import money as amounts
from mainstay.shared.templatetags.figures import (
    day,
    money_round,
    money_short,
    number,
    percent,
)
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import Tile, customers_counted, explain
from mainstay.value.presenters.overview import customers_url
from mainstay.value.queries import current_run

from . import queries
from .forms import MarketForm, WalletForm

STALE_DAYS = 365
FEW = 5  # customers under which a market's sums are shown as counts with a warning


@dataclass(frozen=True)
class Line:
    """A market or a customer with its figures, ready to read."""

    name: str
    url: str
    figures: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def overview(user: Any, *, market: int | None, today: date) -> dict[str, Any]:
    """Return the page of all gaps: sums by market, then the largest."""
    run, unit = current_run(), company().currency
    sums = queries.by_market(user) if run else []
    rows = list(queries.largest(user, market=market)) if run else []
    return {
        "run": run,
        "sums": [_market(row, unit) for row in sums],
        "largest": [_gap(row, unit, today) for row in rows],
        "tiles": _tiles(run, queries.totals(user), unit) if run and sums else [],
        "all_url": customers_url(
            columns="owner,current_gap,future_gap,wallet_share", gap_from="0", sort="current_gap"
        ),
        "chart": chart(sums, unit) if sums else None,
        "chosen": next((row["category__name"] for row in sums if row["market"] == market), ""),
        "why": (run.summary.get("gaps") or {}).get("why", "") if run else "",
        "may_edit": can(user, "orders.edit"),
    }


def _tiles(run: Any, told: dict[str, Any], unit: str) -> list[Tile]:
    """Return wallet, share of it, and both gaps, over all markets."""
    n, share = told["customers"], told["sales"] / told["wallet"] if told["wallet"] else None
    method = _("Sums over the customers with an estimate; each counts with its latest one.")

    def tile(label: str, value: str, icon: str, hint: str) -> Tile:
        return Tile(label, value, icon, hint, explain(run, n=n, method=method))

    return [
        tile(_("Wallet"), money_short(told["wallet"], unit), "wallet",
             _("of %(n)s with an estimate") % {"n": customers_counted(n)}),
        tile(_("Share of wallet"), percent(share), "chart-pie",
             _("%(amount)s bought from us") % {"amount": money_short(told["sales"], unit)}),
        tile(_("Current gap"), money_short(told["current"], unit), "split",
             _("bought elsewhere in a year")),
        tile(_("Future gap"), money_short(told["future"], unit), "trending-up",
             _("growth of the next 12 months")),
    ]  # fmt: skip


def _market(row: dict[str, Any], unit: str) -> Line:
    warnings = []
    if row["customers"] < FEW:
        text = ngettext("%(n)s estimate only", "%(n)s estimates only", row["customers"])
        warnings.append(text % {"n": number(row["customers"])})
    if row["unsure"]:
        text = ngettext("%(n)s of low confidence", "%(n)s of low confidence", row["unsure"])
        warnings.append(text % {"n": number(row["unsure"])})
    if row["over"]:
        text = ngettext(
            "%(n)s customer buys more from us than was estimated",
            "%(n)s customers buy more from us than was estimated",
            row["over"],
        )
        warnings.append(text % {"n": number(row["over"])})
    figures = (
        number(row["customers"]),
        money_round(row["wallet"], unit),
        money_round(row["sales"], unit),
        percent(row["sales"] / row["wallet"] if row["wallet"] else None),
        money_round(row["current"], unit),
        percent(row["growth"], 1),
        money_round(row["future"], unit),
    )
    url = f"{reverse('value:gaps')}?market={row['market']}"
    return Line(row["category__name"], url, figures, tuple(warnings))


def _gap(row: Any, unit: str, today: date) -> Line:
    figures = (
        row.category.name if row.category else _("All markets"),
        money_round(row.wallet_minor, unit),
        money_round(row.sales_minor, unit),
        percent(row.share_of_wallet),
        money_round(row.current_minor, unit),
        money_round(row.future_minor, unit),
    )
    url = reverse("value:wallet", args=[row.customer_id])
    return Line(row.customer.name, url, figures, _doubts(row, unit, today))


def _doubts(row: Any, unit: str, today: date) -> tuple[str, ...]:
    """Return why the estimate behind a gap is to be taken with care."""
    known, found = row.estimate, []
    if known is None:
        return ()
    if row.current_minor < 0:
        found.append(_("we sell more than was estimated: ask again"))
    if known.low_minor is not None or known.high_minor is not None:
        ends = {
            "low": money_round(known.low_minor, unit),
            "high": money_round(known.high_minor, unit),
        }
        found.append(_("wallet from %(low)s to %(high)s") % ends)
    if known.confidence == "low":
        found.append(_("low confidence"))
    if (today - known.known_on).days > STALE_DAYS:
        found.append(_("known since %(day)s: ask again") % {"day": day(known.known_on)})
    return tuple(found)


def chart(sums: list[dict[str, Any]], unit: str) -> Chart:
    """Return what we sell of each market's wallet beside what others sell."""
    scale = float(10 ** amounts.digits(unit))
    names = {"sales": _("Bought from us"), "current": _("Bought elsewhere")}
    points = [
        {"market": row["category__name"], "part": label, "amount": max(row[key], 0) / scale}
        for row in sums
        for key, label in names.items()
    ]
    labels = {"amount": _("Yearly purchases in %(unit)s") % {"unit": unit}}
    return Chart(
        _("Wallets by product market"),
        _("What the customers with an estimate buy in a year: from us, and elsewhere."),
        charts.stacked(points, row="market", part="part", amount="amount", labels=labels),
        [_("Product market"), *names.values()],
        [[row["category__name"], *(money_round(row[key], unit) for key in names)] for row in sums],
    )


def wallet(user: Any, customer: Any, form: WalletForm, *, today: date) -> dict[str, Any]:
    """Return the page of one customer's wallet: gaps by market, the form, the history."""
    unit, run = company().currency, current_run()
    return {
        "customer": customer,
        "run": run,
        "currency": unit,
        "rows": [_of_customer(row, unit, today) for row in queries.gaps_of(user, customer.pk)],
        "history": list(queries.history(user, customer.pk)[:50]),
        "form": form if can(user, "customers.edit") else None,
    }


def _of_customer(row: Any, unit: str, today: date) -> Line:
    line = _gap(row, unit, today)
    return Line(line.figures[0], "", line.figures[1:], line.warnings)


def wallet_form(data: Any, *, today: date) -> WalletForm:
    return WalletForm(data, currency=company().currency, initial={"known_on": today})


def markets(form: MarketForm) -> dict[str, Any]:
    known = list(queries.markets())
    return {"form": form, "markets": known, "may_choose": categories().exists()}


def card(user: Any, customer: Any) -> Card | None:
    """Return the share of wallet for the customer's page; None where nobody has estimated it."""
    if not can(user, "value.view"):
        return None
    rows = queries.gaps_of(user, customer.pk)
    total = next((row for row in rows if row.category_id is None), None)
    if total is None:
        return None
    unit = company().currency
    shown = {
        "share": percent(total.share_of_wallet),
        "wallet": money_round(total.wallet_minor, unit),
        "sales": money_round(total.sales_minor, unit),
        "current": money_round(total.current_minor, unit),
        "future": money_round(total.future_minor, unit),
        "markets": len(rows) - 1,
        "url": reverse("value:wallet", args=[customer.pk]),
    }
    return Card("value/gaps/card.html", shown)
