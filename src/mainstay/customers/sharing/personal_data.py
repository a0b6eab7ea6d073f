"""With whom customers are shared, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Personal, publish


def publish_entries() -> None:
    publish(
        Personal(
            "sharing.Share",
            _("Shared with colleagues"),
            customer="customer",
            held_back={"made_by": _("a member of staff")},
        )
    )
