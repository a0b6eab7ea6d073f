"""Somebody who asked to be erased, and is."""

from datetime import datetime
from typing import Any

from mainstay.customers.privacy import actions
from mainstay.customers.privacy.models import Case
from tests.factories.people import UserFactory


def erase(person: Any, now: datetime) -> None:
    about: dict[str, Any] = {"by": UserFactory(role="manager"), "now": now}
    case = actions.open_case(**about, person=person, kind="erasure", received_on=now.date())
    actions.check_identity(**about, case=case, identity_by="passport")
    Case.objects.filter(pk=case.pk).update(state="running")
    case.refresh_from_db()
    actions.erase(case=case, now=now)
