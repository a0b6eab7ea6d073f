"""The file that a contact gets in return; it lies beside the files of conversations."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.capture.models import CaptureForm, Gift
from mainstay.customers.talks import files
from mainstay.shared import versions


def keep(form: CaptureForm, upload: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Let the form give the file and no other; return old and new of what differs."""
    if form.gift != Gift.FILE:
        return _give(form, "", "")
    if upload is None:
        if not form.file_place:
            raise ValidationError({"upload": _("Choose the file that is given away.")})
        return {}, {}
    try:
        name = files.checked_name(upload.name, upload.size)
    except files.NotKept as refusal:
        raise ValidationError({"upload": str(refusal)}) from refusal
    return _give(form, name, files.keep(upload.chunks()))


def _give(form: CaptureForm, name: str, place: str) -> tuple[dict[str, Any], dict[str, Any]]:
    before = form.file_place
    form.file_place = place
    if before and before != place:
        transaction.on_commit(lambda: files.forget([before]))
    return versions.apply(form, {"file_name": name})
