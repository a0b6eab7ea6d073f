"""The page of actions: the table per person, what is done for the account, the strategy."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans.library import queries as library
from mainstay.account_plans.library.choices import Topic
from mainstay.account_plans.workspace import presenters as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.shared.templatetags.figures import day, number, percent

from . import people, proposing, queries
from .choices import Layer, Relation, Role
from .forms import AccountPlanForm, LineForm, PlanForm, StrategyForm

MOST, SHOWN = 5, 3  # actions of a line that are all shown; of more, the most urgent
NAMES = ("contact", "person", "roles", "goals", "tactics", "relations", "ours", "version")


def labels(keys: list[str], choices: Any) -> list[str]:
    """Return how choices are called, in the order of the choices."""
    return [str(label) for key, label in choices if key in keys]


def page(account: Account, *, now: datetime, **more: Any) -> dict[str, Any]:
    """Return the table; `line` is the one that is changed, `whole` the one shown in full."""
    customer = account.customer
    table = queries.table(customer)
    found = library.library()
    today = timezone.localdate(now)
    tactics = library.by_key(found.get(Topic.TACTIC, []))
    theirs = people.known(customer, today)
    standings = {each.contact.pk: each.standing for each in theirs}
    whole = more.get("whole")
    shown = {
        "lines": [
            _line(row, table.of_line.get(row.pk, []), tactics, today, whole=row.pk == whole)
            | {"standing": standings.get(row.contact_id, "")}
            for row in table.lines
        ],
        "layers": [
            _layer(layer, table.of_layer.get(layer, []), today, whole=layer == whole)
            for layer in (Layer.STRATEGIC, Layer.OPERATIONAL, Layer.PERSON)
            if layer != Layer.PERSON or table.of_layer.get(layer)
        ],
        "progress": progress(table, today),
        "strategy": strategy(table.strategy, found),
        "wanting": wanting(table, today),
        "unlisted": len(proposing.missing(customer, theirs)),
    }
    return workspace.page(account, tab="actions") | shown | _forms(customer, table, more)


def _forms(customer: Any, table: queries.Table, more: dict[str, Any]) -> dict[str, Any]:
    """Return the one form that is open, if any: `do` says which."""
    do, form, row = more.get("do", ""), more.get("form"), more.get("line")
    shown: dict[str, Any] = {"do": do, "edited": row}
    if do == "line":
        shown["form"] = form or LineForm(customer=customer, initial=_initial(row))
    elif do == "plan" and row:
        shown["form"] = form or PlanForm(initial={"assignee": row.ours})
    elif do == "account":
        shown["form"] = form or AccountPlanForm(initial={"assignee": customer.owner})
    elif do == "strategy":
        shown["form"] = form or StrategyForm(initial=vars(table.strategy) if table.strategy else {})
    return shown


def _initial(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in NAMES} if row else {}


def _line(
    row: Any, actions: list[Any], tactics: dict[str, Any], today: Any, *, whole: bool
) -> dict[str, Any]:
    shown, more = _some(actions, whole=whole)
    return {
        "pk": row.pk,
        "person": row.person,
        "contact_url": reverse("customers:contact", args=[row.contact_id])
        if row.contact_id
        else "",
        "left": bool(row.contact and row.contact.archived_at),
        "roles": labels(row.roles, Role.choices),
        "goals": row.goals,
        "tactics": [tactics[key] for key in row.tactics if key in tactics],
        "relations": labels(row.relations, Relation.choices),
        "ours": row.ours,
        "actions": [action(each, today) for each in shown],
        "more": more,
    }


def _layer(layer: Layer, actions: list[Any], today: Any, *, whole: bool) -> dict[str, Any]:
    shown, more = _some(actions, whole=whole)
    label = _("Of people no longer in the table") if layer == Layer.PERSON else layer.label
    return {
        "key": layer.value,
        "label": label,
        "actions": [action(each, today) for each in shown],
        "more": more,
    }


def _some(actions: list[Any], *, whole: bool) -> tuple[list[Any], int]:
    """Return the most urgent open ones first, then those done; and how many are not shown."""
    ordered = sorted(actions, key=lambda each: each.task.state != "open")
    if whole or len(ordered) <= MOST:
        return ordered, 0
    return ordered[:SHOWN], len(ordered) - SHOWN


def action(row: Any, today: Any) -> dict[str, Any]:
    """Return an action as lists show it."""
    task = row.task
    is_open = task.state == "open"
    return {
        "pk": row.pk,
        "title": task.title,
        "url": reverse("todo:task", args=[task.pk]),
        "due": day(task.due_date) if task.due_date else "",
        "late": is_open and task.due_date is not None and task.due_date < today,
        "done": not is_open,
        "tick": (_("Done: %(title)s") if is_open else _("Open again: %(title)s"))
        % {"title": task.title},
        "who": task.assignee.name if task.assignee else "",
    }


def progress(table: queries.Table, today: Any) -> dict[str, Any]:
    """Return how far the actions are, counted and in words."""
    found = table.progress(today)
    return {
        "n": number(found.all),
        "done": found.done,
        "all": found.all,
        "share": percent(found.share) if found.all else "–",
        "open": number(found.open),
        "late": found.late,
    }


def strategy(row: Any, found: dict[str, list[Any]]) -> dict[str, Any] | None:
    """Return the strategy in the words of the library."""
    if row is None:
        return None
    price = library.by_key(found.get(Topic.PRICE, [])).get(row.price)
    form = library.by_key(found.get(Topic.ORGANISATION, [])).get(row.organisation)
    return {
        "price": price,
        "ways": [item.name for item in found.get(Topic.VALUE, []) if item.key in row.ways],
        "organisation": form,
        "reason": row.reason,
        "at": row.at,
        "by": row.by.name if row.by else "",
    }


def wanting(table: queries.Table, today: Any) -> list[str]:
    """Return what is missing, in sentences."""
    if not table.lines:
        said = [_("Nobody of the customer’s stands in the action table.")]
    else:
        bare = sum(1 for row in table.lines if not table.of_line.get(row.pk))
        alone = sum(1 for row in table.lines if row.ours_id is None)
        said = [
            *_count(
                bare, ngettext("%(n)s person has no action.", "%(n)s people have no action.", bare)
            ),
            *_count(
                alone,
                ngettext(
                    "%(n)s person has nobody of ours.", "%(n)s people have nobody of ours.", alone
                ),
            ),
        ]
    found = table.progress(today)
    dates, owners = found.undated, found.unowned
    said += _count(dates, ngettext("%(n)s action has no day.", "%(n)s actions have no day.", dates))
    said += _count(
        owners, ngettext("%(n)s action has no owner.", "%(n)s actions have no owner.", owners)
    )
    if table.strategy is None:
        said.append(_("No strategy of value and price is chosen."))
    return said


def _count(n: int, text: str) -> list[str]:
    return [text % {"n": number(n)}] if n else []
