"""Webhooks, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, blank, publish


def publish_entries() -> None:
    publish(
        # What was sent quotes the subject: found by its words.
        Personal(
            "events.Event",
            _("Messages to other systems"),
            words_in=("items",),
            erasure=blank(_("that a message was due stays in its log"), items=[]),
        ),
        Personal(
            "events.Attempt",
            _("Log of messages to other systems"),
            words_in=("request", "response", "problem"),
            erasure=blank(
                _("that a message was sent stays in its log"), request="", response="", problem=""
            ),
        ),
        Impersonal("events.Endpoint", "addresses of other systems"),
        Impersonal("events.Subscription", "which events a system wants"),
        Impersonal("events.Delivery", "when messages were due"),
    )
