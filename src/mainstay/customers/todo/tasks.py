"""Reminders by e-mail, where the company has set mail up."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from mainstay.customers.todo import actions, presenters, queries

AT_ONCE = 200


@task(title=gettext_lazy("Remind of tasks"))
def remind() -> int:
    """Send what is due to be reminded of; return how many."""
    if not settings.EMAIL_CONFIGURED:
        return 0
    now = timezone.now()
    due = queries.to_remind(now, AT_ONCE)
    return sum(actions.remind(number=pk, now=now, send=_send) for pk in due)


def _send(row: Any) -> None:
    with translation.override(row.assignee.language or settings.LANGUAGE_CODE):
        lines = [
            row.title,
            _("Due: %(due)s") % {"due": presenters.due(row)},
            _("Customer: %(name)s") % {"name": row.customer} if row.customer else "",
            _("With: %(name)s") % {"name": row.contact} if row.contact else "",
            row.notes,
        ]
        subject = _("Reminder: %(title)s") % {"title": row.title}
    text = "\n".join(line for line in lines if line)
    send_mail(subject, text, None, [row.assignee.email])
