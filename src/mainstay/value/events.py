"""Classes that changed with a value run, as programs outside are told of it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.shared import events

from . import queries
from .models import ValueRun
from .movements.queries import classes_moved

CHANGED = "customer.value_class_changed"


def describe(user: Any, ids: list[int]) -> dict[int, Any]:
    """Return name and class of the customers the user may see, as of the run that is shown."""
    run = queries.current_run()
    seen = customers.visible_to(user).filter(pk__in=ids)
    names = dict(seen.values_list("pk", "name"))
    now = queries.classes_of(list(names), run=run)
    return {
        pk: {"id": pk, "name": name, "abc_class": now.get(pk, "")} for pk, name in names.items()
    }


def tell_classes(*, run: ValueRun, now: datetime) -> None:
    """Emit each change of class since the run before, read in slices and only if subscribed."""
    before = queries.run_before(run)
    if before is not None:
        about = {"run": run.pk, "as_of": run.as_of.isoformat()}
        moved = classes_moved(run, before)
        subjects = ((pk, {"old": old, "new": new, **about}) for pk, old, new in moved)
        events.emit_many(CHANGED, subjects=subjects, now=now)


def publish() -> None:
    label = _("A customer came into another class")
    events.register(
        events.Kind(name=CHANGED, label=label, permission="value.view", describe=describe)
    )
