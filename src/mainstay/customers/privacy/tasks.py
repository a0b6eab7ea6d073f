"""Cases as jobs, and the daily deletion of old files."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tasks import task

from mainstay.customers.privacy import actions, queries
from mainstay.shared.jobs import current


@task(title=_lazy("Copy of a person's data"))
def pack_data(case_id: int) -> None:
    case = queries.case(case_id)
    if case is not None:
        actions.pack(case=case, now=timezone.now())


@task(title=_lazy("Erasure of a person"))
def erase_person(case_id: int) -> None:
    """Erase whom the case is about; killed, the next attempt goes on."""
    case = queries.case(case_id)
    if case is None:
        return
    current.report(done=0, total=2, text=_("Erasing rows"))
    actions.erase(
        case=case,
        now=timezone.now(),
        report=lambda _part: current.report(done=1, total=2, text=_("Erasing files")),
    )


@task()
def forget_packages() -> None:
    actions.forget_packages(now=timezone.now())
