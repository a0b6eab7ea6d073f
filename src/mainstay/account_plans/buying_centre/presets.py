"""Shipped roles in a buying centre: the seven classic ones, and newer ones mapped onto them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from mainstay.analysis.accounts.buying_centre import CLASSIC, MODERN

_CLASSIC = {
    "initiator": (pgettext_lazy("role", "Initiator"), _("first comes up with the purchase")),
    "adviser": (pgettext_lazy("role", "Adviser"), _("is asked for advice and judges variants")),
    "decider": (
        pgettext_lazy("role", "Decider"),
        _("decides whether, what, how much, how and where"),
    ),
    "approver": (
        pgettext_lazy("role", "Approver"),
        _("sanctions what deciders and buyers propose"),
    ),
    "buyer": (pgettext_lazy("role", "Buyer"), _("carries out the purchase")),
    "user": (pgettext_lazy("role", "User"), _("works with what is bought")),
    "gatekeeper": (
        pgettext_lazy("role", "Gatekeeper"),
        _("lets sellers and their information through, or does not"),
    ),
}
_MODERN = {
    "economic_buyer": (pgettext_lazy("role", "Economic buyer"), _("holds the budget")),
    "executive_sponsor": (
        pgettext_lazy("role", "Executive sponsor"),
        _("backs it from the top floor"),
    ),
    "champion": (pgettext_lazy("role", "Champion"), _("sells us inside when we are not there")),
    "coach": (pgettext_lazy("role", "Coach"), _("tells us how things are decided there")),
    "technical_buyer": (
        pgettext_lazy("role", "Technical buyer"),
        _("checks whether it meets requirements"),
    ),
    "procurement": (pgettext_lazy("role", "Procurement"), _("negotiates terms and contracts")),
    "end_user": (pgettext_lazy("role", "End user"), _("works with it day by day")),
    "blocker": (pgettext_lazy("role", "Blocker"), _("wants another supplier, or none")),
}


@dataclass(frozen=True)
class Role:
    """A role that members are given; gaps are found by the classic one it stands for."""

    key: str
    name: StrOrPromise
    meaning: StrOrPromise
    classic: str
    is_archived: bool = False


def shipped() -> Iterator[Role]:
    for key in CLASSIC:
        yield Role(key, *_CLASSIC[key], key)
    for key, classic in MODERN.items():
        yield Role(key, *_MODERN[key], classic)


def classic_names() -> list[tuple[str, StrOrPromise]]:
    return [(key, _CLASSIC[key][0]) for key in CLASSIC]
