"""The daily job that forgets the customers of old value runs."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from . import actions


@task(title=_("Forget the customers of old value runs"))
def forget_old_runs() -> int:
    return actions.forget_old(now=timezone.now())
