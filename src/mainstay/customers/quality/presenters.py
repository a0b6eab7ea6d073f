"""What the pages of the quality of data show."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.analysis import charts_of_quality
from mainstay.analysis.numerics import intervals
from mainstay.customers import pages
from mainstay.customers.cards import Card
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import day, number, percent

from . import queries
from .catalogue import BY_KEY, GROUPS, RULES, TONES, label, tone
from .forms import FixForm, RuleForm

FEW = 10  # customers of a source under whom no interval is told
GOOD, FAIR = 90, 70
RUNS_SHOWN = 52


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    icon: str
    hint: str = ""
    explain: dict[str, str] | None = None
    url: str = ""


@dataclass(frozen=True)
class Page:
    """The overview; `run` is None until the file was checked once."""

    run: Any
    under_way: Any
    may_run: bool
    tiles: list[Tile] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)
    met: int = 0  # rules in use that every customer meets
    sources: list[dict[str, Any]] = field(default_factory=list)
    chart: dict[str, Any] | None = None
    table: dict[str, Any] | None = None


def page(user: Any, now: datetime) -> Page:
    run = queries.latest_run()
    known = (run, queries.open_run(now), can(user, "quality.run"))
    if run is None or not run.customers:
        return Page(*known)
    opened = queries.open_counts(user)
    chart, table = _history()
    rules = _rules(run, opened)
    return Page(
        *known,
        tiles=_tiles(run, sum(opened.values())),
        rules=[row for row in rules if row["customers"] or row["open"]],
        met=sum(1 for row in rules if not row["customers"] and not row["open"]),
        sources=[_source(run, *row) for row in run.sources],
        chart=chart,
        table=table,
    )


def grade(score: float) -> str:
    """Return the colour of a score."""
    return "green" if score >= GOOD else "amber" if score >= FAIR else "red"


def _tiles(run: Any, opened: int) -> list[Tile]:
    n = ngettext("%(n)s customer", "%(n)s customers", run.customers)
    facts = {"n": n % {"n": number(run.customers)}, "as_of": day(run.started_at)}
    method = _("Of each customer, the share of the weights of rules that its record meets.")
    clean = intervals.wilson(run.flawless, run.customers)
    score = facts | {"method": method, "interval": _mean(run.customers, run.total, run.squares)[1]}
    whole = facts | {
        "method": _("Customers at whom no rule in use finds anything."),
        "interval": _("%(low)s to %(high)s (Wilson, 95 %%)")
        % {"low": percent(clean.low, 1), "high": percent(clean.high, 1)},
    }
    return [
        Tile(_("Score of the file"), number(run.total / run.customers, 1), "gauge", explain=score),
        Tile(_("Without any finding"), percent(clean.value), "circle-check", explain=whole),
        Tile(_("To see to"), number(opened), "list-todo", url=_worklist(state="open")),
        Tile(
            _("Put right since the check before"),
            number(run.fixed),
            "wand-sparkles",
            hint=_("%(n)s new") % {"n": number(run.found)},
        ),
    ]


def _mean(n: int, total: float, squares: float) -> tuple[str, str]:
    """Return a mean and its interval in words; of few customers there is none."""
    mean = intervals.mean(n, total, squares) if n >= FEW else None
    if mean is None:
        return (number(total / n, 1) if n else "–"), _("too few for an interval")
    text = _("%(low)s to %(high)s (95 %%)")
    ends = {"low": number(max(mean.low, 0), 1), "high": number(min(mean.high, 100), 1)}
    return number(mean.value, 1), text % ends


def _rules(run: Any, opened: dict[str, int]) -> list[dict[str, Any]]:
    """Return what the check found, the most frequent first."""
    known = queries.settings()
    rows = [
        {
            "label": rule.label,
            "group": GROUPS[rule.group],
            "tone": TONES[rule.group],
            "customers": run.rules.get(rule.key, 0),
            "share": run.rules.get(rule.key, 0) / run.customers,
            "open": opened.get(rule.key, 0),
            "weight": known[rule.key].weight,
            "url": _worklist(state="open", rule=rule.key),
        }
        for rule in RULES
        if known[rule.key].enabled
    ]
    return sorted(rows, key=lambda row: -row["customers"])


def _source(run: Any, name: str, n: int, total: float, squares: float) -> dict[str, Any]:
    mean, interval = _mean(n, total, squares)
    return {
        "name": name or _("typed in by hand"),
        "n": n,
        "mean": mean,
        "tone": grade(total / n),
        "explain": {
            "method": _("Mean score of the customers that this source knows."),
            "n": number(n),
            "interval": interval,
            "as_of": day(run.started_at),
        },
    }


def _worklist(**query: str) -> str:
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse('quality:worklist')}?{words}"


def _history() -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the scores of the checks over time, once there are two."""
    ended = [run for run in queries.runs()[:RUNS_SHOWN] if run.finished_at and run.customers]
    if len(ended) < 2:  # noqa: PLR2004  one point is no line
        return None, None
    rows = []
    for run in reversed(ended):
        mean = intervals.mean(run.customers, run.total, run.squares)
        rows.append(
            {
                "day": run.started_at.date().isoformat(),
                "score": round(run.total / run.customers, 2),
                "low": round(mean.low, 2) if mean else None,
                "high": round(mean.high, 2) if mean else None,
            }
        )
    labels = {"day": _("Checked on"), "score": _("Score of the file")}
    table = [
        [day(run.started_at), number(run.total / run.customers, 1), number(run.customers)]
        for run in reversed(ended)
    ]
    columns = [labels["day"], labels["score"], _("Customers")]
    return charts_of_quality.history(rows, labels=labels), {"columns": columns, "rows": table}


