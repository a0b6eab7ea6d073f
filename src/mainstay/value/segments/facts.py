"""What a group of customers is worth, as the run shown now says: for the pages of segments."""

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


def of(user: Any, rows: "QuerySet[Any]") -> Facts | None:
    """Return the group by class, and its lifetime value with an interval."""
    values = queries.values()
    if values is None or not can(user, "value.view"):
        return None
    known = values.filter(customer__in=rows.order_by().values("pk"))
    return Facts(
        tiles=[_worth(known)] if can(user, "money.view") else [],
        title=_("By class"),
        bars=_bars(known),
    )


def _bars(known: "QuerySet[Any]") -> list[Bar]:
    counted = known.order_by().values_list("abc_class").annotate(n=Count("pk"))
    found = {name or "–": n for name, n in counted}
    total = sum(found.values()) or 1
    return [Bar(name, number(n), n / total) for name, n in sorted(found.items())]


def _worth(known: "QuerySet[Any]") -> dict[str, Any]:
    half = Cast(F("clv_high_minor") - F("clv_low_minor"), FloatField()) / 2
    sums = known.aggregate(n=Count("clv_minor"), clv=Sum("clv_minor"), spread=Sum(half * half))
    currency, run = company().currency, current_run()
    clv, away = sums["clv"] or 0, sqrt(sums["spread"] or 0)
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
            "as_of": day(run.as_of) if run else "",
            "note": CARE,
        },
    }
