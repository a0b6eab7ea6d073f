"""The whale page: where profit comes from, where it goes, and what the work cost."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.analysis import charts
from mainstay.people.permissions import Scope, can, scope
from mainstay.shared import money
from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent
from mainstay.value import queries as value
from mainstay.value.forms import StartForm
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import Tile, explain, restricted_out
from mainstay.value.presenters.overview import Row, customers_url
from mainstay.value.presenters.sentences import translated

from . import queries, words

TENTHS = 10


@dataclass(frozen=True)
class Page:
    """Everything on the page; `run` is None until the first run is complete."""

    run: Any | None
    latest_open: bool
    latest_reason: str
    form: StartForm | None
    tiles: list[Tile]
    whale: Chart | None
    tenths: Chart | None
    rule: list[Row]
    treatments: list[Row]
    activities: list[tuple[Row, str]]
    check: str
    adds_up: bool
    estimated: str
    narrowed: bool
    left_out: str
    currency: str


def page(*, user: Any, now: datetime) -> Page:
    """Return the page of the current run, with what the user may see and do."""
    run, latest = queries.current_run(), queries.latest_run()
    state, reason = value.outcome(latest, now=now) if latest else ("", "")
    full = run is not None and run.summary["n"] > 0
    currency = run.parameters["currency"] if run else ""
    return Page(
        run=run,
        latest_open=state in ("waiting", "running"),
        latest_reason=translated(reason, currency=currency),
        form=StartForm(today=localdate(now)) if can(user, "value.run") else None,
        tiles=_tiles(run) if run and full else [],
        whale=whale(run) if run and full else None,
        tenths=_tenths(run) if run and full else None,
        rule=_rule(run) if run and full else [],
        treatments=_treatments(run) if run and full else [],
        activities=_activities(run) if run else [],
        check=_check(run) if run else "",
        adds_up=bool(run and run.summary["check"]["adds_up"]),
        estimated=estimated(run) if run and full else "",
        narrowed=scope(user) != Scope.ALL,
        left_out=left_out(run) if run else "",
        currency=currency,
    )


def left_out(run: Any) -> str:
    """Say how many customers no figure of the run counts; nothing for none."""
    restricted = run.summary.get("restricted_customers", 0)
    return restricted_out(restricted) if restricted else ""


def year(run: Any) -> str:
    """Return the year that the run covers, in words."""
    ends = {"first": day(date.fromisoformat(run.summary["first"])), "last": day(run.as_of)}
    return _("%(first)s to %(last)s") % ends


def _tiles(run: Any) -> list[Tile]:
    told, unit = run.summary, run.parameters["currency"]
    whale, check = told["whale"], told["check"]
    unused = check["unused_minor"] + check["unallocated_minor"]

    def tile(label: str, minor: int, icon: str, hint: str, method: Any) -> Tile:
        facts = explain(run, n=told["n"], method=str(method), inputs=year(run))
        return Tile(label, money_short(minor, unit), icon, hint, facts)

    return [
        tile(_("Gross margin"), told["margin_minor"], "percent",
             _("of %(amount)s revenue") % {"amount": money_short(told["revenue_minor"], unit)},
             _("Goods and discount lines less their cost, returns netted.")),
        tile(_("Cost to serve"), told["cost_to_serve_minor"], "truck",
             _("%(share)s of the margin")
             % {"share": _share(told["cost_to_serve_minor"], told["margin_minor"])},
             words.SERVICE_METHOD),
        tile(_("Net profit of customers"), told["net_profit_minor"], "banknote",
             ngettext("of %(n)s customer", "of %(n)s customers", told["n"])
             % {"n": number(told["n"])},
             words.NET_METHOD),
        tile(_("Profit at the peak"), whale["peak_minor"], "mountain",
             _("from %(n)s profitable customers") % {"n": number(whale["peak_customers"])},
             _("The sum of all customers whose net profit is above zero.")),
        tile(_("Lost again beyond it"), whale["loss_minor"], "trending-down",
             _("on %(n)s unprofitable customers") % {"n": number(whale["loss_customers"])},
             _("The sum of all losses of customers whose net profit is below zero.")),
        tile(_("Unused capacity"), unused, "hourglass",
             _("%(share)s of the cost of activities")
             % {"share": _share(unused, check["pool_minor"])},
             _("Cost of activities that no customer caused: hours not needed, drivers of which"
               " there was nothing.")),
    ]  # fmt: skip


def _share(part: int, whole: int) -> str:
    return percent(part / whole if whole > 0 else None)


def whale(run: Any) -> Chart:
    told, unit = run.summary["whale"], run.parameters["currency"]
    points = [
        {
            "customers": point["customers"],
            "profit": float(money.major(point["profit_minor"], unit)),
            "href": customers_url(tenth=_tenth_of(point["customers"]), sort="net_profit"),
        }
        for point in told["points"]
    ]
    labels = {
        "customers": _("Share of customers, most profitable first"),
        "profit": _("Net profit so far in %(unit)s") % {"unit": unit},
    }
    peak = told["peak_customers"] / told["n"] if told["n"] else 0
    every = max(1, len(points) // TENTHS)
    rows = [
        [percent(point["customers"]), money_round(point["profit_minor"], unit)]
        for point in told["points"][::every]
    ]
    text = _(
        "The curve climbs with every profitable customer, turns at the dashed line, and falls with"
        " every unprofitable one. Click a point for the tenth of customers around it."
    )
    spec = charts.whale(points, peak=peak, labels=labels)
    return Chart(_("Whale curve"), text, spec, list(labels.values()), rows)


def _tenth_of(share: float) -> int:
    return min(int(share * TENTHS), TENTHS - 1) + 1


def _tenths(run: Any) -> Chart:
    unit = run.parameters["currency"]
    rows = [
        {
            "name": row["tenth"],
            "amount": float(money.major(row["net_profit_minor"], unit)),
            "href": customers_url(tenth=row["tenth"], sort="net_profit"),
        }
        for row in run.summary["tenths"]
    ]
    labels = {
        "name": _("Tenth of customers, most profitable first"),
        "amount": _("Net profit in %(unit)s") % {"unit": unit},
        "gain": _("Profit"),
        "loss": _("Loss"),
    }
    columns = [_("Tenth"), _("Customers"), _("Revenue"), _("Cost to serve"), _("Net profit")]
    table = [
        [
            number(row["tenth"]),
            number(row["n"]),
            money_round(row["revenue_minor"], unit),
            money_round(row["cost_to_serve_minor"], unit),
            money_round(row["net_profit_minor"], unit),
        ]
        for row in run.summary["tenths"]
    ]
    text = _("What each tenth of customers earned or lost. Click a bar to see who they are.")
    spec = charts.gains(rows, labels=labels)
    return Chart(_("Net profit by tenths"), text, spec, columns, table)


def _rule(run: Any) -> list[Row]:
    """Return each claim of the 20/80/30 rule: the textbook's figure, and the one computed here."""
    told = run.summary["rule"]
    return [
        Row(_("The best 20% of customers bring"), "", "", (
            percent(0.8), percent(told["top_profit"]), _("of the net profit"))),
        Row(_("The worst 30% lose again"), "", "", (
            percent(0.5), percent(told["tail_loss"]), _("of the profit at the peak"))),
        Row(_("Unprofitable are"), customers_url(unprofitable="0", sort="net_profit"), "", (
            percent(0.3), percent(told["unprofitable"]), _("of the customers"))),
    ]  # fmt: skip


