"""Numbers that explain themselves: method, inputs, n, interval, as of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent
from mainstay.value.models import ValueRun

from .sentences import translated


@dataclass(frozen=True)
class Tile:
    """One figure at the top of the page."""

    label: str
    value: str
    icon: str
    hint: str = ""
    explain: dict[str, str] | None = None
    url: str = ""


def customers_counted(n: int) -> str:
    return ngettext("%(n)s customer", "%(n)s customers", n) % {"n": number(n)}


def explain(run: ValueRun, *, n: int, **facts: str) -> dict[str, str]:
    """Return the facts behind a figure of this run."""
    return {"n": customers_counted(n), "as_of": day(run.as_of), **facts}


def tiles(run: ValueRun, *, money: bool) -> list[Tile]:
    """Return the figures at the top; an estimate that is not there is left out.

    `money`: the reader may see margins and lifetime values.
    """
    found = [customers(run), revenue(run)]
    if money:
        found.append(_margin(run))
    if run.summary.get("expected"):
        found += [_alive(run), _purchases(run)]
        if money and run.summary["expected"]["equity_minor"]:
            found.append(equity(run))
    if run.summary.get("at_risk"):
        found.append(at_risk(run))
    return found


def currency(run: ValueRun) -> str:
    return str(run.summary["parameters"]["currency"])


def customers(run: ValueRun) -> Tile:
    n, again = run.summary["n"], run.summary["repeaters"]
    hint = _("%(share)s bought again") % {"share": percent(again / n)}
    words = _("Customers with at least one purchase day up to the as-of day.")
    return Tile(_("Customers"), number(n), "users", hint, explain(run, n=n, method=words))


def revenue(run: ValueRun) -> Tile:
    amount = run.summary["revenue_minor"]
    since = _("since %(day)s") % {"day": _day(run.summary["first_day"])}
    facts = explain(
        run,
        n=run.summary["n"],
        method=_("Sum of all goods and discount lines, returns netted."),
        inputs=money_round(amount, currency(run)),
        note=_left_out_note(run),
    )
    return Tile(_("Revenue"), money_short(amount, currency(run)), "banknote", since, facts)


def _margin(run: ValueRun) -> Tile:
    margin = run.summary["margin"]
    if margin["basis"] == "costs":
        method = _("1 − cost ÷ revenue over the lines whose cost is known.")
        hint = _("cost known for %(share)s of revenue") % {"share": percent(margin["known"])}
    else:
        method = _(
            "No line has a known cost, so the company's own figure from the settings is used."
        )
        hint = _("from the settings")
    facts = explain(run, n=run.summary["n"], method=method)
    return Tile(_("Gross margin"), percent(margin["share"], 1), "percent", hint, facts)


def _alive(run: ValueRun) -> Tile:
    n, alive = run.summary["n"], run.summary["expected"]["alive"]
    model = run.summary["models"]["purchases"]
    facts = explain(
        run,
        n=n,
        method=_("Sum of each customer's probability of still being a customer, %(model)s.")
        % {"model": model["name"]},
        note=translated(model["note"]),
    )
    hint = _("%(share)s of all") % {"share": percent(alive / n)}
    return Tile(_("Still customers"), number(alive), "heart-pulse", hint, facts)


def _purchases(run: ValueRun) -> Tile:
    facts = explain(
        run,
        n=run.summary["n"],
        method=_("Purchase days expected in the next 12 months of today's customers, %(model)s.")
        % {"model": run.summary["models"]["purchases"]["name"]},
        interval=_("for each customer on its own page"),
        note=_back_test_note(run),
    )
    expected = run.summary["expected"]["purchases_12m"]
    hint = _("in the next 12 months")
    return Tile(_("Expected purchases"), number(expected), "shopping-cart", hint, facts)


def equity(run: ValueRun) -> Tile:
    total, policy = run.summary["expected"]["equity_minor"], run.summary["parameters"]
    low, high = (money_short(total[end], currency(run)) for end in ("low", "high"))
    facts = explain(
        run,
        n=run.summary["n"],
        method=_(
            "Sum of customer lifetime values: expected purchases × expected spend × gross margin,"
            " over %(months)s months, discounted at %(rate)s a year."
        )
        % {"months": policy["horizon_months"], "rate": percent(policy["discount_rate"], 1)},
        interval=_("%(level)s: %(low)s to %(high)s")
        % {"level": percent(policy["level"]), "low": low, "high": high},
        note=_back_test_note(run),
    )
    hint = _("%(low)s to %(high)s") % {"low": low, "high": high}
    return Tile(_("Customer equity"), money_short(total["mean"], currency(run)), "gem", hint, facts)


def at_risk(run: ValueRun) -> Tile:
    risk = run.summary["at_risk"]
    facts = explain(
        run,
        n=risk["customers"],
        method=_("Yearly revenue of class A and B customers whose P(alive) is under %(share)s.")
        % {"share": percent(risk["below"])},
    )
    hint = customers_counted(risk["customers"])
    amount = money_short(risk["yearly_minor"], currency(run))
    return Tile(_("Revenue a year at risk"), amount, "triangle-alert", hint, facts)


def _left_out_note(run: ValueRun) -> str:
    counts = run.summary["counts"]
    missing, told = counts["lines"] - counts["counted"], []
    if missing:
        text = _("%(n)s of %(all)s lines do not count; the reasons stand at the end of the page.")
        told.append(text % {"n": number(missing), "all": number(counts["lines"])})
    if restricted := counts.get("restricted_customers"):
        told.append(restricted_out(restricted))
    return " ".join(told)


def restricted_out(customers: int) -> str:
    """Say how many were left out because their processing is restricted."""
    text = ngettext(
        "%(n)s customer is left out: its processing is restricted.",
        "%(n)s customers are left out: their processing is restricted.",
        customers,
    )
    return text % {"n": number(customers)}


def _back_test_note(run: ValueRun) -> str:
    tested: Any = run.summary.get("back_test")
    if not tested:
        return _("No back-test was possible, so the forecast is untested on your own data.")
    bias = tested["errors"][0]["bias"]
    if bias is None:
        return ""
    words = _("On the last %(days)s days of your own data the forecast was %(bias)s off in total.")
    return words % {"days": tested["days"], "bias": percent(bias / 100, 1)}


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


def cards(run: ValueRun) -> dict[str, dict[str, str]]:
    """Return the facts behind the cards of the overview, by their key."""
    policy = run.summary["parameters"]
    found = {
        "classes": explain(
            run,
            n=run.summary["n"],
            method=_("Customers ranked by revenue; the class is where the running sum stands."),
            inputs=_("class A to %(a)s, class B to %(b)s of all revenue above zero")
            % {"a": percent(policy["abc_a"]), "b": percent(policy["abc_b"])},
            note=_left_out_note(run),
        )
    }
    if risk := run.summary.get("at_risk"):
        found["at_risk"] = explain(
            run,
            n=risk["customers"],
            method=_("Class A and B customers whose P(alive) is under %(share)s.")
            % {"share": percent(risk["below"])},
            note=_back_test_note(run),
        )
    if tested := run.summary.get("back_test"):
        found["back_test"] = explain(
            run,
            n=tested["customers"],
            method=_(
                "The same model, fitted only on what was known before, forecasts purchases that"
                " have happened since."
            ),
            interval=_("%(covered)s of customers ended within their %(level)s interval")
            % {"covered": percent(tested["covered"]), "level": percent(tested["level"])},
            note=translated(tested["note"]),
        )
    return found
