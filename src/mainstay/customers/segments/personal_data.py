"""Segments, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish


def publish_entries() -> None:
    publish(
        Personal(
            "segments.Membership",
            _("Segments"),
            customer="customer",
            texts=("segment__name",),
        ),
        # A rule may ask for a person by name.
        Personal("segments.Segment", _("Rules of segments"), words_in=("definition", "name")),
        Impersonal("segments.SegmentDay", "how many customers a segment had"),
    )
