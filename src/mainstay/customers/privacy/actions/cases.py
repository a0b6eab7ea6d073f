"""Requests of people about their data, from receipt to answer."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit, may_edit_person
from mainstay.customers.models import Customer
from mainstay.customers.privacy import queries, rules
from mainstay.customers.privacy.choices import CaseKind, CaseState
from mainstay.customers.privacy.models import Case, Package, Suppression
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions


@transaction.atomic
def open_case(
    *, by: Any, now: datetime, person: Any, kind: str, received_on: date, received_by: str = ""
) -> Case:
    """Open a case file; the answer is due within one month of the day the request came."""
    may_edit_person(by, "privacy.admin", person)
    if received_on > now.date():
        raise ValidationError({"received_on": _("This day is still to come.")})
    row = Case(
        kind=kind,
        about=str(person)[:200],
        received_on=received_on,
        received_by=received_by.strip(),
        due_on=rules.due(received_on),
        **{f"{person._meta.model_name}_id": person.pk},
    )
    versions.check(row)
    row.save()
    new = {"kind": kind, "due": row.due_on}
    record(by=by, verb="privacy_case.opened", target=row, new=new, now=now)
    return row


@transaction.atomic
def check_identity(*, by: Any, now: datetime, case: Case, identity_by: str) -> None:
    """Note how it was made sure that the request comes from the person."""
    row = _open(by, case, CaseState.RECEIVED)
    if not identity_by.strip():
        raise ValidationError({"identity_by": _("Write how you know that it is the person.")})
    row.identity_on, row.identity_by = now.date(), identity_by.strip()
    row.state = CaseState.CHECKED
    versions.check(row)
    row.save()
    record(by=by, verb="privacy_case.identity_checked", target=row, now=now)


@transaction.atomic
def extend(*, by: Any, now: datetime, case: Case, because: str) -> None:
    """Take two more months; the person must be told why within the first."""
    row = _open(by, case, CaseState.RECEIVED, CaseState.CHECKED)
    if not because.strip():
        raise ValidationError({"because": _("Write the reason that the person is told.")})
    row.due_on, row.extended_because = rules.due(row.received_on, extended=True), because.strip()
    versions.check(row)
    row.save()
    new = {"due": row.due_on}
    record(by=by, verb="privacy_case.extended", target=row, new=new, now=now)


@transaction.atomic
def refuse(*, by: Any, now: datetime, case: Case, because: str) -> None:
    """Close the case without doing what was asked, for the reason that the person is told."""
    row = _open(by, case, CaseState.RECEIVED, CaseState.CHECKED)
    if not because.strip():
        raise ValidationError({"because": _("Write the reason that the person is told.")})
    row.state, row.refused_because = CaseState.REFUSED, because.strip()
    row.done_at, row.done_by = now, str(by)
    versions.check(row)
    row.save()
    record(by=by, verb="privacy_case.refused", target=row, now=now)


@transaction.atomic
def start(*, by: Any, now: datetime, case: Case) -> Case:
    """Let the worker carry the case out, once the identity is checked."""
    from mainstay.customers.privacy.tasks import erase_person, pack_data

    row = _open(by, case, CaseState.CHECKED, CaseState.RUNNING)
    if row.state == CaseState.RUNNING and not queries.has_stopped(row):
        raise ValidationError(_("This is being carried out already."))
    work = erase_person if row.kind == CaseKind.ERASURE else pack_data
    row.state, row.done_by = CaseState.RUNNING, str(by)
    row.job_id = work.using(by=by).enqueue(case_id=row.pk).id
    row.save()
    record(by=by, verb="privacy_case.started", target=row, now=now)
    return row


@transaction.atomic
def let_return(*, by: Any, now: datetime, case: Case) -> int:
    """Lift the block: the person came back and may be recorded again; return the hashes lifted."""
    require(by, "privacy.admin")
    count, _models = Suppression.objects.filter(case=case).delete()
    if count:
        record(by=by, verb="privacy_case.may_return", target=case, now=now)
    return count


@transaction.atomic
def restrict(*, by: Any, now: datetime, customer: Customer, restricted: bool) -> None:
    """Restrict what the customer's data are used for, or lift the restriction."""
    may_edit(by, "privacy.admin", customer=customer)
    found = Customer.objects.filter(pk=customer.pk, restricted=not restricted)
    if found.update(restricted=restricted):
        new = {"restricted": restricted}
        old = {"restricted": not restricted}
        record(by=by, verb="customer.changed", target=customer, old=old, new=new, now=now)


def forget_packages(*, now: datetime) -> int:
    """Delete the files whose day has come."""
    return Package.objects.filter(kept_until__lte=now).delete()[0]


def _open(by: Any, case: Case, *states: CaseState) -> Case:
    """Return the case, held against others, if it stands in one of the states."""
    require(by, "privacy.admin")
    row = Case.objects.select_for_update().get(pk=case.pk)
    if row.state not in states:
        text = _("This case is at “%(state)s”: that step is not possible now.")
        raise ValidationError(text % {"state": row.get_state_display()})
    return row
