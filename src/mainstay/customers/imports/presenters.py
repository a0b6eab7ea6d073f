"""Imports in words and tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from mainstay.customers.imports import (
    actions,
    allowed,
    followers,
    forms,
    kinds,
    preview,
    queries,
    refusals,
)
from mainstay.customers.imports.kinds import Column, Kind
from mainstay.customers.imports.retention.queries import kept_until
from mainstay.engine.files import Layout, Unreadable
from mainstay.engine.staging.fields import Style, Type
from mainstay.people.queries import company
from mainstay.shared import paging
from mainstay.shared.jobs import queries as jobs

PAGE_SIZE = 50
TONES = {
    "draft": "neutral", "checking": "blue", "checked": "blue", "importing": "blue",
    "done": "green", "failed": "red", "cancelled": "neutral",
}  # fmt: skip


def sentence(refusal: Exception) -> str:
    """Return what to tell the user."""
    if isinstance(refusal, Unreadable):
        return _(refusal.message) % refusal.values if refusal.values else _(refusal.message)
    return str(refusal)


def start(form: Any, user: Any) -> dict[str, Any]:
    return {
        "form": form,
        "kinds": queries.kinds_for(user),
        "kind": form["kind"].value() or "orders",
        "sources": queries.source_names(),
    }


def listing(rows: QuerySet[Any], given: Mapping[str, str]) -> dict[str, Any]:
    page, links = _page(rows, given, reverse("imports:index"))
    return {
        "lines": [(row, kinds.known(row.kind), TONES[row.state], summed(row)) for row in page.rows],
        **links,
    }


def refused_lists(rows: QuerySet[Any], given: Mapping[str, str]) -> dict[str, Any]:
    """Return the lists of refused rows that can be downloaded, each with its last day."""
    page, links = _page(rows, given, reverse("imports:refused_lists"))
    return {
        "lines": [(row, kinds.known(row.kind), kept_until(row)) for row in page.rows],
        "days": company().keep_import_days,
        **links,
    }


def _page(rows: QuerySet[Any], given: Mapping[str, str], here: str) -> tuple[Any, dict[str, str]]:
    try:
        page = paging.page(rows, order=("-id",), size=PAGE_SIZE, cursor=given.get("cursor", ""))
    except paging.BadCursor:
        page = paging.page(rows, order=("-id",), size=PAGE_SIZE)
    return page, {
        "next_url": f"{here}?cursor={page.next}" if page.next else "",
        "previous_url": f"{here}?cursor={page.previous}" if page.previous else "",
    }


def summed(row: Any) -> str:
    """Say in a few words what came of the import."""
    main = row.counts.get("lines") or row.counts.get(row.kind) or {}
    if not main or row.state not in ("done", "checked"):
        return ""
    return _("%(new)s new, %(changed)s changed, %(same)s the same") % {
        name: number_format(main.get(name, 0), force_grouping=True)
        for name in ("new", "changed", "same")
    }


def told(row: Any) -> list[str]:
    """Return the result line by line, for the command line."""
    kind = allowed.kind_for(None, row.kind)
    found = _result(row, kind)
    read = _("%(rows)s rows read, %(refused)s refused") % {"rows": row.rows, "refused": row.refused}
    numbers = _("%(part)s: %(new)s new, %(changed)s changed, %(same)s the same")
    return [
        read,
        *(
            numbers % {"new": 0, "changed": 0, "same": 0, **counts, "part": part}
            for part, counts in found["parts"]
        ),
        *(f"{count:>9}  {text}" for text, count in (*found["left_out"], *found["notes"])),
        *(remark.text for remark in _remarks(row, None)),
    ]


def _remarks(row: Any, user: Any) -> list[followers.Remark]:
    return followers.remarks(row, user) if row.state == "done" else []


def one(row: Any, *, user: Any) -> dict[str, Any]:
    """Return what the page of an import shows in its state."""
    kind = allowed.kind_for(user, row.kind)
    running = row.state in queries.RUNNING and not actions.has_stopped(row)
    stopped = row.state in queries.RUNNING and not running
    state = "failed" if stopped else row.state
    base = {
        "row": row,
        "kind": kind,
        "state": state,
        "tone": TONES[state],
        "running": running,
        "stopped": stopped,
        "written": row.steps_done,
        "job": jobs.find(str(row.job)) if row.job else None,
    }
    if running:
        return base
    base["kept_until"] = kept_until(row)
    unused = row.state in ("draft", "failed", "cancelled") and not row.steps_done
    if unused and row.files_deleted_at is None:
        return base | _mapping(row, kind)
    return base | _result(row, kind) | {"remarks": _remarks(row, user)}


# -- the mapping


@dataclass(frozen=True)
class FieldLine:
    """One field of the mapping form."""

    column: Column
    heading: str
    sample: str
    styles: tuple[tuple[str, Any], ...]
    style: str


def _mapping(row: Any, kind: Kind) -> dict[str, Any]:
    layout = Layout.from_json(row.layout)
    chosen = {name: Style.from_json(style) for name, style in row.chosen_styles.items()}
    found = preview.understand(kind, layout, row.sample, row.mapping, chosen=row.chosen_styles)
    return {
        "layout_form": forms.LayoutForm(row=row),
        "columns": layout.columns,
        "fields": [_field(column, row, layout, chosen) for column in kind.columns],
        "missing": actions.missing(row),
        "unused": [name for name in layout.columns if name not in row.mapping.values()],
        "table": _table(found, kind),
        "readings": _readings(found.styles, kind),
        "problem_count": len({line for line, _field in found.problems}),
        "row_count": len(found.rows),
    }


def _field(column: Column, row: Any, layout: Layout, chosen: Mapping[str, Style]) -> FieldLine:
    name, type_ = column.field.name, column.field.type
    heading = row.mapping.get(name, "")
    values: list[str] = []
    if heading in layout.columns:
        place = layout.columns.index(heading)
        values = [cells[place] for cells in row.sample if place < len(cells) and cells[place]]
    styles = {Type.MOMENT: forms.MOMENTS, Type.NUMBER: forms.NUMBERS}.get(type_, ())
    style = chosen.get(name)
    wish = "" if style is None else style.order if type_ is Type.MOMENT else style.decimal
    return FieldLine(column, heading, ", ".join(dict.fromkeys(values))[:60], styles, wish)


def _table(found: preview.Preview, kind: Kind) -> dict[str, Any]:
    labels = {column.field.name: column.label for column in kind.columns}
    texts = refusals.Texts(kind)
    rows = []
    for values in found.rows[:10]:
        torn = values["problem"] == "cells"
        cells = []
        for name in found.fields:
            code = "cells" if torn else found.problems.get((values["line"], name), "")
            reason = " ".join(texts.of(name, code)) if code else ""
            cells.append((shown(values[name]), reason))
        rows.append(cells)
    return {"labels": [labels[name] for name in found.fields], "rows": rows}


def shown(value: Any) -> str:
    """Write a value the reader's way."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return date_format(value, "DATE_FORMAT" if midnight else "DATETIME_FORMAT")
    if isinstance(value, float):
        return number_format(value, None if value % 1 else 0, force_grouping=True)
    return str(value)


