"""report.html: one page without anything from elsewhere, from a summary and its customers."""

from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa

from mainstay.project.analyse import people, sections, tested
from mainstay.project.analyse.html import Html, paragraph, section, tile
from mainstay.project.analyse.wording import Money, count, share

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(summary: dict[str, Any], customers: pa.Table) -> str:
    """Return the whole page."""
    if summary["n"]:
        parts = _valued(summary, customers)
    else:
        parts = [sections.cannot(summary), sections.left_out(summary), sections.source(summary)]
    shown = [part for part in parts if part]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Customer value: {escape(summary['source']['file'])}</title>"
        f"<style>{(HERE / 'report.css').read_text('utf-8')}</style></head><body>"
        f"{_head(summary)}<main>{_tiles(summary)}{''.join(shown)}</main>"
        "<footer>Made by Mainstay. Every figure comes from the file named above; amounts are net of"
        " returns.</footer></body></html>\n"
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
        sections.left_out(summary),
        sections.source(summary),
    ]


def _head(summary: dict[str, Any]) -> str:
    source, as_of = summary["source"], summary["parameters"]["as_of"]
    lead = f"{count(source['lines'])} lines of {source['file']}"
    links = ""
    if summary["n"]:
        lead += f", purchases from {summary['first_day']} to {summary['last_day']}, as of {as_of}"
        words = sections.CONTENTS.items()
        links = "".join(f'<a href="#{key}">{word}</a>' for key, word in words)
        links = f'<nav aria-label="Contents">{links}</nav>'
    return (
        f'<header><h1>What your customers are worth</h1><p class="lead">{escape(lead)}.</p>'
        f"{links}</header>"
    )


def _tiles(summary: dict[str, Any]) -> str:
    if not summary["n"]:
        return section("nothing", "No customer to value", paragraph(summary["cannot"][0]["why"]))
    money, n = Money.of(summary), summary["n"]
    tiles = [
        tile("Customers who bought", count(n), f"{share(summary['repeaters'] / n)} came back"),
        tile(
            "Revenue, net of returns",
            money(summary["revenue_minor"]),
            f"{count(summary['occasions'])} purchase days",
        ),
    ]
    return f'<dl class="tiles">{"".join([*tiles, *_forecast_tiles(summary, money)])}</dl>'


def _forecast_tiles(summary: dict[str, Any], money: Money) -> list[Html]:
    expected, risk = summary.get("expected"), summary.get("at_risk")
    if not expected:
        return []
    purchases = count(expected["purchases_12m"])
    tiles = [
        tile(
            "Probably still customers",
            count(expected["alive"]),
            f"{purchases} purchase days expected in 12 months",
        )
    ]
    if worth := expected["equity_minor"]:
        note = f"{money(worth['low'])} to {money(worth['high'])}"
        tiles.append(tile("Lifetime value of the base", money(worth["mean"]), note))
    if risk:
        note = f"class A and B, brought {money(risk['yearly_minor'])} a year"
        tiles.append(tile("Valuable and probably lost", count(risk["customers"]), note))
    return tiles
