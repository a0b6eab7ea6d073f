"""How often a customer buys, beside how often it wants to be spoken to."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.customers.preferences import measures
from mainstay.orders import queries

YEAR = timedelta(days=365)


def publish() -> None:
    measures.publish("orders", gettext_lazy("Buys"), _bought)


def _bought(user: Any, customer: Any, now: datetime) -> str:
    rows = queries.of_customer(user, customer.pk).filter(ordered_at__gt=now - YEAR)
    bought = rows.filter(is_return=False).order_by()
    found = bought.aggregate(number=Count("pk"), latest=Max("ordered_at"))
    number, latest = found["number"], found["latest"]
    if not number:
        return _("nothing in the last 12 months")
    text = ngettext("%(n)d order in 12 months", "%(n)d orders in 12 months", number)
    text = text % {"n": number}
    if number > 1:
        text += _(", every %(days)d days on average") % {"days": round(YEAR.days / number)}
    days = (now - latest).days
    if days <= 0:
        return f"{text}; {_('last today')}"
    ago = ngettext("last %(n)d day ago", "last %(n)d days ago", days) % {"n": days}
    return f"{text}; {ago}"
