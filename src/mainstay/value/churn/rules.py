"""Reasons for which customers leave, as the lectures list them, and what textbooks claim of them.

The shares are claims about other companies: they are shown beside what is measured here, never
as facts about this company.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

PRESETS = {
    "death": _("Death, or end of the business"),
    "moved": _("Moved away"),
    "relations": _("Formed relations with another company"),
    "competition": _("Won by a competitor"),
    "product": _("Dissatisfied with the product"),
    "attitude": _("Attitude of our staff: felt uncared for"),
    "looking_for_staff": _("Had to look for staff or wait until somebody was free"),
    "pushy_help": _("Staff too eager to help"),
    "not_found": _("Could not find the goods without help"),
    "too_much_choice": _("Could not choose from too large an assortment"),
    "not_left_alone": _("Could not look, touch and try on in peace"),
    "price_unclear": _("Could not see the price and did not want to ask"),
    "incompetent": _("Inattentive, ill-tempered or incompetent staff"),
    "pushed_goods": _("Was pushed to take stale or unwanted goods"),
    "queue": _("Had to queue"),
    "price_dispute": _("Had to prove at the till that it costs less"),
    "speech": _("Staff who could not speak correctly"),
    "gossip": _("Had to hear staff talk about customers, colleagues or private matters"),
    "rude_answers": _("Was answered rudely"),
    "phone_or_smoke": _("Staff on the phone, or smoking at the entrance"),
    "slow": _("Slow service"),
}
CLAIMS = {
    "death": 0.01,
    "moved": 0.03,
    "relations": 0.05,
    "competition": 0.09,
    "product": 0.14,
    "attitude": 0.68,
}
POINTS_CLAIMED = 0.05  # "five more points of retention raise profit by 25 to 85 %"
PROFIT_CLAIMED = (0.25, 0.85)
NOT_NOTED = "none"  # the key of losses whose reason nobody has noted
RULE_FIELDS = ("kind", "k", "typical", "floor_days", "grace_days", "threshold")


def rule_of(stored: Any) -> Any:
    """Return the analysis' rule of stored fields; raises ValueError if it makes no sense."""
    from mainstay.analysis.value.churn import Rule

    return Rule(**{name: getattr(stored, name) for name in RULE_FIELDS})
