"""Exports of everything hold everybody, so an erasure deletes the files."""

from django.utils.translation import gettext_lazy as _

from mainstay.project.moving import actions
from mainstay.shared.personal_data import Erasing, Impersonal, Place, publish, publish_place


def _delete_files(erasing: Erasing) -> int:
    return actions.delete_all(now=erasing.now)


def publish_entries() -> None:
    publish(Impersonal("moving.Export", "when everything was exported, and where the file lies"))
    publish_place(
        Place(
            "exports",
            _("Exports of everything"),
            _("Are deleted, for they hold everybody; those that were downloaded are yours"),
            empty=_delete_files,
        )
    )
