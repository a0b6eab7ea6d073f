"""What orders tell on the timeline of a customer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers import timeline
from mainstay.customers.timeline import Asked, Entry, Source
from mainstay.orders import queries
from mainstay.shared.templatetags.figures import money


def publish() -> None:
    timeline.publish(Source(key="orders", kind="orders", entries=_orders), gettext_lazy("Orders"))


def _orders(asked: Asked) -> list[Entry]:
    rows = queries.visible_to(asked.user).filter(customer=asked.about)
    return [
        Entry(
            at=row.ordered_at,
            pk=row.pk,
            icon="undo-2" if row.is_return else "shopping-cart",
            title=(_("Return %(number)s") if row.is_return else _("Order %(number)s"))
            % {"number": row.external_id},
            url=reverse("orders:page", args=[row.pk]),
            detail=money(row.amount_minor, row.currency),
            tone="amber" if row.is_return else "",
        )
        for row in asked.page(rows, "ordered_at")
    ]
