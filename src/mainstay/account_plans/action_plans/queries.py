"""Reads of the action table: lines with their actions, those of the account, the strategy."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from . import rules
from .models import ActionLine, PlannedAction, Strategy


def lines(customer: Any) -> QuerySet[ActionLine]:
    rows = ActionLine.objects.filter(customer=customer, archived_at=None)
    return rows.select_related("contact", "ours").order_by("pk")


def line(customer: Any, pk: int | None) -> ActionLine | None:
    return lines(customer).filter(pk=pk).first() if pk else None


SHOWN = (
    "customer",
    "line",
    "layer",
    "entry",
    "task__title",
    "task__state",
    "task__due_date",
    "task__customer",
    "task__assignee__name",
    "task__assignee__email",
)


def planned(customer: Any) -> QuerySet[PlannedAction]:
    """Return the actions of the account, the most urgent first; cancelled ones are left out."""
    rows = PlannedAction.objects.filter(customer=customer).exclude(task__state="cancelled")
    return rows.select_related("task__assignee").only(*SHOWN).order_by("task__due_date", "pk")


def action(customer: Any, pk: int | None) -> PlannedAction | None:
    return planned(customer).filter(pk=pk).first() if pk else None


def strategy(customer: Any) -> Strategy | None:
    return Strategy.objects.filter(customer=customer).select_related("by").order_by("-pk").first()


@dataclass(frozen=True)
class Table:
    """All that is planned for an account."""

    lines: list[ActionLine]
    of_line: dict[int, list[PlannedAction]] = field(default_factory=dict)
    of_layer: dict[str, list[PlannedAction]] = field(default_factory=dict)
    strategy: Strategy | None = None

    @property
    def all(self) -> list[PlannedAction]:
        return [
            row for part in (self.of_line, self.of_layer) for rows in part.values() for row in rows
        ]

    def progress(self, today: date) -> rules.Progress:
        tasks = [row.task for row in self.all]
        return rules.progress(((t.state, t.due_date, t.assignee_id) for t in tasks), today)


def table(customer: Any) -> Table:
    """Return the action table; what belonged to a line put away stands with the account's."""
    rows = list(lines(customer))
    there = {row.pk: row for row in rows}
    of_line: dict[int, list[PlannedAction]] = defaultdict(list)
    of_layer: dict[str, list[PlannedAction]] = defaultdict(list)
    for each in planned(customer):
        line = there.get(each.line_id or 0)
        each.line = line
        if line is not None:
            of_line[line.pk].append(each)
        else:
            of_layer[each.layer].append(each)
    return Table(rows, dict(of_line), dict(of_layer), strategy(customer))
