"""Stages and reasons as people read them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared.templatetags.figures import number

from .models import STAGES
from .rules import Reason, Stage

LABELS = dict(STAGES)
TONES = {
    Stage.SUSPECT: "neutral",
    Stage.PROSPECT: "sky",
    Stage.DISQUALIFIED: "red",
    Stage.FIRST_TIME: "blue",
    Stage.REPEAT: "blue",
    Stage.CLIENT: "green",
    Stage.MEMBER: "green",
    Stage.ADVOCATE: "violet",
    Stage.PARTNER: "violet",
    Stage.INACTIVE: "amber",
    Stage.FORMER: "red",
}


def label(stage: str) -> str:
    return str(LABELS.get(Stage(stage), stage)) if stage else "–"


def because(reason: str, figure: int | None) -> str:
    """Return in a sentence why a customer stands where it does."""
    n = figure or 0
    match Reason(reason):
        case Reason.KNOWN:
            return _("Known, and nobody has talked to it yet.")
        case Reason.TALKED:
            return _("Somebody talked or wrote with it; it has not ordered.")
        case Reason.ORDERED:
            return _("It ordered once.")
        case Reason.ORDERED_AGAIN | Reason.MANY_ORDERS:
            text = ngettext("It ordered on %(n)s day.", "It ordered on %(n)s days.", n)
            return text % {"n": number(n)}
        case Reason.LONG_CUSTOMER:
            return _("It has ordered again and again for %(n)s months or more.") % {"n": number(n)}
        case other:
            return _further(other, n)


def _further(reason: Reason, n: int) -> str:
    match reason:
        case Reason.CONTRACT:
            return _("It has a contract that runs.")
        case Reason.MEMBERSHIP:
            return _("It is a member of a programme.")
        case Reason.RECOMMENDED:
            text = ngettext("It brought %(n)s customer.", "It brought %(n)s customers.", n)
            return text % {"n": number(n)}
        case Reason.PARTNERSHIP:
            return _("It has a contract and brought %(n)s customers.") % {"n": number(n)}
        case Reason.QUIET_FOR_INTERVALS:
            return _("No order for %(n)s days: longer than its own rhythm allows.") % {
                "n": number(n)
            }
        case Reason.QUIET_FOR_DAYS | Reason.QUIET_FOR_LONG:
            return _("No order for more than %(n)s days.") % {"n": number(n)}
        case Reason.CONTRACT_ENDED:
            return _("Its contract ended, and it has not ordered since.")
    return _("Set by hand.")
