"""Words for gaps, support and complexity."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOBODY = "role_given_to_nobody"
GAPS = {
    "no_decider": (
        _("No decider known"),
        _("Ask a person you know there who signs off the purchase, and get introduced."),
    ),
    "decider_against": (
        _("The decider is against us"),
        _("Learn the reason from somebody who supports us, before the next offer."),
    ),
    "gatekeeper_unfriendly": (
        _("The gatekeeper is unfriendly"),
        _("Reach the decider another way, and give the gatekeeper something of use."),
    ),
    "one_contact": (
        _("One contact only"),
        _("Ask to be introduced to a user and to whoever approves; one person may leave."),
    ),
    "few_for_complexity": (
        _("Few people known for so complex a purchase"),
        _("Name those who advise and approve; complex purchases are seldom decided by a few."),
    ),
    "one_of_us": (
        _("Only one of us knows them"),
        _("Take a colleague along to the next meeting, so that the account hangs on two."),
    ),
    "contact_left": (
        _("A contact has left"),
        _("Find the successor, and ask where the person went: it may be a new customer."),
    ),
    "contact_deleted": (
        _("A contact was deleted"),
        _("The part is kept without the person; name who has it now, or take it off."),
    ),
    "strong_against": (
        _("Somebody strong is against us"),
        _("Agree in the team who speaks with this person, and about what."),
    ),
    "never_spoken": (
        _("Nobody has spoken with them"),
        _("Arrange a first conversation, or note one that took place."),
    ),
    "silent": (
        _("No word for 90 days with somebody strong"),
        _("Call, with something new for this person’s goals."),
    ),
    "two_companies": (
        _("Works at two companies"),
        _("Mind which of them this person speaks for, and what may be told."),
    ),
    "stands_twice": (
        _("Somebody stands here twice"),
        _("Two contacts were merged into one; take one of the two parts off."),
    ),
    "without_role": (
        _("Without a role"),
        _("Say what part they play, or take them off."),
    ),
    "circle": (
        _("The lines of reporting go in a circle"),
        _("Say who of them reports to nobody; the map opens the circle at one place meanwhile."),
    ),
    NOBODY: (
        _("Roles given to nobody"),
        _("It may be that nobody has them here; then it is well to know. Otherwise ask."),
    ),
}
TONES = {
    **dict.fromkeys(("no_decider", "decider_against", "one_contact", "circle"), "bad"),
    **dict.fromkeys(("two_companies", "without_role", NOBODY), "info"),
}
SUPPORT_TONES = {2: "green", 1: "green", 0: "neutral", -1: "yellow", -2: "red"}
SUPPORT_NAMES = {
    2: ("p2", _("stands up for us")),
    1: ("p1", _("well-disposed")),
    0: ("p0", _("neutral")),
    -1: ("m1", _("sceptical")),
    -2: ("m2", _("against us")),
}
COMPLEXITY = {
    "low": pgettext_lazy("complexity of a purchase", "Low"),
    "medium": pgettext_lazy("complexity of a purchase", "Medium"),
    "high": pgettext_lazy("complexity of a purchase", "High"),
}
