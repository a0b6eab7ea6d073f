"""What data are used for, and the words in which people are asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mainstay.customers.privacy.models import Purpose, Wording
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

FIELDS = ("name", "description", "basis", "is_service", "double_opt_in", "months_valid")


@transaction.atomic
def save_purpose(
    *, by: Any, now: datetime, values: Mapping[str, Any], purpose: Purpose | None = None
) -> Purpose:
    """Add a purpose, or change the one given."""
    if by is not None:
        require(by, "privacy.admin")
    row = purpose or Purpose()
    clean = {name: values[name] for name in FIELDS if name in values}
    if clean.get("is_service") and clean.get("basis") == "consent":
        text = _("Service mail needs no consent: choose contract or another lawful basis.")
        raise ValidationError({"basis": text})
    old, new = versions.apply(row, clean)
    if purpose is not None:
        row.version += 1
    row.save()
    verb = "purpose.changed" if purpose else "purpose.added"
    if new:
        record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def archive_purpose(*, by: Any, now: datetime, purpose: Purpose) -> None:
    """Put the purpose away, or bring it back; the ledger keeps what was agreed to."""
    require(by, "privacy.admin")
    back = purpose.archived_at is not None
    purpose.archived_at = None if back else now
    purpose.save(update_fields=["archived_at"])
    verb = "purpose.restored" if back else "purpose.archived"
    record(by=by, verb=verb, target=purpose, now=now)


@transaction.atomic
def add_wording(*, by: Any, now: datetime, purpose: Purpose, values: Mapping[str, Any]) -> Wording:
    """Add the next version of the wording; earlier ones stay with those who agreed to them."""
    if by is not None:
        require(by, "privacy.admin")
    same = Wording.objects.filter(purpose=purpose, language=values["language"])
    latest = same.aggregate(n=Max("number"))["n"] or 0
    row = Wording(purpose=purpose, number=latest + 1, made_at=now, **values)
    versions.check(row)
    row.save()
    new = {"language": row.language, "version": row.number, "text": row.text}
    record(by=by, verb="purpose.worded", target=purpose, new=new, now=now)
    return row
