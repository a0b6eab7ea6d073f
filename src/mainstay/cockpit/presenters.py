"""What the start page shows: what to do next, what needs attention, what is new."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers import pages
from mainstay.customers import queries as customers
from mainstay.customers.talks.sources import ICONS
from mainstay.orders import queries as orders
from mainstay.people import queries as people
from mainstay.people.permissions import can
from mainstay.shared import attention, navigation
from mainstay.shared.attention import Point
from mainstay.shared.lists.filters import midnight
from mainstay.shared.templatetags.figures import number

SHOWN = 8
COUNTED = 1000
LATELY = timedelta(days=30)


def home(user: Any, now: datetime) -> dict[str, Any]:
    """Return the context of the start page."""
    newest = customers.newest(user, SHOWN)
    latest = orders.visible_to(user).select_related("customer").order_by("-ordered_at", "-pk")
    talks = customers.interactions_listed(user).order_by("-occurred_at", "-pk")[:SHOWN]
    return {
        "company": people.company(),
        "points": [*_points(user, now), *attention.points(user, now)],
        "events": attention.events(user, now),
        "newest": [(row, pages.url(row.pk)) for row in newest],
        "orders": [(row, _customer_url(row)) for row in latest[:SHOWN]],
        "talks": [
            (
                ICONS.get(talk.channel, "message-square"),
                talk,
                pages.url(talk.customer_id),
            )
            for talk in talks
        ],
        "import_url": _import_url(user),
        "may_add": can(user, "customers.edit"),
    }


def _import_url(user: Any) -> str:
    """Return where files come in, if the user may bring any."""
    entries = (e for e in navigation.entries(user) if e.url_name.startswith("imports:"))
    return next((reverse(entry.url_name) for entry in entries), "")


def _customer_url(order: Any) -> str:
    return pages.url(order.customer_id) if order.customer_id else ""


def _points(user: Any, now: datetime) -> list[Point]:
    """Return what is worth a look among the customers: those nobody minds, and complaints."""
    found = []
    if can(user, "customers.edit") and (alone := customers.without_owner(user, COUNTED)):
        text = ngettext("%(n)s customer has no owner.", "%(n)s customers have no owner.", alone) % {
            "n": _counted(alone)
        }
        found.append(Point(text, f"{reverse('customers:list')}?owner=null", "user-round-x"))
    since = timezone.localdate(now - LATELY)
    if cross := customers.complaining_since(user, midnight(since), COUNTED):
        text = ngettext(
            "%(n)s customer complained in the last 30 days.",
            "%(n)s customers complained in the last 30 days.",
            cross,
        ) % {"n": _counted(cross)}
        url = f"{reverse('customers:list')}?complained_from={since.isoformat()}"
        found.append(Point(text, url, "message-square-warning", "red"))
    return found


def _counted(count: int) -> str:
    return _("%(n)s or more") % {"n": number(count)} if count >= COUNTED else number(count)
