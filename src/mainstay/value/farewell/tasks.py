"""Work on rules of farewell that no page waits for."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_tasks import task

from mainstay.customers.segments.actions import ship as ship_segments

from . import actions


@task(title=gettext_lazy("Bring the rule of farewell"))
def ship() -> dict[str, Any]:
    """Add the rule that comes with the program, once."""
    now = timezone.now()
    ship_segments(now=now)
    return {"added": actions.ship(now=now)}
