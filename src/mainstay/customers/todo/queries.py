"""Reads of tasks; each starts from what the user may see."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from mainstay.customers import queries as customers
from mainstay.customers.todo.models import Feed, State, Task
from mainstay.people import queries as people
from mainstay.people import rules as tokens

RELATED = ("customer", "contact", "assignee", "done_by")
# What a line of a list tells; whole customers would take longer to read than the tasks.
_LINE = (
    *("title", "priority", "due_date", "due_time", "time_zone", "repeat_every", "repeat_unit"),
    *("customer__name", "contact__name"),
)


def visible_to(user: Any) -> QuerySet[Task]:
    """Return the tasks for visible customers, and without customer one's own.

    Policy: a task for a customer is seen by whoever sees the customer, and by nobody else.
    """
    own = Q(customer=None) & (Q(assignee=user) | Q(made_by=user))
    within = customers.reach(user, "customer__")
    reach = within & Q(customer__isnull=False) if within else Q(customer__isnull=False)
    return Task.objects.filter(own | reach).select_related(*RELATED)


def seen_by(user: Any) -> QuerySet[Task]:
    return Task.objects.all() if user is None else visible_to(user)


def open_of(user: Any, *, assignee: Any) -> QuerySet[Task]:
    """Return the open tasks of somebody that the user may see, the most urgent first."""
    rows = visible_to(user).filter(assignee=assignee, state=State.OPEN)
    return rows.order_by("due_date", "due_time", "priority", "pk")


def lines_of(user: Any, *, assignee: Any) -> QuerySet[Task]:
    """Return `open_of` with what a line of a list tells."""
    rows = open_of(user, assignee=assignee).select_related(None)
    return rows.select_related("customer", "contact").only(*_LINE)


def open_about(user: Any, **about: Any) -> QuerySet[Task]:
    """Return the open tasks for a customer, contact or conversation, the most urgent first."""
    rows = visible_to(user).filter(state=State.OPEN, **about)
    return rows.order_by("due_date", "due_time", "priority", "pk")


def done_about(user: Any, **about: Any) -> QuerySet[Task]:
    return visible_to(user).filter(state=State.DONE, **about)


def told(user: Any, **wishes: Any) -> QuerySet[Task]:
    """Return tasks as the API tells them."""
    fields = {
        "customer_id": "customer",
        "contact_id": "contact",
        "assignee": "assignee__email__iexact",
        "state": "state",
        "updated_since": "updated_at__gte",
        "due_until": "due_date__lte",
    }
    narrowed = {fields[name]: value for name, value in wishes.items() if value}
    return visible_to(user).filter(**narrowed)


def waiting(user: Any, today: date, most: int) -> list[Task]:
    """Return the user's open tasks that are due today or before."""
    return list(open_of(user, assignee=user).filter(due_date__lte=today)[:most])


def to_remind(now: datetime, most: int) -> list[int]:
    """Return the tasks whose moment to remind has come and that were not reminded of."""
    rows = Task.objects.filter(
        state=State.OPEN, reminded_at=None, remind_at__lte=now, assignee__is_active=True
    )
    return list(rows.order_by("remind_at", "pk").values_list("pk", flat=True)[:most])


def assignees() -> Any:
    """Return who may be given a task."""
    return people.named_owners()


def feed_of(user: Any) -> Feed | None:
    return Feed.objects.filter(user=user).first()


def feed_for(token: str) -> Feed | None:
    """Return the feed that the token opens, if its person may still sign in."""
    rows = Feed.objects.select_related("user", "user__team")
    return rows.filter(token_hash=tokens.token_hash(token), user__is_active=True).first()
