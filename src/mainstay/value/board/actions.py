"""Order a board pack, make it, keep the newest."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mainstay.people.permissions import require
from mainstay.people.queries import company
from mainstay.records.actions import record
from mainstay.value import queries as value
from mainstay.value.models import BoardPack
from mainstay.value.states import RunState

from . import queries

KEPT = 10  # packs of a person


class NothingToPrint(Exception):
    """There is nothing to make a pack of, for the reason that the text gives."""


@transaction.atomic
def order_pack(*, by: Any, language: str, now: datetime) -> BoardPack:
    """Order a pack of the current run and return it; the worker makes it."""
    from .tasks import make_pack  # tasks stand on actions; this one only names its own successor

    require(by, "money.view")
    run = _printable()
    pack = BoardPack.objects.create(run=run, language=language, made_by=by)
    pack.job_id = make_pack.using(by=by).enqueue(pack_id=pack.pk).id
    pack.save(update_fields=["job_id"])
    new = {"run": run.pk, "language": language}
    record(by=by, verb="board_pack.ordered", target=pack, new=new, now=now)
    return pack


def _printable() -> Any:
    run = value.current_run()
    if run is None or not run.summary["n"]:
        raise NothingToPrint(_("There is no value run with customers yet. Compute one first."))
    return run


def printed(*, user: Any, language: str, now: datetime, run: Any = None) -> bytes:
    """Return a pack as PDF: of what the user may see, or of everything for the one at the machine.

    Raises:
        NothingToPrint: there is no run.
        shared.paper.NoFonts: the fonts are missing.
    """
    from . import paper

    found = run or _printable()
    own = company()
    with translation.override(language), timezone.override(ZoneInfo(own.time_zone)):
        facts = queries.facts(found, user=user)
        return paper.pdf(paper.told(facts, company=own.name, now=now))


@transaction.atomic
def finish(*, pack: BoardPack, content: bytes) -> None:
    """Keep the PDF, and drop the oldest packs of the same person."""
    BoardPack.objects.filter(pk=pack.pk).update(state=RunState.COMPLETE, content=content, reason="")
    kept = BoardPack.objects.filter(made_by=pack.made_by).order_by("-pk")[:KEPT]
    latest = list(kept.values_list("pk", flat=True))
    BoardPack.objects.filter(made_by=pack.made_by).exclude(pk__in=latest).delete()


def stop(*, pack: BoardPack, state: RunState, reason: str) -> None:
    BoardPack.objects.filter(pk=pack.pk).update(state=state, reason=reason, content=None)
