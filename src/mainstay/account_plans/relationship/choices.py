"""Sides that rate, points of reference, levels of a relationship; the order is the lecture's."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(models.TextChoices):
    OURS = "ours", _("Our side")
    THEIRS = "theirs", _("The customer’s side")


class Level(models.TextChoices):
    BASIC = "basic", pgettext_lazy("level of a relationship", "Basic")
    REACTIVE = "reactive", pgettext_lazy("level of a relationship", "Reactive")
    ACCOUNTABLE = "accountable", pgettext_lazy("level of a relationship", "Accountable")
    PROACTIVE = "proactive", pgettext_lazy("level of a relationship", "Proactive")
    PARTNERSHIP = "partnership", pgettext_lazy("level of a relationship", "Partnership")


MEANING = {
    Level.BASIC: _("We sell, and that is all."),
    Level.REACTIVE: _("We sell, and ask to be called when something is not right."),
    Level.ACCOUNTABLE: _("We ask afterwards whether it is what was expected, and what to improve."),
    Level.PROACTIVE: _("We come with suggestions for better use, and with what is new."),
    Level.PARTNERSHIP: _("We work together all the time, to improve what both of us do."),
}

# Point of reference: its name, the transactional and the relational end.
POINTS = {
    "horizon": (_("Horizon"), _("Short or middle term"), _("Long term")),
    "focus": (_("Focus of our effort"), _("Winning new customers"), _("Keeping the present ones")),
    "task": (
        _("Main task of our people"),
        _("New orders from the customer"),
        _("Becoming the preferred supplier"),
    ),
    "market": (
        _("Target market"),
        _("Everybody who can be won"),
        _("Buyers of considerable potential"),
    ),
    "basis": (
        _("What our people are judged by"),
        _("Revenue in the short run"),
        _("Margin from key accounts"),
    ),
    "bond": (
        _("Kind of bond"),
        _("Conflict, short contracts, constant negotiation"),
        _("Harmony, trust and working together"),
    ),
    "investment": (_("Investment it takes"), _("Low"), _("High")),
    "risk": (_("Possible risk and benefit"), _("Small"), _("Large")),
    "price": (
        _("Idea behind prices"),
        _("A price that wins orders"),
        _("A price at which serving pays"),
    ),
}
