"""What happens to customers, as programs outside are told of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers.queries import told
from mainstay.people.permissions import hidden_fields
from mainstay.shared import events

UPDATES = (
    "customer.changed",
    "customer.restored",
    "customer.tagged",
    "customer.tag_added",
    "customer.tag_removed",
    "customer.address_saved",
    "customer.address_removed",
    "customer.reference_added",
)


def describe(user: Any, ids: list[int]) -> dict[int, Any]:
    """Return the customers as the API tells them, of those the user may see."""
    return dict(_described(user, ids))


def _described(user: Any, ids: list[int]) -> Iterator[tuple[int, Any]]:
    # The API's libraries cost a second at start, which only a worker that sends needs.
    from mainstay.customers.api import CustomerOut

    hidden = hidden_fields(user, "customers.customer")
    for row in told.pushed(user).filter(pk__in=ids):
        fields = CustomerOut.from_orm(row).model_dump(mode="json")
        yield row.pk, {name: value for name, value in fields.items() if name not in hidden}


def publish() -> None:
    for name, label in (
        ("created", _("A customer was added")),
        ("updated", _("A customer changed")),
        ("archived", _("A customer was put away")),
        ("merged", _("Two customers became one")),
        ("stage_changed", _("A customer came into another stage of the lifecycle")),
    ):
        events.register(
            events.Kind(
                name=f"customer.{name}",
                label=label,
                permission="customers.view",
                describe=describe,
            )
        )
    events.follow("customer.created", verbs=["customer.added"])
    events.follow("customer.updated", verbs=UPDATES)
    events.follow("customer.archived", verbs=["customer.archived"])
