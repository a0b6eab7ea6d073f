"""The actions of the lecture's worked examples, to begin with for a person of a role."""

from django.utils.translation import gettext as _


def steps(role: str) -> list[str]:
    """Return what the lecture does for this role of the buying centre."""
    together = _("Stress that we have worked together for many years")
    return {
        "buyer": [
            _("Pass on technical information"),
            _("Help to plan the project"),
            together,
        ],
        "user": [
            _("Reduce the influence of outside actors"),
            _("Guarantee quality of service and time of execution"),
            together,
        ],
        "decider": [
            _("Refer to the long cooperation"),
            _("Show how the flow of information could be better"),
        ],
        "approver": [_("Guarantee quality of service and time of execution")],
        "adviser": [_("Show how we compare, with references")],
        "initiator": [_("Work out the need together")],
        "gatekeeper": [_("Be reliable in every contact, and thank for each")],
    }.get(role, [])
