"""The background part of e-mails."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.shared.jobs import current


@task(title=_("Read e-mails from a file"))
def read_file(number: int) -> None:
    from mainstay.customers.mail import actions, process

    try:
        process.run(number=number, now=timezone.now())
    except current.JobCancelled:
        actions.note_cancelled(number=number, now=timezone.now())
        raise


@task(title=_("Read a mailbox"), max_attempts=1)
def read_mailbox(number: int) -> None:
    from mainstay.customers.mail import fetching

    fetching.run(number=number, now=timezone.now())


@task(title=_("Look which mailboxes are due"))
def read_due_mailboxes() -> int:
    from mainstay.customers.mail.actions import boxes

    return boxes.read_due(now=timezone.now())


@task(title=_("Delete old files of e-mails"))
def delete_old_files() -> int:
    from mainstay.customers.mail import actions

    return actions.delete_old_files(now=timezone.now())
