"""The words for keys that analysis leaves untranslated."""

from django.utils.translation import gettext_lazy as _

SEGMENTS = {
    "champion": _("Champions"),
    "loyal": _("Loyal"),
    "potential": _("Potentially loyal"),
    "new": _("New"),
    "promising": _("Promising"),
    "attention": _("Need attention"),
    "sleepy": _("Falling asleep"),
    "at_risk": _("At risk"),
    "cannot_lose": _("Must not be lost"),
    "hibernating": _("Hibernating"),
    "lost": _("Lost"),
}
SEGMENT_TONES = {
    "champion": "green",
    "loyal": "green",
    "potential": "sky",
    "new": "sky",
    "promising": "sky",
    "attention": "amber",
    "sleepy": "amber",
    "at_risk": "red",
    "cannot_lose": "red",
}
LEFT_OUT = {
    "unknown": _("Lines of customers who are not in the base"),
    "restricted": _("Lines of customers whose processing is restricted"),
    "no_customer": _("Lines without a customer"),
    "no_day": _("Lines without a day"),
    "after_as_of": _("Lines after the as-of day"),
    "no_amount": _("Lines without an amount in the company's currency"),
    "not_goods": _("Postage and manual lines"),
}
CANNOT = {
    "purchases": _("Forecast of purchases and P(alive)"),
    "spend": _("Forecast of spend and lifetime value"),
    "back_test": _("Back-test"),
    "classes": _("ABC classes"),
    "everything": _("Valuation"),
}
PARAMETERS = {
    "r": _("spread of purchase rates (shape)"),
    "alpha": _("spread of purchase rates (scale, days)"),
    "a": _("dropout after a purchase (a)"),
    "b": _("dropout after a purchase (b)"),
    "s": _("spread of dropout rates (shape)"),
    "beta": _("spread of dropout rates (scale, days)"),
    "p": _("spread of spend within customers"),
    "q": _("spread of spend between customers"),
    "v": _("scale of spend (minor units)"),
}
