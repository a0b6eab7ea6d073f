"""The queue's own housekeeping."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.shared.jobs import actions
from mainstay.shared.rest.actions import forget_answers


@task(title=_("Forget old jobs"))
def forget_old() -> int:
    now = timezone.now()
    return actions.forget_old(now=now) + forget_answers(now=now)
