"""Housekeeping of kept files."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.customers.talks import actions


@task(title=_("Delete files whose conversation is gone"))
def forget_unclaimed_files() -> int:
    return actions.forget_unclaimed(now=timezone.now())
