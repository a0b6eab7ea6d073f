"""The page of the board: a row for each account, with everything explained."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.account_plans.certainty.choices import Kind, Level
from mainstay.account_plans.certainty.rules import KINDS
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent

from . import health, queries
from .queries import Board, Row

LATEST = 9_999_12_31  # what has no day stands last
SORTS = {
    "health": gettext_lazy("Health"),
    "value": gettext_lazy("Value"),
    "gap": gettext_lazy("Gap"),
    "next": gettext_lazy("Next action"),
    "name": gettext_lazy("Name"),
}
FIRST = "health"


def page(user: Any, now: datetime, *, owner: int | None = None, sort: str = "") -> dict[str, Any]:
    """Return the board; `sort` is one of SORTS, anything else the first of them."""
    found = queries.board(user, now, owner=owner)
    chosen = sort if sort in SORTS else FIRST
    money = can(user, "money.view")
    rows = [row(each, found, money=money) for each in found.rows]
    owners = queries.owners(user)
    return {
        "rows": sorted(rows, key=lambda each: each["order"][chosen]),
        "counts": _counts(rows),
        "owners": owners,
        "owner": owner if owner in dict(owners) else None,
        "sorts": list(SORTS.items()),
        "sort": chosen,
        "run": found.run,
        "may_run": can(user, "value.run"),
        "money": money,
    }


def _counts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return how many accounts there are of each health."""
    return [
        {
            "word": str(word),
            "colour": health.COLOURS[tone],
            "n": sum(row["health"]["tone"] == tone for row in rows),
        }
        for tone, word in health.WORDS.items()
    ]


def row(found: Row, board: Board, *, money: bool) -> dict[str, Any]:
    """Return an account in words, and where each way of sorting puts it."""
    state = health.summed(health.factors(found, board))
    worth, gap, due = _worth(found, board, money=money), _gap(found, board), _next(found, board)
    customer = found.customer
    return {
        "pk": found.key.customer_id,
        "name": customer.name,
        "url": reverse("accounts:account", args=[found.key.customer_id]),
        "owner": customer.owner.name if customer.owner else "",
        "email": customer.owner.email if customer.owner else None,
        "worth": worth,
        "gap": gap,
        "certainty": [_kind(found, kind) for kind in KINDS],
        "health": state,
        "next": due,
        "changes": changes(found, board, money=money),
        "order": {
            "health": (state["tone"], customer.sort_name),
            "value": (-(worth["minor"] or 0), customer.sort_name),
            "gap": (-(gap["minor"] or 0), customer.sort_name),
            "next": (due["order"], customer.sort_name),
            "name": customer.sort_name,
        },
    }


def _worth(found: Row, board: Board, *, money: bool) -> dict[str, Any]:
    """Return lifetime value, or sales where that is not known or not for the reader to see."""
    worth = found.worth
    if worth is None:
        return {"minor": None, "why": _unknown(board)}
    shown = _lifetime if money and worth.clv_minor is not None else _sales
    told = {"n": _customers(board.run.summary["n"]), "as_of": day(board.run.as_of)}
    return shown(worth, board, told)


def _lifetime(worth: Any, board: Board, told: dict[str, str]) -> dict[str, Any]:
    unit, policy = board.run.parameters["currency"], board.run.summary["parameters"]
    ends = {"low": worth.clv_low_minor, "high": worth.clv_high_minor}
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
        "kind": "lifetime value",
        "label": _("Lifetime value"),
        "minor": worth.clv_minor,
        "shown": money_short(worth.clv_minor, unit),
        "hint": _("%(low)s to %(high)s") % short,
        "explain": told,
    }


def _sales(worth: Any, board: Board, told: dict[str, str]) -> dict[str, Any]:
    told["method"] = _("Sum of all goods and discount lines, returns netted.")
    return {
        "kind": "sales",
        "label": _("Sales so far"),
        "minor": worth.revenue_minor,
        "shown": money_short(worth.revenue_minor, board.run.parameters["currency"]),
        "hint": _("sales since %(day)s") % {"day": day(worth.first_day)},
        "explain": told,
    }


def _unknown(board: Board) -> str:
    if board.run is None:
        return _("No value run yet")
    return _("Not in the run of %(day)s") % {"day": day(board.run.as_of)}


