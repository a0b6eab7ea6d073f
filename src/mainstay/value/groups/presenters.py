"""A group of companies as its page, the card of a member and the API tell it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.analysis.value.sums import Sum, summed
from mainstay.customers import pages
from mainstay.customers.cards import Card
from mainstay.customers.queries import trees
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import money_round, number, percent
from mainstay.value.presenters.explained import Tile, currency, explain

from . import queries

INDENTED_MOST = 8


def card(user: Any, customer: Any) -> Card | None:
    """Return the sums of the customer's whole group; None for who stands alone."""
    if not can(user, "value.view") or not trees.in_group(customer):
        return None
    top = trees.top_of(customer)
    found = queries.group(user, top.pk)
    url = reverse("value:group", args=[top.pk])
    context = {"top": top, "url": url, "tiles": tiles(user, found)}
    return Card("value/groups/card.html", context)


def tiles(user: Any, found: queries.Group) -> list[Tile]:
    """Return how many there are, what they bought and what they are worth together."""
    n = len(found.tree.members)
    shown = [Tile(_("Companies"), number(n), "network", hidden(found))]
    if found.run is None or not found.values:
        return shown
    unit = currency(found.run)
    revenue = sum(row.revenue_minor for row in found.values.values())
    method = _("Revenue of every company of the group that you may see, added up.")
    facts = explain(found.run, n=len(found.values), method=method)
    shown.append(Tile(_("Revenue"), money_round(revenue, unit), "banknote", "", facts))
    total = lifetime(found) if can(user, "money.view") else None
    return [*shown, _lifetime_tile(found, total, unit)] if total else shown


def lifetime(found: queries.Group) -> Sum | None:
    """Return the sum of the members' lifetime values; None where none is known."""
    rows = ((r.clv_minor, r.clv_low_minor, r.clv_high_minor) for r in found.values.values())
    parts = [
        (value, low, high)
        for value, low, high in rows
        if value is not None and low is not None and high is not None
    ]
    return summed(parts) if parts else None


def _lifetime_tile(found: queries.Group, total: Sum, unit: str) -> Tile:
    run: Any = found.run
    ends = {"low": money_round(int(total.low), unit), "high": money_round(int(total.high), unit)}
    widest = {
        "low": money_round(int(total.lowest), unit),
        "high": money_round(int(total.highest), unit),
    }
    level = percent(run.summary["parameters"]["level"])
    note = _(
        "The interval holds if the companies rise and fall independently; if they do so together,"
        " it is %(low)s to %(high)s."
    )
    facts = explain(
        run,
        n=total.n,
        method=_("Lifetime values added up; distances to the ends added as squares."),
        interval=_("%(level)s: %(low)s to %(high)s") % {"level": level, **ends},
        note=note % widest,
    )
    hint = _("%(low)s to %(high)s") % ends
    return Tile(_("Lifetime value"), money_round(int(total.value), unit), "gem", hint, facts)


def hidden(found: queries.Group) -> str:
    """Say how many companies the sums leave out."""
    count = found.tree.hidden
    text = ngettext(
        "%(n)s more is not yours to see; the sums leave it out.",
        "%(n)s more are not yours to see; the sums leave them out.",
        count,
    )
    return text % {"n": number(count)} if count else ""


def page(user: Any, top: Any) -> dict[str, Any]:
    found = queries.group(user, top.pk)
    return {
        "top": top,
        "above": [(row.name, pages.url(row.pk)) for row in [top.parent] if row is not None],
        "tiles": tiles(user, found),
        "rows": [_row(user, found, member) for member in found.tree.members],
        "cut": found.tree.cut,
        "list_url": f"{reverse('customers:list')}?{urlencode({'group': top.name})}",
        "run": found.run,
        "money": can(user, "money.view"),
    }


def _row(user: Any, found: queries.Group, member: Any) -> dict[str, Any]:
    value = found.values.get(member.customer.pk)
    known = value is not None and value.clv_minor is not None and can(user, "money.view")
    unit = currency(found.run) if found.run else ""
    return {
        "name": member.customer.name,
        "url": pages.url(member.customer.pk),
        "indent": min(member.depth, INDENTED_MOST),
        "abc": value.abc_class if value else "",
        "orders": number(value.occasions) if value else "–",
        "revenue": money_round(value.revenue_minor, unit) if value else "–",
        "clv": money_round(value.clv_minor, unit) if value and known else "–",
        "interval": f"{money_round(value.clv_low_minor, unit)} – "
        f"{money_round(value.clv_high_minor, unit)}"
        if value and known
        else "",
    }
