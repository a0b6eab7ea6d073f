"""A key account for tests that walk over all pages: something of everything, by one number."""

from typing import Any

from django.urls import reverse

from mainstay.account_plans.models import (
    ActionLine,
    KeyAccount,
    Offering,
    PlannedAction,
    PlanVersion,
)
from mainstay.account_plans.portal.models import Stage, Work
from mainstay.account_plans.reviews.models import Meeting
from mainstay.customers.todo.models import Task
from tests.conftest import NOW


def plan_for(customer: Any) -> None:
    """Make the customer a key account with rows of the customer's own number."""
    KeyAccount.objects.create(customer=customer)
    Offering.objects.create(pk=customer.pk, customer=customer, name="Repairs")
    ActionLine.objects.create(pk=customer.pk, customer=customer, person="President")
    Meeting.objects.create(pk=customer.pk, customer=customer, held_on=NOW.date())
    content = {"parts": [], "annexes": [], "customer": customer.name, "as_of": "2026-01-01"}
    PlanVersion.objects.create(
        pk=customer.pk, customer=customer, content=content, pages=1, made_at=NOW
    )
    work = Work.objects.create(pk=customer.pk, customer=customer, title="Repairs")
    Stage.objects.create(pk=customer.pk, work=work, title="Survey")
    task = Task.objects.create(title="Call", customer=customer)
    PlannedAction.objects.create(pk=customer.pk, customer=customer, task=task)


def pages(number: int) -> list[str]:
    """Return the addresses at which forms open."""
    asked = {
        "actions": ("do=line", "do=account", "do=strategy", f"do=plan&line={number}"),
        "team": ("do=member",),
        "certainty": (f"offering={number}&kind=need",),
        "plan": ("part=goals",),
        "portal": ("do=work", f"do=share&action={number}"),
        "reviews": ("",),
    }
    work = reverse("accounts:portal_work", args=[number, number])
    review = reverse("accounts:review", args=[number, number])
    parts = [f"{review}?{query}" for query in ("do=settings", "do=point", "do=minutes")]
    return [f"{work}?do=work", f"{work}?do=stage&stage={number}", *parts] + [
        f"{reverse(f'accounts:{name}', args=[number])}?{query}"
        for name, queries in asked.items()
        for query in queries
    ]
