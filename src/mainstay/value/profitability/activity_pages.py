"""What the pages about activities show."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.orders import queries as orders
from mainstay.people import queries as people
from mainstay.people.permissions import can
from mainstay.shared import money
from mainstay.shared.templatetags.figures import day, money_round, number

from .forms import ActivityForm
from .rules import OWN


def found(pk: int | None) -> Any:
    return None if pk is None else orders.activity(pk=pk)


def listed(user: Any) -> dict[str, Any]:
    """Return the activities with their costs, the archived ones last."""
    currency, names = people.company().currency, dict(orders.drivers())
    recorded = orders.recorded_quantities()
    rows = [
        {
            "activity": row,
            "driver": names.get(row.driver, row.driver),
            "cost": money_round(row.yearly_cost_minor, currency),
            "hours": number(row.capacity_hours),
            "minutes": number(row.unit_minutes, 1),
            "quantities": _recorded(recorded.get(row.pk)) if row.driver == OWN else "",
        }
        for row in orders.every_activity()
    ]
    whole = sum(
        row["activity"].yearly_cost_minor for row in rows if not row["activity"].archived_at
    )
    return {
        "rows": rows,
        "total": money_round(whole, currency),
        "may_edit": may_edit(user),
        "may_import": may_edit(user) and can(user, "customers.import"),
    }


def _recorded(found: tuple[int, Any] | None) -> str:
    """Say how many customers have quantities of the activity, and how recent they are."""
    if found is None:
        return _("No quantities yet: import a file, else its cost falls on nobody.")
    customers, latest = found
    text = ngettext(
        "Quantities of %(n)s customer, the latest of %(day)s",
        "Quantities of %(n)s customers, the latest of %(day)s",
        customers,
    )
    return text % {"n": number(customers), "day": day(latest)}


def may_edit(user: Any) -> bool:
    return can(user, "orders.edit") and can(user, "money.view")


def one(user: Any, row: Any) -> dict[str, Any]:
    return {"activity": row, "may_edit": may_edit(user)}


def form(row: Any, data: Any) -> ActivityForm:
    currency = people.company().currency
    initial: dict[str, Any] = {}
    if row is not None:
        initial = {
            "name": row.name,
            "yearly_cost": money.major(row.yearly_cost_minor, currency),
            "driver": row.driver,
            "capacity_hours": row.capacity_hours,
            "unit_minutes": row.unit_minutes,
            "version": row.version,
        }
    return ActivityForm(data, initial=initial, currency=currency)
