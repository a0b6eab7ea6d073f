"""The page that shows who of us talks to whom of a customer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers import pages
from mainstay.customers import queries as customers
from mainstay.customers.choices import Channel
from mainstay.customers.talks import queries, who

READ = 5000
# How dark a cell is: from so many conversations on.
STEPS = (1, 2, 4, 8)
NAMES = dict(Channel.choices)


@dataclass(frozen=True)
class Shown:
    """One cell: a shade, the number, how long ago, and by which ways."""

    shade: int
    number: int
    latest: str
    ways: str


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    position: str
    cells: list[Shown]
    total: Shown
    state: str


def page(user: Any, customer: Any, now: datetime) -> dict[str, Any]:
    """Return our people across and their present contacts down, the silent ones marked."""
    talks = queries.talks_with(user, customer, READ)
    table = who.table(talks, now)
    ours = _ours(table)
    today = timezone.localdate(now)
    places = {
        place.contact_id: place
        for place in customers.affiliations(customer)
        if place.to_date is None or place.to_date >= today
    }
    rows = [_row(place, table, list(ours), now) for place in places.values()]
    return {
        "customer": customer,
        "back": pages.url(customer.pk),
        "ours": list(ours.values()),
        "rows": rows,
        "alone": [row for row in rows if row.state == "alone"],
        "silent": [row for row in rows if row.state == "silent"],
        "silent_days": who.SILENT_DAYS,
        "number": len(talks),
        "cut": len(talks) >= READ,
        "now": now,
    }


def _ours(table: who.Table) -> dict[int, str]:
    """Return our people by name, who talked most first; who left us is named as such."""
    numbers: dict[int, int] = {}
    for (person, _contact), cell in table.cells.items():
        numbers[person] = numbers.get(person, 0) + cell.number
    names = queries.names_of_ours(numbers)
    order = sorted(numbers, key=lambda pk: (-numbers[pk], names.get(pk, ""), pk))
    return {pk: names.get(pk, _("former colleague")) for pk in order}


def _row(place: Any, table: who.Table, ours: list[int], now: datetime) -> Row:
    number = place.contact_id
    total = table.totals.get(number)
    state = "alone" if total is None else "silent" if who.silent(total, now) else ""
    return Row(
        name=place.contact.name,
        url=reverse("customers:contact", args=[number]),
        position=place.position,
        cells=[_shown(table.cells.get((one, number)), now) for one in ours],
        total=_shown(total, now),
        state=state,
    )


def _shown(cell: who.Cell | None, now: datetime) -> Shown:
    if cell is None:
        return Shown(0, 0, "", "")
    ways = ", ".join(
        f"{NAMES.get(way, way)} {count}" for way, count in sorted(cell.channels.items())
    )
    shade = sum(1 for step in STEPS if cell.number >= step)
    return Shown(shade, cell.number, _ago(cell.days(now)), ways)


def _ago(days: int | None) -> str:
    if days is None:
        return ""
    if days <= 0:
        return _("today")
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