def _treatments(run: Any) -> list[Row]:
    unit = run.parameters["currency"]
    return [
        Row(
            str(words.TREATMENTS[row["treatment"]]),
            row["treatment"],
            words.TREATMENT_TONES[row["treatment"]],
            (
                number(row["n"]),
                money_round(-row["net_profit_minor"], unit),
                str(words.TREATMENT_RULES[row["treatment"]]),
            ),
        )
        for row in run.summary["treatments"]
        if row["treatment"]
    ]


def _activities(run: Any) -> list[tuple[Row, str]]:
    unit = run.parameters["currency"]
    return [
        (
            Row(
                each["name"],
                "",
                words.driver(each["driver"]),
                (
                    money_round(each["pool_minor"], unit),
                    number(each["quantity"]),
                    money.written(round(each["rate_minor"]), unit) if each["rate_minor"] else "–",
                    percent(each["used_share"]),
                    money_round(each["unused_minor"] + each["unallocated_minor"], unit),
                ),
            ),
            words.note(each),
        )
        for each in run.summary["activities"]
    ]


def _check(run: Any) -> str:
    """Return the proof that every cent of the activities is somewhere."""
    check, unit = run.summary["check"], run.parameters["currency"]
    if not check["pool_minor"]:
        return ""
    text = (
        _(
            "Checked: %(carried)s carried by customers + %(unused)s unused + %(nobody)s on nobody"
            " = %(pool)s, to the cent."
        )
        if check["adds_up"]
        else _(
            "This does not add up: %(carried)s carried by customers + %(unused)s unused +"
            " %(nobody)s on nobody, but the activities cost %(pool)s. Compute anew before you act"
            " on these figures."
        )
    )
    amounts = {
        "carried": check["carried_minor"],
        "unused": check["unused_minor"],
        "nobody": check["unallocated_minor"],
        "pool": check["pool_minor"],
    }
    return text % {name: money.written(minor, unit) for name, minor in amounts.items()}


def estimated(run: Any) -> str:
    """Return how much of the margin rests on costs that are not known."""
    margin = run.summary["margin"]
    if margin["basis"] == "default":
        text = _("No line has a cost, so the company's usual margin of %(share)s stands for all.")
        return text % {"share": percent(margin["share"])}
    if round(margin["known"], 3) == 1:
        return ""
    text = _(
        "The cost of %(share)s of revenue is not known; those lines take the margin of the others,"
        " %(margin)s."
    )
    return text % {"share": percent(1 - margin["known"], 1), "margin": percent(margin["share"], 1)}
