"""Background work, in the register: its arguments and results may quote a person."""

from typing import Any

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_lazy as _

from mainstay.shared.jobs.models import Job, State
from mainstay.shared.personal_data import Erasing, Personal, blank, holding, publish

_WORDS_IN = ("args", "kwargs", "text", "checkpoint", "result", "error", "failures")
_EMPTY: dict[str, Any] = {
    "args": [],
    "kwargs": {},
    "text": "",
    "checkpoint": {},
    "result": None,
    "error": "",
}
_STAYS = _("that the work was done stays in the list of work")


def _blank(erasing: Erasing) -> int:
    """Empty the jobs; one that still waits is cancelled, for it lost what it was to work on."""
    waits = When(state=State.WAITING, then=Value(State.CANCELLED.value))
    found = holding(Job, _WORDS_IN, erasing.words).values("pk")
    return Job.objects.filter(pk__in=found).update(
        **_EMPTY, failures=[], state=Case(waits, default=F("state"))
    )


def publish_entries() -> None:
    publish(
        Personal(
            "jobs.Job",
            _("Background work"),
            words_in=_WORDS_IN,
            erasure=blank(_STAYS, **_EMPTY, failures=[]),
            erase=_blank,
        )
    )