def rules_page(user: Any, form: Any) -> dict[str, Any]:
    """Return every rule as the company uses it, by group."""
    known = queries.settings()
    groups = [
        {
            "label": text,
            "rows": [_rule(rule, known[rule.key]) for rule in RULES if rule.group == group],
        }
        for group, text in GROUPS.items()
    ]
    return {"groups": groups, "form": form, "may_edit": can(user, "quality.run")}


def _rule(rule: Any, row: Any) -> dict[str, Any]:
    kinds = {"organisation": _("organisations"), "person": _("people")}
    words = [kinds[row.kind]] if row.kind else []
    if row.classes:
        words.append(_("class %(letters)s") % {"letters": ", ".join(row.classes)})
    limit = f"{row.limit} {rule.limit_label}" if rule.limit is not None else ""
    return {"rule": rule, "row": row, "scope": ", ".join(words) or _("everybody"), "limit": limit}


def rule_form(key: str, data: Any) -> RuleForm:
    row = queries.settings()[key]
    names = ("enabled", "weight", "kind", "classes", "limit")
    initial = {name: getattr(row, name) for name in names}
    return RuleForm(data, rule=BY_KEY[key], initial=initial)


def fix_form(user: Any, row: Any, data: Any) -> FixForm | None:
    """Return the form that puts the finding right on the spot, if a form can."""
    rule = BY_KEY.get(row.rule)
    if rule is None or not rule.fields:
        return None
    holder = row.contact or row.customer
    initial = {name: getattr(holder, name) for name in rule.fields}
    about = {"user": user, "model_key": holder._meta.label_lower}
    form = FixForm(data, names=rule.fields, initial=initial, **about)
    return form if form.fields else None


def finding(user: Any, row: Any, form: Any, ignoring: Any) -> dict[str, Any]:
    rule = BY_KEY.get(row.rule)
    return {
        "finding": row,
        "detail": "" if queries.tells_hidden(user) else row.detail,
        "label": label(row.rule),
        "tone": tone(row.rule),
        "rule": rule,
        "form": form,
        "ignoring": ignoring,
        "elsewhere": _elsewhere(row, rule),
        "customer_url": pages.url(row.customer_id),
        "may_edit": can(user, "customers.edit"),
        "people": queries.assignees() if can(user, "customers.edit") else [],
    }


def _elsewhere(row: Any, rule: Any) -> tuple[str, str] | None:
    """Return where the finding is put right when that takes another page."""
    if rule is None:
        return None
    customer = row.customer_id
    match rule.fix:
        case "address" if row.address_id:
            url = reverse("customers:address", args=[customer, row.address_id])
            return _("Correct the address"), url
        case "contacts":
            return _("Add a contact"), reverse("customers:add_contact", args=[customer])
        case _:
            return None


def card(user: Any, customer: Any) -> Card | None:
    """Return the score on the customer's page, with what is wanting a click away."""
    score = queries.score_of(customer)
    if score is None:
        return None
    keys = [key for key in score.flaws.split(",") if key]
    known = sorted((key for key in keys if key in BY_KEY), key=lambda key: -BY_KEY[key].weight)
    shown = known[: queries.MOST_ON_A_CARD]
    lines = [{"label": label(key), "tone": tone(key), "key": key} for key in shown]
    context = {
        "score": score.score,
        "tone": grade(score.score),
        "lines": lines,
        "more": len(known) - len(shown),
        "customer": customer,
        "explain": {
            "method": _("The share of the weights of rules that this record meets."),
            "inputs": _("%(n)d rules not met") % {"n": len(keys)},
            "as_of": day(score.checked_at),
        },
    }
    return Card("quality/card.html", context)


def told(run: Any, now: datetime) -> list[str]:
    """Return what a check found, in lines for the command line."""
    if not run.customers:
        return [_("There are no customers to check.")]
    mean, interval = _mean(run.customers, run.total, run.squares)
    lines = [
        _("Checked in %(seconds)s s: customers: %(n)s, score %(mean)s of 100, %(interval)s.")
        % {
            "n": number(run.customers),
            "seconds": number((now - run.started_at).total_seconds()),
            "mean": mean,
            "interval": interval,
        },
        _("%(new)s new findings, %(fixed)s put right.")
        % {"new": number(run.found), "fixed": number(run.fixed)},
    ]
    most = sorted(run.rules.items(), key=lambda item: -item[1])
    return lines + [f"{label(key)}: {number(n)}" for key, n in most]
