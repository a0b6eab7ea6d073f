"""Probable duplicates, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish


def publish_entries() -> None:
    publish(
        Personal(
            "duplicates.Pair",
            _("Records that may be the same"),
            customer=("left", "right"),
            held_back={
                "kind": _("technical"),
                "waterfall": _("quotes another customer's record beside this one"),
                "left_print": _("technical"),
                "right_print": _("technical"),
            },
        ),
        Impersonal("duplicates.Scan", "counts and weights over all pairs"),
        Impersonal("duplicates.Thresholds", "from which probability on a person is asked"),
    )
