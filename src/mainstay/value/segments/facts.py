"""What a group of customers is worth, as the run shown now says: for the pages of segments."""

from datetime import date
from math import sqrt
from typing import Any

from django.db.models import Count, F, FloatField, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers.segments.facts import Bar, Facts
from mainstay.people.permissions import can
from mainstay.people.queries import company
from mainstay.shared.templatetags.figures import day, money_short, number
from mainstay.value.queries import current_run

from . import queries

METHOD = gettext_lazy("The sum of what the value run expects of each customer, at present value.")
CARE = gettext_lazy(
    "The interval takes the customers as independent of each other; what the model itself does"
    " not know is not in it."
)


def measure(rows: "QuerySet[Any]") -> dict[str, Any] | None:
    """Return the group by class, and the sums that its lifetime value and interval follow from."""
    run, values = current_run(), queries.values()
    if run is None or values is None:
        return None
    known = values.filter(customer__in=rows.order_by().values("pk")).order_by()
    half = Cast(F("clv_high_minor") - F("clv_low_minor"), FloatField()) / 2
    sums = known.aggregate(n=Count("clv_minor"), clv=Sum("clv_minor"), spread=Sum(half * half))
    return {
        "as_of": run.as_of.isoformat(),
        "classes": dict(known.values_list("abc_class").annotate(n=Count("pk"))),
        "n": sums["n"],
        "clv": int(sums["clv"] or 0),
        "spread": sums["spread"] or 0.0,
    }


def say(user: Any, measured: dict[str, Any]) -> Facts:
    """Return the classes as bars, and to whom sees money the lifetime value with an interval."""
    return Facts(
        tiles=[_worth(measured)] if can(user, "money.view") else [],
        title=_("By class"),
        bars=_bars(measured["classes"]),
    )


def _bars(classes: dict[str, int]) -> list[Bar]:
    found = {name or "–": n for name, n in classes.items()}
    total = sum(found.values()) or 1
    return [Bar(name, number(n), n / total) for name, n in sorted(found.items())]


def _worth(sums: dict[str, Any]) -> dict[str, Any]:
    currency, clv, away = company().currency, sums["clv"], sqrt(sums["spread"])
    interval = f"{money_short(clv - away, currency)} – {money_short(clv + away, currency)}"
    return {
        "label": _("CLV together"),
        "value": money_short(clv, currency) if sums["n"] else "–",
        "icon": "gem",
        "hint": interval if sums["n"] else "",
        "explain": {
            "method": METHOD,
            "n": _("%(n)s customers") % {"n": number(sums["n"])},
            "interval": _("95%%: %(interval)s") % {"interval": interval},
            "as_of": day(date.fromisoformat(sums["as_of"])),
            "note": CARE,
        },
    }
