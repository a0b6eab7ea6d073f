"""report.html: one page without anything from elsewhere, from a summary and its customers."""

from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa

from mainstay.analysis.said.marks import gettext_noop
from mainstay.project.analyse import accounts, people, sections, tested
from mainstay.project.analyse.html import Html, paragraph, section, tile
from mainstay.project.analyse.language import day, ngettext, spoken
from mainstay.project.analyse.language import gettext as _
from mainstay.project.analyse.wording import Money, count, sentence, share

HERE = Path(__file__).parent
FOOTER = gettext_noop(
    "Made by Mainstay. Every figure comes from the file named above; amounts are net of returns."
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(summary: dict[str, Any], customers: pa.Table) -> str:
    """Return the whole page."""
    if summary["n"]:
        parts = _valued(summary, customers)
    else:
        parts = [sections.cannot(summary), accounts.left_out(summary), accounts.source(summary)]
    shown = [part for part in parts if part]
    title = _("Customer value: %(file)s") % {"file": summary["source"]["file"]}
    return (
        f'<!doctype html>\n<html lang="{spoken().code}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        f"<style>{(HERE / 'report.css').read_text('utf-8')}</style></head><body>"
        f"{_head(summary)}<main>{_tiles(summary)}{''.join(shown)}</main>"
        f"<footer>{escape(_(FOOTER))}</footer></body></html>\n"
    )


def _valued(summary: dict[str, Any], customers: pa.Table) -> list[Html]:
    return [
        sections.cannot(summary),
        sections.pareto(summary),
        sections.scores(summary),
        sections.value(summary),
        people.at_risk(summary, customers),
        people.largest(summary, customers),
        tested.back_test(summary),
        tested.models(summary),
        accounts.left_out(summary),
        accounts.source(summary),
    ]


def _head(summary: dict[str, Any]) -> str:
    source = summary["source"]
    about = {"n": count(source["lines"]), "file": source["file"]}
    lead = ngettext("%(n)s line of %(file)s", "%(n)s lines of %(file)s", source["lines"]) % about
    links = ""
    if summary["n"]:
        days = {"first": summary["first_day"], "last": summary["last_day"]}
        days |= {"as_of": summary["parameters"]["as_of"]}
        written = {name: day(value) for name, value in days.items()}
        said = _("purchases from %(first)s to %(last)s, as of %(as_of)s") % written
        lead = f"{lead}, {said}"
        words = sections.CONTENTS.items()
        links = "".join(f'<a href="#{key}">{escape(_(word))}</a>' for key, word in words)
        links = f'<nav aria-label="{escape(_("Contents"))}">{links}</nav>'
    title = escape(_("What your customers are worth"))
    return f'<header><h1>{title}</h1><p class="lead">{escape(lead)}.</p>{links}</header>'


def _tiles(summary: dict[str, Any]) -> str:
    money, n = Money.of(summary), summary["n"]
    if not n:
        why = sentence(summary["cannot"][0]["why"], money)
        return section("nothing", _("No customer to value"), paragraph(why))
    days = summary["occasions"]
    tiles = [
        tile(
            _("Customers who bought"),
            count(n),
            _("%(share)s came back") % {"share": share(summary["repeaters"] / n)},
        ),
        tile(
            _("Revenue, net of returns"),
            money(summary["revenue_minor"]),
            ngettext("%(n)s purchase day", "%(n)s purchase days", days) % {"n": count(days)},
        ),
    ]
    return f'<dl class="tiles">{"".join([*tiles, *_forecast_tiles(summary, money)])}</dl>'


def _forecast_tiles(summary: dict[str, Any], money: Money) -> list[Html]:
    expected, risk = summary.get("expected"), summary.get("at_risk")
    if not expected:
        return []
    purchases = {"n": count(expected["purchases_12m"])}
    tiles = [
        tile(
            _("Probably still customers"),
            count(expected["alive"]),
            _("purchase days expected in 12 months: %(n)s") % purchases,
        )
    ]
    if worth := expected["equity_minor"]:
        note = money.between(worth["low"], worth["high"])
        tiles.append(tile(_("Lifetime value of the base"), money(worth["mean"]), note))
    if risk:
        brought = {"amount": money(risk["yearly_minor"])}
        note = _("class A and B, brought %(amount)s a year") % brought
        tiles.append(tile(_("Valuable and probably lost"), count(risk["customers"]), note))
    return tiles
