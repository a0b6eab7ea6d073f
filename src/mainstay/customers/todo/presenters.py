"""What the pages of tasks show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.customers import pages
from mainstay.customers.preferences.presenters import advice_for
from mainstay.customers.todo import queries, rules
from mainstay.customers.todo.forms import TaskForm, WhoseForm
from mainstay.people.permissions import can
from mainstay.shared.attention import Point
from mainstay.shared.templatetags.figures import day, number

SHOWN = 300
ON_CUSTOMER = 8
COUNTED = 100
HEADINGS = {
    rules.When.OVERDUE: gettext_lazy("Overdue"),
    rules.When.TODAY: gettext_lazy("Today"),
    rules.When.WEEK: gettext_lazy("Within seven days"),
    rules.When.LATER: gettext_lazy("Later"),
    rules.When.OPEN: gettext_lazy("Without a day"),
}


@dataclass(frozen=True)
class Line:
    """One task as a list shows it."""

    task: Any
    due: str
    repeats: str
    late: bool
    customer_url: str
    url: str


def mine(user: Any, given: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Return somebody's tasks under headings; one's own unless another is chosen."""
    form = WhoseForm(given if "of" in given else {"of": user.pk})
    whose = form.cleaned_data.get("of") if form.is_valid() else None
    whose = whose or user
    rows = list(queries.lines_of(user, assignee=whose)[: SHOWN + 1])
    groups = rules.by_heading(rows[:SHOWN], now, timezone.localdate(now))
    return {
        "whose": whose,
        "is_own": whose.pk == user.pk,
        "form": form,
        "groups": [
            (
                HEADINGS[heading],
                heading,
                len(found),
                [line(each, late=_late(heading)) for each in found],
            )
            for heading, found in groups
        ],
        "more": len(rows) > SHOWN,
        "may_edit": can(user, "interactions.edit"),
    }


def _late(heading: rules.When) -> bool:
    return heading == rules.When.OVERDUE


def line(task: Any, *, late: bool = False) -> Line:
    return Line(
        task=task,
        due=due(task),
        repeats=repeats(task),
        late=late,
        customer_url=pages.url(task.customer_id) if task.customer_id else "",
        url=reverse("todo:task", args=[task.pk]),
    )


def due(task: Any) -> str:
    """Return day and time as people read them."""
    if task.due_date is None:
        return ""
    at = f" {task.due_time:%H:%M}" if task.due_time else ""
    return f"{day(task.due_date)}{at}"


def repeats(task: Any) -> str:
    """Return the rule of a repeated task in words."""
    n = task.repeat_every
    if not n:
        return ""
    words = {
        "day": ngettext("every day", "every %(n)d days", n),
        "week": ngettext("every week", "every %(n)d weeks", n),
        "month": ngettext("every month", "every %(n)d months", n),
    }
    return words[task.repeat_unit] % {"n": n}


def lines_about(user: Any, now: datetime, **about: Any) -> list[Line]:
    """Return the open tasks for a customer, contact or conversation."""
    today = timezone.localdate(now)
    rows = queries.open_about(user, **about)[:ON_CUSTOMER]
    return [
        line(
            each,
            late=_late(rules.when(each.due_date, each.due_time, each.time_zone, now, today)),
        )
        for each in rows
    ]


def initial(task: Any) -> dict[str, Any]:
    plain = {name: getattr(task, name, None) for name in TaskForm.base_fields}
    return {name: getattr(value, "pk", value) for name, value in plain.items()}


def form_page(user: Any, title: str, form: TaskForm, task: Any = None) -> dict[str, Any]:
    customer = form.customer
    return {
        "title": title,
        "form": form,
        "task": task,
        "customer": customer,
        "advice_lines": advice_for(user, customer, timezone.now()) if customer else [],
        "customer_url": pages.url(customer.pk) if customer else "",
        "back": pages.url(customer.pk) if customer else reverse("todo:mine"),
    }


def points(user: Any, now: datetime) -> list[Point]:
    """Return what is due, for the start page."""
    if not can(user, "customers.view"):
        return []
    today = timezone.localdate(now)
    rows = queries.waiting(user, today, COUNTED)
    late = sum(1 for each in rows if each.due_date != today)
    found = []
    if late:
        text = ngettext("%(n)s task is overdue.", "%(n)s tasks are overdue.", late)
        found.append((text % {"n": _counted(late)}, "alarm-clock", "red"))
    if due_today := len(rows) - late:
        text = ngettext("%(n)s task is due today.", "%(n)s tasks are due today.", due_today)
        found.append((text % {"n": _counted(due_today)}, "list-checks", "blue"))
    return [Point(text, reverse("todo:mine"), icon, tone) for text, icon, tone in found]


def _counted(count: int) -> str:
    return _("%(n)s or more") % {"n": number(count)} if count >= COUNTED else number(count)
