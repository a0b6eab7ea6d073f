"""Tasks, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import DELETE, Impersonal, Personal, blank, publish


def publish_entries() -> None:
    publish(
        Personal(
            "todo.Task",
            _("Tasks"),
            customer="customer",
            contact="contact",
            texts=("title", "notes"),
            held_back={"time_zone": _("where the member of staff works")},
            erasure=DELETE,
            erasure_of_contact=blank(
                _("that something was done for the customer belongs to the customer"),
                contact=None,
                title="–",
                notes="",
            ),
        ),
        Impersonal("todo.Feed", "the link of a member of staff's calendar"),
    )
