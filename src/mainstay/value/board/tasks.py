"""A board pack as a job: read, set, keep."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tasks import task

from mainstay.shared.jobs import current
from mainstay.shared.paper import NoFonts
from mainstay.value.states import RunState

from . import actions, queries


@task(title=_lazy("Board pack"))
def make_pack(pack_id: int) -> None:
    """Make a pack that waits, or one that a killed worker left half done."""
    pack = queries.pack(pk=pack_id)
    if pack is None or pack.state == RunState.COMPLETE:
        return
    try:
        current.report(done=0, total=2, text=_("Setting the pages"))
        content = actions.printed(
            user=pack.made_by, language=pack.language, now=timezone.now(), run=pack.run
        )
        current.report(done=1, total=2, text=_("Keeping the pack"))
    except current.JobCancelled:
        actions.stop(pack=pack, state=RunState.CANCELLED, reason="")
        raise
    except NoFonts as reason:
        actions.stop(pack=pack, state=RunState.FAILED, reason=str(reason))
        return
    actions.finish(pack=pack, content=content)
