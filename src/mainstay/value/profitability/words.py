"""Words for what a run of profitability says by key."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.orders import queries as orders
from mainstay.shared.templatetags.figures import percent

from .rules import OWN

TREATMENTS = {
    "raise_price": gettext_lazy("Raise the price"),
    "lower_service_cost": gettext_lazy("Lower the cost to serve"),
    "renegotiate": gettext_lazy("Renegotiate or part"),
}
TREATMENT_TONES = {"raise_price": "sky", "lower_service_cost": "amber", "renegotiate": "red"}
TREATMENT_RULES = {
    "raise_price": gettext_lazy("A price rise of at most 5% of revenue would close the loss."),
    "lower_service_cost": gettext_lazy("A saving of at most half the cost to serve would do."),
    "renegotiate": gettext_lazy("Neither would do: new terms, or parting."),
}
STATE_TONES = {"open": "neutral", "agreed": "blue", "done": "green", "declined": "amber"}
SERVICE_METHOD = gettext_lazy(
    "The activities' costs, divided by what each customer caused of their drivers."
)
NET_METHOD = gettext_lazy(
    "Gross margin less cost to serve, before unused capacity and general costs."
)
SIGNS = {2: "++", 1: "+", -1: "\N{MINUS SIGN}"}


def driver(key: str) -> str:
    """Return the name of a driver, of own quantities too."""
    kind = OWN if key.startswith(f"{OWN}-") else key
    return str(dict(orders.drivers()).get(kind, key))


def note(activity: dict[str, Any]) -> str:
    """Return what is to be said about an activity's cost; nothing if it fell as it should."""
    if activity["note"] == "none_in_period":
        text = _("Nothing of its driver in the year, so the cost falls on nobody: %(driver)s.")
        return text % {"driver": driver(activity["driver"])}
    if activity["note"] == "over_capacity":
        text = _(
            "%(share)s of the capacity was used: check the hours or the minutes for one."
            " The whole cost is divided."
        )
        return text % {"share": percent(activity["used_share"])}
    return ""


def treatment(kind: str, change: float | None) -> str:
    """Return the treatment with the change it asks for."""
    if kind == "raise_price":
        return _("Raise prices by %(share)s") % {"share": percent(change, 1)}
    if kind == "lower_service_cost":
        return _("Lower the cost to serve by %(share)s") % {"share": percent(change)}
    return str(TREATMENTS.get(kind, ""))
