"""The audit log, in the register: events stay, names and values of an erased person do not."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mainstay.records.actions import ERASED, warranted
from mainstay.records.models import AuditEvent
from mainstay.shared.personal_data import (
    Erasing,
    Impersonal,
    Personal,
    blank,
    holding,
    publish,
    without,
)

_STAYS = _("that something was done, when and by whom stays as proof; names and values go")
_TEXTS = ("target_label", "old", "new")
AT_ONCE = 500


def _erase(erasing: Erasing) -> int:
    """Blank what was noted about the subject, and its words in what was noted about others."""
    subject = erasing.subject
    about = Q(customer_id__in=sorted(subject.customers)) | Q(
        contact_id__in=sorted(subject.contacts)
    )
    with warranted("erasure"):
        count = AuditEvent.objects.filter(about).update(target_label=ERASED, old={}, new={})
        return count + _blank_words(erasing.words)


def _blank_words(words: tuple[str, ...]) -> int:
    numbers = list(holding(AuditEvent, _TEXTS, words).values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        events = list(AuditEvent.objects.filter(pk__in=numbers[start : start + AT_ONCE]))
        for event in events:
            _take_out(event, words)
        AuditEvent.objects.bulk_update(events, _TEXTS)
    return len(numbers)


def _take_out(event: Any, words: tuple[str, ...]) -> None:
    for name in _TEXTS:
        setattr(event, name, without(getattr(event, name), words, ERASED))


def publish_entries() -> None:
    publish(
        Personal(
            "records.AuditEvent",
            _("What was changed, when and by whom"),
            customer="customer_id",
            contact="contact_id",
            texts=("verb", "target_label", "old", "new"),
            held_back={
                "actor": _("a member of staff"),
                "actor_id": _("a member of staff"),
                "target_type": _("technical"),
                "target_id": _("technical"),
                "request_id": _("technical"),
            },
            erasure=blank(_STAYS, target_label=ERASED, old={}, new={}),
            erase=_erase,
        ),
        Impersonal("records.ErasureWarrant", "stands only while an erasure runs"),
    )
