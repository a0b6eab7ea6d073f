"""The queue's own housekeeping."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.shared.jobs import actions


@task(title=_("Forget old jobs"))
def forget_old() -> int:
    return actions.forget_old(now=timezone.now())
