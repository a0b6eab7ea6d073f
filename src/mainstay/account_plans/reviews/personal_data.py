"""What is held of review meetings, in the register of personal data."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Erasing, Personal, blank, holding, publish, without

from .models import Decision, Meeting, Point


def publish_entries() -> None:
    publish(
        Personal(
            "account_reviews.Meeting",
            _("Review meetings with a key account"),
            customer="customer",
            texts=("place", "minutes"),
            erase=_erasing(Meeting, "customer", ("place", "minutes")),
        ),
        Personal(
            "account_reviews.Participant",
            _("Who took part in review meetings"),
            customer="meeting__customer",
            contact="contact",
            texts=("name",),
            erasure_of_contact=blank(
                _("that somebody of the customer took part belongs to the customer"),
                contact=None,
                name="–",
            ),
        ),
        Personal(
            "account_reviews.Point",
            _("Agendas of review meetings"),
            customer="meeting__customer",
            texts=("text", "basis", "note"),
            held_back={"key": _("a key of the program")},
            erase=_erasing(Point, "meeting__customer", ("text", "basis", "note")),
        ),
        Personal(
            "account_reviews.Decision",
            _("Decisions of review meetings"),
            customer="meeting__customer",
            texts=("text",),
            erase=_erasing(Decision, "meeting__customer", ("text",)),
        ),
    )


def _erasing(model: Any, customer: str, names: tuple[str, ...]) -> Callable[[Erasing], int]:
    """Return what deletes rows of erased customers, and takes erased people out of the others."""

    def erase(erasing: Erasing) -> int:
        theirs = model.objects.filter(**{f"{customer}__in": erasing.subject.customers})
        gone, _by_model = theirs.delete()
        rows: Any = list(holding(model, names, erasing.words))
        for row in rows:
            for name in names:
                setattr(row, name, without(getattr(row, name), erasing.words, "–"))
        model.objects.bulk_update(rows, names)
        return int(gone) + len(rows)

    return erase
