"""Stages of customers, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish


def publish_entries() -> None:
    publish(
        Personal("lifecycle.Standing", _("Stage"), customer="customer"),
        Personal(
            "lifecycle.StageChange",
            _("Steps from stage to stage"),
            customer="customer",
            texts=("note",),
            held_back={"by_name": _("a member of staff")},
        ),
        Personal(
            "lifecycle.Override",
            _("Stages set by hand"),
            customer="customer",
            texts=("reason",),
        ),
        Impersonal("lifecycle.Thresholds", "from when a customer counts as what"),
        Impersonal("lifecycle.Snapshot", "counts over all customers"),
    )
