"""The customer × product matrix: who earns and who loses us money on what."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from mainstay.customers import pages
from mainstay.people.permissions import Scope, scope
from mainstay.shared import paging
from mainstay.shared.templatetags.figures import money_round, number, percent
from mainstay.value.presenters.overview import customers_url

from . import queries, words
from .models import CustomerProfit, ProfitRun
from .presenters import left_out

SIZE = 40
TONES = {2: "good", 1: "fair", -1: "bad"}


@dataclass(frozen=True)
class Heading:
    """A category with its own result, and who is behind each sign."""

    name: str
    net: str
    tone: str
    signs: list[tuple[str, str, str, str]]  # sign, tone, number of customers, their list


@dataclass(frozen=True)
class Line:
    """A customer with one cell for each category: sign, tone and amount, or None."""

    name: str
    url: str
    net: str
    tone: str
    untied: str
    cells: list[tuple[str, str, str] | None]


@dataclass(frozen=True)
class Matrix:
    run: ProfitRun | None
    headings: list[Heading]
    lines: list[Line]
    best: bool
    next_url: str
    previous_url: str
    bound: str
    net: str = ""
    untied: str = ""
    narrowed: bool = False
    left_out: str = ""


def matrix(user: Any, *, best: bool, cursor: str) -> Matrix:
    """Return a page of the matrix, the best or the worst customers first."""
    run = queries.current_run()
    if run is None:
        return Matrix(None, [], [], best, "", "", "")
    order = ("-net_profit_minor", "-customer_id") if best else ("net_profit_minor", "customer_id")
    rows = queries.profits(user).filter(tenth__isnull=False).select_related("customer")
    page = _page(rows, order, cursor)
    columns = [row["category"] for row in _categories(run)]
    whole, unit = run.summary["net_profit_minor"], run.parameters["currency"]
    tied = sum(row["net_profit_minor"] for row in run.summary["categories"])
    return Matrix(
        run=run,
        headings=_headings(run),
        lines=_lines(run, page.rows, columns),
        best=best,
        next_url=_url(best, page.next),
        previous_url=_url(best, page.previous),
        bound=percent(run.summary["high"]),
        net=money_round(whole, unit),
        untied=money_round(whole - tied, unit),
        narrowed=scope(user) != Scope.ALL,
        left_out=left_out(run),
    )


def _url(best: bool, cursor: str) -> str:
    return f"?{urlencode({'best': 1} if best else {})}&cursor={cursor}" if cursor else ""


def _page(rows: Any, order: tuple[str, ...], cursor: str) -> "paging.Page[CustomerProfit]":
    """Return the page; the first one where the address is damaged."""
    try:
        return paging.page(rows, order=order, size=SIZE, cursor=cursor)
    except paging.BadCursor:
        return paging.page(rows, order=order, size=SIZE)


def _headings(run: ProfitRun) -> list[Heading]:
    names, unit = queries.category_names(), run.parameters["currency"]
    counted = {(row["category"], row["sign"]): row["n"] for row in run.summary["signs"]}

    def signs(category: str) -> list[tuple[str, str, str, str]]:
        found = [(sign, counted.get((category, sign), 0)) for sign in words.SIGNS]
        return [
            (
                words.SIGNS[sign],
                TONES[sign],
                number(n),
                customers_url(cell_category=category, cell_sign=sign) if category else "",
            )
            for sign, n in found
            if n
        ]

    return [
        Heading(
            name_of(row["category"], names),
            money_round(row["net_profit_minor"], unit),
            "bad" if row["net_profit_minor"] < 0 else "good",
            signs(row["category"]),
        )
        for row in _categories(run)
    ]


def _categories(run: ProfitRun) -> list[dict[str, Any]]:
    """Return the categories, the largest first and products without one last."""
    rows = run.summary["categories"]
    return sorted(rows, key=lambda row: (not row["category"], -row["revenue_minor"]))


def name_of(category: str, names: dict[int, str]) -> str:
    return names.get(int(category), category) if category else _("Without a category")


def _lines(run: ProfitRun, rows: list[CustomerProfit], columns: list[str]) -> list[Line]:
    unit = run.parameters["currency"]
    found: dict[int, dict[str, Any]] = {row.customer_id: {} for row in rows}
    for cell in queries.cells_of(run.pk, list(found)):
        found[cell.customer_id][str(cell.category_id or "")] = cell
    return [_line(row, found[row.customer_id], columns, unit) for row in rows]


def _line(row: CustomerProfit, cells: dict[str, Any], columns: list[str], unit: str) -> Line:
    tied = sum(cell.net_profit_minor for cell in cells.values())
    return Line(
        name=row.customer.name,
        url=pages.url(row.customer_id),
        net=money_round(row.net_profit_minor, unit),
        tone="bad" if row.net_profit_minor < 0 else "good",
        untied=money_round(row.net_profit_minor - tied, unit),
        cells=[_shown(cells.get(column), unit) for column in columns],
    )


def _shown(cell: Any, unit: str) -> tuple[str, str, str] | None:
    if cell is None:
        return None
    amount = money_round(cell.net_profit_minor, unit)
    return words.SIGNS[cell.sign], TONES[cell.sign], amount
