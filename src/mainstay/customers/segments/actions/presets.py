"""Ship the segments that come with the program."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from mainstay.customers.segments import presets, tree
from mainstay.customers.segments.models import Segment, Sharing
from mainstay.records.actions import record

from .recounting import recount_later


@transaction.atomic
def ship(*, now: datetime) -> int:
    """Add the shipped segments that this base has never had; return how many.

    One that somebody has changed or put away stays as it is.
    """
    known = set(Segment.objects.exclude(preset="").values_list("preset", flat=True))
    new = [each for each in presets.every() if each.key not in known]
    for preset in new:
        rule = tree.read(preset.definition)
        rights = {each.field.permission for each in tree.conditions(rule)} - {""}
        with override("en"):
            row = Segment.objects.create(
                name=str(preset.name),
                description=str(preset.description),
                sharing=Sharing.ALL,
                definition={"version": tree.VERSION, **tree.written(rule)},
                rights=f" {' '.join(sorted(rights))} ",
                preset=preset.key,
            )
        record(by=None, verb="segment.added", target=row, new={"preset": preset.key}, now=now)
        recount_later(segment=row)
    return len(new)