def _customers(n: int) -> str:
    return ngettext("%(n)s customer", "%(n)s customers", n) % {"n": number(n)}


def _gap(found: Row, board: Board) -> dict[str, Any]:
    gap = found.gap
    if gap is None or board.run is None:
        return {"minor": None, "share": None, "why": _("Wallet not estimated")}
    unit = board.run.parameters["currency"]
    wallet, sales = money_round(gap.wallet_minor, unit), money_round(gap.sales_minor, unit)
    told = {
        "method": _("What the customer buys of our product markets in a year, less our sales."),
        "inputs": _("%(wallet)s wallet, %(sales)s ours") % {"wallet": wallet, "sales": sales},
        "n": _("estimates of this customer’s wallet, summed over its markets"),
        "as_of": day(board.run.as_of),
        "note": _("An estimate of people, without an interval."),
    }
    share = gap.share_of_wallet
    return {
        "minor": gap.current_minor,
        "share": share,
        "shown": money_short(gap.current_minor, unit),
        "hint": _("%(share)s of the wallet is ours") % {"share": percent(share)}
        if share is not None
        else "",
        "explain": told,
    }


def _kind(found: Row, kind: str) -> dict[str, Any]:
    """Return the lowest level of a kind of certainty, and whether more is wanted anywhere."""
    cells = [c for cells in found.certainty.values() for c in cells if c.kind == kind]
    judged = [(c.present, c.wanted) for c in cells if c.present]
    lowest = min((now for now, _wanted in judged), default=None)
    wanted = max((w for now, w in judged if w and w > now), default=None)
    label = str(Level(lowest).label) if lowest else _("not judged")
    return {
        "kind": kind,
        "label": str(Kind(kind).label),
        "level": lowest,
        "shown": label,
        "wanted": str(Level(wanted).label) if wanted else "",
        "dots": [_dot(level, lowest, wanted) for level in Level.values],
    }


def _dot(level: int, lowest: int | None, wanted: int | None) -> str:
    if lowest and level <= lowest:
        return "full"
    return "wanted" if wanted and level <= wanted else "empty"


def _next(found: Row, board: Board) -> dict[str, Any]:
    if not found.open:
        return {"title": "", "order": LATEST}
    first = found.open[0]
    late = first.due is not None and first.due < board.today
    return {
        "title": first.title,
        "task": first.task,
        "url": reverse("todo:task", args=[first.task]),
        "due": first.due,
        "who": first.who,
        "late": late,
        "order": int(f"{first.due:%Y%m%d}") if first.due else LATEST - 1,
    }


def changes(found: Row, board: Board, *, money: bool) -> list[str]:
    """Return what changed within the month, in sentences."""
    since = board.today - queries.MONTH
    told = []
    if timezone.localdate(found.key.created_at) >= since:
        told.append(_("Chosen as a key account"))
    told += _value_moved(found, board, money=money)
    fell, rose = found.moved()
    told += _count(fell, ngettext("%(n)s certainty fell", "%(n)s certainties fell", fell))
    told += _count(rose, ngettext("%(n)s certainty rose", "%(n)s certainties rose", rose))
    done = sum(each.done_at is not None for each in found.actions)
    told += _count(done, ngettext("%(n)s action done", "%(n)s actions done", done))
    late = sum(each.due is not None and since <= each.due < board.today for each in found.open)
    told += _count(late, ngettext("%(n)s fell overdue", "%(n)s fell overdue", late))
    held = found.review.get("held")
    if held and held >= since:
        told.append(_("Review held on %(day)s") % {"day": day(held)})
    if found.approved_at and timezone.localdate(found.approved_at) >= since:
        told.append(_("Plan approved"))
    return told


def _count(n: int, text: str) -> list[str]:
    return [text % {"n": number(n)}] if n else []


def _value_moved(found: Row, board: Board, *, money: bool) -> list[str]:
    """Return how the value moved between the current run and the one of a month ago or before."""
    now, then = found.worth, found.worth_then
    name = "clv_minor" if money else "revenue_minor"
    before = getattr(then, name, None)
    after = getattr(now, name, None)
    if not before or after is None:
        return []
    change = (after - before) / before
    sign = "+" if change >= 0 else ""
    text = _("Value %(change)s since %(day)s") if money else _("Sales %(change)s since %(day)s")
    return [text % {"change": sign + percent(change), "day": day(board.run_then.as_of)}]
