"""Carrying erasures out again after a backup was restored, by the register that was kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.models import Contact, Customer
from mainstay.customers.privacy import rules
from mainstay.customers.privacy.choices import CaseKind, CaseState
from mainstay.customers.privacy.models import Case
from mainstay.customers.privacy.register import Entry
from mainstay.records.actions import record

from .erasing import erase

MODELS: dict[str, Any] = {"customer": Customer, "contact": Contact}


@dataclass
class Repeated:
    """What came of the register: cases of who was back, and how many are gone or somebody else."""

    back: list[Entry] = field(default_factory=list)
    gone: int = 0
    others: int = 0


def repeat_erasures(*, entries: Sequence[Entry], now: datetime, dry_run: bool = False) -> Repeated:
    """Erase again whom the restored database holds; each by itself, so that it can go on."""
    done = Repeated()
    for entry in entries:
        person = MODELS[entry.kind]._default_manager.filter(pk=entry.number).first()
        if person is None:
            done.gone += 1
        elif not entry.is_of(person):
            done.others += 1
        else:
            done.back.append(entry)
            if not dry_run:
                erase(case=_case(entry, now), now=now)
    return done


@transaction.atomic
def _case(entry: Entry, now: datetime) -> Case:
    """Return the person's case as the backup has it, or a new one, ready to be carried out."""
    about = {f"{entry.kind}_id": entry.number}
    received = date.fromisoformat(entry.received_on)
    unfinished = Case.objects.filter(kind=CaseKind.ERASURE, **about).exclude(
        state__in=(CaseState.DONE, CaseState.REFUSED)
    )
    case = unfinished.order_by("pk").first() or Case(
        kind=CaseKind.ERASURE, received_on=received, due_on=rules.due(received), about="–", **about
    )
    case.identity_on = case.identity_on or received
    case.identity_by = case.identity_by or _("Erased before; the register of erasures says so.")
    case.state, case.job_id, case.outcome = CaseState.RUNNING, "", {}
    case.save()
    record(by=None, verb="privacy_case.repeated", target=case, now=now)
    return case
