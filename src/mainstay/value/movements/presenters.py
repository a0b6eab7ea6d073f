"""The page of customer equity and of who moved."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.analysis import charts
from mainstay.people.permissions import can
from mainstay.shared import money as amounts
from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent
from mainstay.value.net_value import presenters as net_value
from mainstay.value.presenters import words
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import currency, tiles
from mainstay.value.queries import current_run

from . import queries, rules

KINDS = {
    "fell": gettext_lazy("Fell to a lower class"),
    "rose": gettext_lazy("Rose to a higher class"),
    "at_risk": gettext_lazy("Newly at risk"),
    "recovered": gettext_lazy("Recovered"),
    "segment": gettext_lazy("Every change"),
}
STEPS = {
    "before": gettext_lazy("Before"),
    "new": gettext_lazy("New"),
    "grown": gettext_lazy("Grown"),
    "shrunk": gettext_lazy("Shrunk"),
    "lost": gettext_lazy("Probably lost"),
    "gone": gettext_lazy("Gone"),
    "now": gettext_lazy("Now"),
}
CLASSES = "ABC"


@dataclass(frozen=True)
class Mover:
    """A customer with what it was, what it is, and why."""

    name: str
    url: str
    ends: tuple[str, ...]
    change: str
    why: tuple[str, ...]


def page(user: Any, *, kind: str) -> dict[str, Any]:
    """Return the page: the bridge of equity, the moves between classes, the movers of a kind."""
    run, money = current_run(), can(user, "money.view")
    before = run.summary.get("before") if run else None
    kind = kind if kind in KINDS else "fell"
    return {
        "run": run,
        "before": before,
        "before_day": day(date.fromisoformat(before["as_of"])) if before else "",
        "equity": _equity(run) if run and money and run.summary["n"] else None,
        "bridge": bridge(before, currency(run)) if before and money and run else None,
        "net": net_value.whole(user),
        "matrix": _matrix(before) if before else [],
        "classes": CLASSES,
        "kinds": [(key, str(label), key == kind) for key, label in KINDS.items()],
        "kind": str(KINDS[kind]),
        "movers": _movers(run, before, user, kind) if run and before else [],
    }


def _equity(run: Any) -> Any:
    label = _("Customer equity")
    return next((tile for tile in tiles(run, money=True) if tile.label == label), None)


def bridge(before: dict[str, Any], unit: str) -> Chart | None:
    parts = before.get("bridge")
    if not parts:
        return None
    scale, at, steps = float(10 ** amounts.digits(unit)), 0.0, []
    for key, label in STEPS.items():
        amount = parts[key]["minor"] / scale
        total = key in ("before", "now")
        start = 0.0 if total else at
        at = amount if total else at + amount
        tone = "total" if total else "up" if amount >= 0 else "down"
        steps.append({"name": str(label), "from": start, "to": at, "tone": tone})
    labels = {"amount": _("Sum of lifetime values in %(unit)s") % {"unit": unit}}
    return Chart(
        _("From the equity of the run before to today’s"),
        _("Sum of the lifetime values of all customers. Probably lost: P(alive) fell below 50 %."),
        charts.waterfall(steps, labels=labels),
        [_("Part"), _("Customers"), _("Lifetime value")],
        [
            [str(label), number(parts[key]["customers"]), money_round(parts[key]["minor"], unit)]
            for key, label in STEPS.items()
        ],
    )


def _matrix(before: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return how many went from each class (down) to each other (across)."""
    found = {(move["from"], move["to"]): move["customers"] for move in before["moves"]}

    def cell(old: str, new: str) -> tuple[str, str]:
        tone = "" if old == new else "green" if new < old else "amber"
        return ("·" if old == new else number(found.get((old, new), 0)), tone)

    return [(old, [cell(old, new) for new in CLASSES]) for old in CLASSES]


def _movers(run: Any, before: dict[str, Any], user: Any, kind: str) -> list[Mover]:
    rows = list(queries.movers(run, user=user, kind=kind))
    runs = [before["run"], run.pk]
    known = queries.values_of([row.customer_id for row in rows], runs=runs)
    money, unit = can(user, "money.view"), currency(run)
    found = []
    for row in rows:
        old, new = (known.get((number, row.customer_id)) for number in runs)
        if old is not None and new is not None:
            found.append(_mover(row, old, new, unit if money else ""))
    return found


def _mover(row: Any, old: Any, new: Any, unit: str) -> Mover:
    change = row.clv_change_minor
    sign = "+" if change > 0 else ""
    return Mover(
        row.customer.name,
        reverse("cockpit:customer", args=[row.customer_id]),
        (
            _arrow(old.abc_class, new.abc_class),
            _arrow(_segment(old), _segment(new)),
            _arrow(percent(old.p_alive), percent(new.p_alive)),
        ),
        f"{sign}{money_short(change, unit)}" if unit else "",
        tuple(_why(reason, unit) for reason in rules.reasons(old, new)),
    )


def _segment(value: Any) -> str:
    return str(words.SEGMENTS.get(value.segment, ""))


def _arrow(old: str, new: str) -> str:
    return new if old == new else f"{old} → {new}"


def _why(reason: rules.Reason, unit: str) -> str:
    texts = {
        rules.RECENCY: _("bought nothing more: days since the last purchase %(before)s → %(now)s"),
        rules.FREQUENCY: _("purchase days %(before)s → %(now)s"),
        rules.MONETARY: _("revenue %(before)s → %(now)s"),
        rules.OTHERS: _("its own revenue did not change; the bound of the class did"),
        rules.MODEL: _("nothing of its own changed; the model or the others did"),
    }
    if reason.before is None:
        return texts[reason.key]
    ends = (reason.before, reason.now)
    money = reason.key == rules.MONETARY
    shown = [money_short(end, unit or "EUR") if money else number(end) for end in ends]
    return texts[reason.key] % {"before": shown[0], "now": shown[1]}