def _readings(styles: Mapping[str, Style], kind: Kind) -> list[dict[str, Any]]:
    """Say how the values of columns are read where there is a choice."""
    labels = {column.field.name: column.label for column in kind.columns}
    found = []
    for name, style in styles.items():
        field = kind.fields[name]
        if field.type is Type.MOMENT:
            text = _ORDERS().get(style.order, "")
        elif field.type is Type.NUMBER and style.example:
            text = _("a comma starts the decimals") if style.decimal == "," else ""
        else:
            text = _(".0 at the end is dropped") if style.pandas_key else ""
        if text or style.doubtful:
            found.append(
                {
                    "label": labels[name],
                    "text": text or _("a point starts the decimals"),
                    "example": style.example,
                    "doubtful": style.doubtful and not style.chosen,
                }
            )
    return found


def _ORDERS() -> dict[str, str]:  # noqa: N802  a table that must be translated when asked
    return {
        "iso": _("year, month, day"),
        "ymd": _("year, month, day"),
        "dmy": _("the day comes first"),
        "mdy": _("the month comes first"),
        "compact": _("year, month, day without signs"),
        "names": _("months are written out"),
        "serial": _("days as spreadsheets count them"),
    }


# -- the result


def _result(row: Any, kind: Kind) -> dict[str, Any]:
    parts = {
        "orders": _("Orders"),
        "lines": _("Order lines"),
        "customers": _("Customers"),
        "products": _("Products"),
        "rates": _("Exchange rates"),
        "quantities": _("Quantities of activities"),
        "channel_costs": _("Costs of channels"),
    }
    refused_share = row.refused / row.rows if row.rows else 0
    return {
        "parts": [(parts[name], row.counts[name]) for name in parts if name in row.counts],
        "left_out": _reasons(row.left_out, kind),
        "notes": _reasons(row.notes, kind),
        "changed_nothing": row.counts
        and not any(n.get("new") or n.get("changed") for n in row.counts.values()),
        "mostly_refused": refused_share > 0.5,  # noqa: PLR2004  more than half
        "readings": _readings({n: Style.from_json(s) for n, s in row.styles.items()}, kind),
        "again": reverse("imports:new") + f"?kind={row.kind}&source={row.source.name}",
    }


def _reasons(counts: Mapping[str, int], kind: Kind) -> list[tuple[Any, int]]:
    return sorted(
        ((kind.reasons.get(name, name), count) for name, count in counts.items()),
        key=lambda pair: -pair[1],
    )
