"""The value overview: key figures, then chapters of blocks, each leading to its own page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.people.permissions import Scope, can, scope
from mainstay.shared.templatetags.figures import day, money_short, number
from mainstay.value import queries as value
from mainstay.value.forms import StartForm
from mainstay.value.models import ValueRun
from mainstay.value.presenters import explained
from mainstay.value.presenters.explained import Tile
from mainstay.value.presenters.overview import cannot
from mainstay.value.presenters.sentences import translated
from mainstay.value.profitability import words
from mainstay.value.profitability.presenters import year

from .block import Chapter
from .chapters import chapters
from .queries import Facts, facts


@dataclass(frozen=True)
class Overview:
    """Everything on the page; `run` is None until the first run is complete."""

    run: ValueRun | None
    latest: ValueRun | None
    latest_state: str
    latest_reason: str
    form: StartForm | None
    may_print: bool
    tiles: list[Tile]
    chapters: list[Chapter]
    cannot: list[tuple[str, str]]
    narrowed: bool


def overview(*, user: Any, now: datetime) -> Overview:
    """Return the page for the current run, with what the user may see and do."""
    run, latest = value.current_run(), value.latest_run()
    outcome = value.outcome(latest, now=now) if latest else ("", "")
    found = facts(run, user=user) if run is not None and run.summary["n"] else None
    return Overview(
        run=run,
        latest=latest,
        latest_state=str(outcome[0]),
        latest_reason=translated(outcome[1]),
        form=StartForm(today=localdate(now)) if can(user, "value.run") else None,
        may_print=found is not None and found.money,
        tiles=key_figures(found) if found else [],
        chapters=chapters(found) if found else [],
        cannot=cannot(run),
        narrowed=scope(user) != Scope.ALL,
    )


def key_figures(found: Facts) -> list[Tile]:
    """Return the few figures that are read first."""
    run, told = found.run, found.summary
    tiles = [explained.customers(run), explained.revenue(run)]
    if found.money and value.equity(told) is not None:
        tiles.append(explained.equity(run))
    if told.get("at_risk"):
        tiles.append(explained.at_risk(run))
    if found.profit is not None and found.profit.summary.get("activities"):
        tiles.append(_profit(found))
    return tiles


def _profit(found: Facts) -> Tile:
    told: Any = found.profit
    n, unit = told.summary["n"], found.unit
    facts = explained.explain(found.run, n=n, method=str(words.NET_METHOD), inputs=year(told))
    facts["as_of"] = day(told.as_of)
    loss = told.summary["whale"]["loss_customers"]
    text = ngettext("%(n)s customer loses money", "%(n)s customers lose money", loss)
    hint = text % {"n": number(loss)}
    amount = money_short(told.summary["net_profit_minor"], unit)
    url = reverse("value:profitability")
    return Tile(_("Net profit of customers"), amount, "scale", hint, facts, url)
