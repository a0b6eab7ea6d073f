"""Captured contacts, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, blank, publish

_TOKEN = _("a token drawn at random")


def publish_entries() -> None:
    publish(
        Personal(
            "capture.Capture",
            _("Forms filled in"),
            customer="customer",
            contact="contact",
            words_in=("name", "email", "phone"),
            texts=(
                "touchpoint__name",
                *("name", "email", "phone", "organisation", "position", "city", "country"),
                *("industry", "answers", "language", "wording"),
            ),
            held_back={"nonce": _TOKEN, "confirmation": _TOKEN},
        ),
        Personal(
            "capture.Coupon",
            _("Coupons"),
            customer="capture__customer",
            contact="capture__contact",
            words_in=("note",),
            texts=("code", "batch__name", "note"),
            erasure=blank(_("that a code was given and redeemed is the company's"), note=""),
        ),
        Impersonal("capture.CaptureForm", "what a form asks and gives"),
        Impersonal("capture.FormField", "fields of forms"),
        Impersonal("capture.Touchpoint", "where a form is met, and how often it was looked at"),
        Impersonal("capture.CouponBatch", "what coupons are good for"),
    )
