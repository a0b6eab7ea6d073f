"""Sections on the file itself: what was left out of it, and how it was read."""

from typing import Any

from mainstay.project.analyse.html import Html, items, paragraph, section, table
from mainstay.project.analyse.language import gettext as _
from mainstay.project.analyse.language import ngettext
from mainstay.project.analyse.wording import LEFT_OUT, Money, count, role

Summary = dict[str, Any]


def left_out(summary: Summary) -> Html:
    """Say which lines and customers were not counted, and why."""
    counts, money = summary["counts"], Money.of(summary)
    rows = [
        [_(words), count(int(counts[f"{key}_lines"])), money(float(counts[f"{key}_minor"]))]
        for key, words in LEFT_OUT.items()
        if int(counts.get(f"{key}_lines") or 0)
    ]
    told = [*_cancelled(summary), *_without_purchase(counts, money), *_without_spend(summary)]
    heads = [_("What"), _("Lines"), _("Amount")]
    body = table(heads, rows) if rows else paragraph(_("Every line was counted."))
    return section("left", _("What was left out, and why"), body, items(told) if told else "")


def _cancelled(summary: Summary) -> list[str]:
    if not (number := summary["source"]["cancellations"]):
        return []
    text = ngettext(
        "%(n)s line of cancelled orders (numbers that begin with C) was netted against the"
        " customer's revenue; it is no purchase.",
        "%(n)s lines of cancelled orders (numbers that begin with C) were netted against the"
        " customer's revenue; they are no purchases.",
        number,
    )
    return [text % {"n": count(number)}]


def _without_purchase(counts: dict[str, Any], money: Money) -> list[str]:
    if not (number := int(counts.get("without_purchase_customers") or 0)):
        return []
    text = ngettext(
        "%(n)s customer has only returns, no purchase (%(amount)s), and is not valued.",
        "%(n)s customers have only returns, no purchase (%(amount)s); they are not valued.",
        number,
    )
    amount = money(float(counts["without_purchase_amount_minor"] or 0))
    return [text % {"n": count(number), "amount": amount}]


def _without_spend(summary: Summary) -> list[str]:
    spend = (summary.get("models") or {}).get("spend") or {}
    if not (number := spend.get("excluded")):
        return []
    text = ngettext(
        "%(n)s returning customer whose later purchases add up to zero or less was left out of the"
        " spend model.",
        "%(n)s returning customers whose later purchases add up to zero or less were left out of"
        " the spend model.",
        number,
    )
    return [text % {"n": count(number)}]


def source(summary: Summary) -> Html:
    """Say how the file was read; a source elsewhere has its columns already."""
    source = summary["source"]
    if not source["columns"]:
        stay = _("The order lines stay in %(place)s; only results were fetched.")
        said = paragraph(stay % {"place": source["file"]})
        return section("source", _("Where the order lines are"), said)
    columns = source["columns"]
    rows = [[_capital(role(key)), name] for key, name in columns.items()]
    told = [_unread(columns[key], role(key), n) for key, n in source["unread"].items()]
    doubtful = _("“%(column)s” can be read in two ways; check a few values against the file.")
    told += [doubtful % {"column": columns[key]} for key in source["doubtful"]]
    kind = source["format"].capitalize() + (f", {source['encoding']}" if source["encoding"] else "")
    named = _("Another column can be named with --column role=name.")
    return section(
        "source",
        _("How the file was read"),
        paragraph(f"{kind}.", named),
        table([_("Part"), _("Column")], rows, words=2),
        items(told) if told else "",
    )


def _unread(column: str, meant: str, number: int) -> str:
    text = ngettext(
        "%(n)s cell of “%(column)s” makes no sense as %(meant)s.",
        "%(n)s cells of “%(column)s” make no sense as %(meant)s.",
        number,
    )
    return text % {"n": count(number), "column": column, "meant": meant}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
