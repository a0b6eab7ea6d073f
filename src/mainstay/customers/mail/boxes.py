"""Everything that changes mailboxes and the company's rules for e-mails."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mainstay.customers.mail import queries
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions


@transaction.atomic
def set_rules(*, by: Any, now: datetime, values: Mapping[str, Any]) -> None:
    """Say what is ours and what is never read; it holds from the next e-mail on."""
    if by is not None:
        require(by, "people.admin")
    row = queries.mail_rules()
    old, new = versions.apply(row, dict(values))
    if new:
        row.save()
        record(by=by, verb="mail.rules_changed", target=row, old=old, new=new, now=now)
