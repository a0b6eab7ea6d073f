"""The queue's own housekeeping."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.shared.jobs import actions


@task(title=_("Forget old jobs"))
def forget_old() -> int:
    # The API's libraries cost a second at start, which no other job needs.
    from mainstay.shared.rest.actions import forget_answers

    now = timezone.now()
    return actions.forget_old(now=now) + forget_answers(now=now)
