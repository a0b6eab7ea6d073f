"""What an account is worth and could be: one measure for the whole board, each figure explained."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent

from .queries import Board, Row


class Measure(StrEnum):
    """By what accounts are compared; the value is the field of a run's row."""

    LIFETIME = "clv_minor"
    SALES = "revenue_minor"


KINDS = {Measure.LIFETIME: "lifetime value", Measure.SALES: "sales"}
LABELS = {
    Measure.LIFETIME: gettext_lazy("Lifetime value"),
    Measure.SALES: gettext_lazy("Sales so far"),
}
# What the company sets and a lifetime value follows from.
SETTINGS = ("discount_rate", "horizon_months", "default_margin")


def measure(board: Board, *, money: bool) -> Measure | None:
    """Return lifetime value where the reader may see it and any account has one, else sales.

    One measure holds for all accounts: a lifetime value and sales are never put in one order.
    """
    if board.run is None:
        return None
    some = any(row.worth and row.worth.clv_minor is not None for row in board.rows)
    return Measure.LIFETIME if money and some else Measure.SALES


def minor(found: Row, by: Measure | None) -> int | None:
    return getattr(found.worth, by) if by and found.worth else None


def worth(found: Row, board: Board, by: Measure | None) -> dict[str, Any]:
    if by is None:
        return {"minor": None, "why": _("No value run yet")}
    if found.worth is None:
        return {
            "minor": None,
            "why": _("Not in the run of %(day)s") % {"day": day(board.run.as_of)},
        }
    if minor(found, by) is None:
        sales = money_short(found.worth.revenue_minor, board.run.parameters["currency"])
        return {"minor": None, "why": _("Not computed; sales so far %(sales)s") % {"sales": sales}}
    told = {"n": _customers(board.run.summary["n"]), "as_of": day(board.run.as_of)}
    shown = _lifetime if by == Measure.LIFETIME else _sales
    return {"minor": minor(found, by)} | shown(found.worth, board, told)


def _customers(n: int) -> str:
    return ngettext("%(n)s customer", "%(n)s customers", n) % {"n": number(n)}


def _lifetime(found: Any, board: Board, told: dict[str, str]) -> dict[str, Any]:
    unit, policy = board.run.parameters["currency"], board.run.summary["parameters"]
    ends = {"low": found.clv_low_minor, "high": found.clv_high_minor}
    method = _(
        "Expected purchases × expected spend × gross margin, over %(months)s months,"
        " discounted at %(rate)s a year."
    )
    rate = percent(policy["discount_rate"], 1)
    told["method"] = method % {"months": policy["horizon_months"], "rate": rate}
    told["interval"] = _("%(level)s: %(low)s to %(high)s") % {
        "level": percent(policy["level"]),
        **{name: money_round(end, unit) for name, end in ends.items()},
    }
    short = {name: money_short(end, unit) for name, end in ends.items()}
    return {
        "shown": money_short(found.clv_minor, unit),
        "hint": _("%(low)s to %(high)s") % short,
        "explain": told,
    }


def _sales(found: Any, board: Board, told: dict[str, str]) -> dict[str, Any]:
    told["method"] = _("Sum of all goods and discount lines, returns netted.")
    return {
        "shown": money_short(found.revenue_minor, board.run.parameters["currency"]),
        "hint": _("sales since %(day)s") % {"day": day(found.first_day)},
        "explain": told,
    }


def gap(found: Row, board: Board) -> dict[str, Any]:
    gap = found.gap
    if gap is None or board.run is None:
        return {"minor": None, "share": None, "why": _("Wallet not estimated")}
    unit, share = board.run.parameters["currency"], gap.share_of_wallet
    wallet, sales = money_round(gap.wallet_minor, unit), money_round(gap.sales_minor, unit)
    told = {
        "method": _("What the customer buys of our product markets in a year, less our sales."),
        "inputs": _("%(wallet)s wallet, %(sales)s ours") % {"wallet": wallet, "sales": sales},
        "n": _("estimates of this customer’s wallet, summed over its markets"),
        "as_of": day(board.run.as_of),
        "note": _("An estimate of people, without an interval."),
    }
    ours = _("%(share)s of the wallet is ours") % {"share": percent(share)}
    return {
        "minor": gap.current_minor,
        "share": share,
        "shown": money_short(gap.current_minor, unit),
        "hint": ours if share is not None else "",
        "explain": told,
    }


def moved(found: Row, board: Board, by: Measure | None) -> list[str]:
    """Return how the value moved between the current run and the one of a month ago or before."""
    if by is None or not is_comparable(board, by):
        return []
    before, after = (getattr(each, by, None) for each in (found.worth_then, found.worth))
    if not before or before < 0 or after is None:
        return []
    change = (after - before) / before
    texts = {
        Measure.LIFETIME: _("Lifetime value %(change)s since %(day)s"),
        Measure.SALES: _("Sales so far %(change)s since %(day)s"),
    }
    shown = ("+" if change >= 0 else "") + percent(change)
    return [texts[by] % {"change": shown, "day": day(board.run_then.as_of)}]


def is_comparable(board: Board, by: Measure) -> bool:
    """Answer whether the two runs compute the measure alike."""
    if board.run is None or board.run_then is None:
        return False
    runs = (board.run, board.run_then)
    now, then = ([run.parameters.get(name) for name in SETTINGS] for run in runs)
    return by == Measure.SALES or now == then


def notes(board: Board, by: Measure | None, *, money: bool) -> list[str]:
    """Return what must be said of the values as a whole."""
    told = []
    n = sum(minor(row, by) is None for row in board.rows)
    if n and by == Measure.LIFETIME:
        text = ngettext(
            "%(n)s of %(all)s accounts has no lifetime value; sorted by value it stands last.",
            "%(n)s of %(all)s accounts have no lifetime value; sorted by value they stand last.",
            n,
        )
        told.append(text % {"n": number(n), "all": number(len(board.rows))})
    if by == Measure.SALES and money and board.rows:
        told.append(_("No account has a lifetime value in this run; sales are shown instead."))
    if by and board.run_then and not is_comparable(board, by):
        text = _(
            "Lifetime values are not compared with those of %(day)s: horizon, discount or margin"
            " of the company was another then."
        )
        told.append(text % {"day": day(board.run_then.as_of)})
    return told
